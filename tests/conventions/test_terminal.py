"""All printing goes through one console, which reads no markup in what participants typed."""

import ast
import io

import pytest
from rich.panel import Panel
from rich.table import Table

from umkm_cli.terminal import PlainConsole, plain

pytestmark = pytest.mark.slow

#: What would read or pass on a text as rich, or the terminal, understands it.
RAW = {"Console", "Text", "from_markup", "print", "echo", "secho", "print_exception", "input"}
PRINTS = {"console"}


def raw_uses(source):
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        owner = ast.unparse(called.value) if isinstance(called, ast.Attribute) else ""
        ours = name == "print" and (owner in PRINTS or owner.startswith("make_console("))
        if name in RAW and not ours:
            yield f"{node.lineno}: {ast.unparse(called)}"
        for keyword in node.keywords:
            if keyword.arg in {"markup", "emoji"}:
                yield f"{node.lineno}: {keyword.arg}="
            # A panel reads its title by itself.
            if name == "Panel" and keyword.arg in {"title", "subtitle"}:
                shown = keyword.value
                if not (isinstance(shown, ast.Call) and ast.unparse(shown.func) == "plain"):
                    yield f"{node.lineno}: Panel({keyword.arg}=…)"


def test_only_one_module_makes_consoles_and_styled_text(request):
    folder = request.config.rootpath / "src" / "umkm_cli"
    modules = [path for path in folder.rglob("*.py") if path.name != "terminal.py"]
    assert len(modules) > 10
    found = {path.name: uses for path in modules if (uses := [*raw_uses(path.read_text("utf-8"))])}
    assert found == {}


def test_the_rule_finds_each_raw_use():
    raw = [
        "Console().print(name)", "print(name)", "typer.echo(name)", "Text(name)",
        "console.print(name, markup=True)", "Panel(body, title=name)", "Text.from_markup(name)",
    ]  # fmt: skip
    assert [line for line in raw if not [*raw_uses(line)]] == []


HOSTILE = [
    "[/b] Ana [link=http://evil.example]klik[/link]",
    "[red]Ana :smile: [/]",
    "\x1b]8;;http://evil.example\x1b\\klik\x1b[2J\x9b31m\r\x07Ana",
    "Siti \N{RIGHT-TO-LEFT OVERRIDE}anA \N{ZERO WIDTH SPACE}\ud83d",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_shown_letter_for_letter_wherever_it_stands(name):
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    console = PlainConsole(file=stream, width=2000, force_terminal=True, color_system="truecolor")
    table = Table(name, title=name)
    table.add_row(name)
    console.print(name, plain(name, "bold"))
    console.print(table)
    console.print(Panel(plain(name), title=plain(name)))
    with console.status(name) as line:
        line.update(name)
        console.print(line)
    stream.flush()
    shown = stream.buffer.getvalue().decode()
    assert "\x1b]8" not in shown
    assert not any(mark in shown for mark in "\x07\x9b\u202e\u200b\ud83d")
    letters = name
    for hidden in "\x1b\x9b\r\x07\u202e\u200b\ud83d":
        letters = letters.replace(hidden, f"[U+{ord(hidden):04X}]")
    # Printed twice on the first line, in a heading, a title and a cell, in a panel twice, in a status twice.
    assert shown.count(letters) >= 8
