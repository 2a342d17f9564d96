"""Templates are compiled once for the process, and anew when their source changes."""

from jinja2 import DictLoader, Environment

from umkm_apps.page_sessions.compiled_templates import CompiledTemplates


class Counting(Environment):
    compiled = 0

    def compile(self, *args, **options):
        type(self).compiled += 1
        return super().compile(*args, **options)


def drawn(cache, source):
    Counting.compiled = 0
    environment = Counting(loader=DictLoader({"halaman": source}), bytecode_cache=cache)
    return environment.get_template("halaman").render(nama="Siti"), Counting.compiled


def test_a_template_is_compiled_once_for_all_environments():
    cache = CompiledTemplates()
    assert drawn(cache, "Halo {{ nama }}") == ("Halo Siti", 1)
    assert drawn(cache, "Halo {{ nama }}") == ("Halo Siti", 0)
    assert drawn(cache, "Selamat pagi {{ nama }}") == ("Selamat pagi Siti", 1)
