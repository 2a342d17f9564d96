"""Every command of `umkm` has a help text and is in the reference."""

import pytest
import typer

from umkm_cli.main import app


def commands(command=None, path=("umkm",)):
    command = command or typer.main.get_command(app)
    children = getattr(command, "commands", None)
    if not children:
        yield " ".join(path), command
        return
    for name, child in children.items():
        yield from commands(child, (*path, name))


ALL = dict(commands())


@pytest.mark.parametrize("name", ALL)
def test_command_has_help_for_itself_and_each_parameter(name):
    command = ALL[name]
    assert command.help
    assert all(getattr(p, "help", None) for p in command.params if p.name != "help")


@pytest.mark.parametrize("name", ALL)
def test_command_stands_in_the_reference(name, request):
    reference = (request.config.rootpath / "docs" / "reference" / "commands.md").read_text(
        encoding="utf-8"
    )
    assert f"`{name}" in reference
