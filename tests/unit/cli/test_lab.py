"""The trainer's notebooks: given once, never taken back."""

import pytest

from umkm_cli.lab import MONITOR, lay_out_notebooks
from umkm_cli.places import Places
from umkm_courses import load_catalogue


@pytest.fixture
def laid_out(tmp_path, request):
    places = Places(request.config.rootpath, tmp_path)
    course = load_catalogue(places.courses).courses["pembukuan"]
    lay_out_notebooks(places, course)
    return places, course, tmp_path / "pelajaran/pembukuan/01-dua-laci.ipynb"


def test_lessons_and_monitor_are_there(laid_out):
    places, course, lesson = laid_out
    assert lesson.read_bytes() == course.lessons[0].path.read_bytes()
    assert (places.data_dir / MONITOR).exists()


def test_a_changed_copy_is_left_alone(laid_out):
    places, course, lesson = laid_out
    lesson.write_text("catatan pelatih")
    lay_out_notebooks(places, course)
    assert lesson.read_text() == "catatan pelatih"


def test_an_old_copy_follows_the_kit(laid_out, monkeypatch):
    places, course, lesson = laid_out
    # The kit's own file is what was given before; then the kit changes.
    newer = places.data_dir / "01-dua-laci.ipynb"
    newer.write_bytes(course.lessons[0].path.read_bytes() + b"\n")
    import dataclasses

    changed = dataclasses.replace(
        course, lessons=(dataclasses.replace(course.lessons[0], path=newer),)
    )
    lay_out_notebooks(places, changed)
    assert lesson.read_bytes() == newer.read_bytes()


def test_a_half_written_ledger_stops_nothing(laid_out):
    places, course, lesson = laid_out
    (places.data_dir / ".salinan.json").write_text('{"pelaj')
    lay_out_notebooks(places, course)
    assert lesson.exists()
