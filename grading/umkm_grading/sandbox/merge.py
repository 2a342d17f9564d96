"""Merge a trainee's notebook and its outputs into the released one. Pure.

All that a trainee wrote is shown as text: formgrader's page would run any script in it, in the
staff's own JupyterLab (docs/grading.md).
"""

import ast
import base64
import binascii
import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nbformat import v4

# nbformat has no types.
_CODE: Callable[..., Any] = v4.new_code_cell
_MARKDOWN: Callable[..., Any] = v4.new_markdown_cell
_OUTPUT: Callable[..., Any] = v4.new_output

#: The exception by which `runner` ends an endless cell; its traceback is not the notebook's.
OUT_OF_TIME = "OutOfTime"
_IMAGES = ("image/png", "image/jpeg")
_MOST_CELLS = 200
_LONGEST_SOURCE = 20_000


@dataclass(frozen=True)
class _Cell:
    """A trainee's cell: which released cell it claims to be, kind, source."""

    name: str
    kind: str
    source: str


@dataclass
class Merged:
    """The cells to show, in order; which of them are the trainee's, and notes about them."""

    cells: list[Any] = field(default_factory=list)
    own: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def merge(released: Any, theirs: Any) -> Merged:
    """Return the released notebook's cells, each followed by the trainee's own.

    Args:
        released: the released notebook.
        theirs: the trainee's notebook, of any shape: a cell that is none is left out and noted.
    """
    locked = {_grade_id(cell): cell for cell in released.cells if _grade_id(cell)}
    known = {cell.source for cell in released.cells}
    extras: dict[str, list[Any]] = {}
    anchor, met = "", []
    found, broken = _cells_of(theirs, _MOST_CELLS + len(released.cells))
    for cell in found:
        if cell.name in locked:
            anchor = cell.name
            met.append(cell.name)
        elif cell.source.strip() and cell.source not in known:
            extras.setdefault(anchor, []).append(cell)
    merged = Merged()
    _place(merged, extras.get("", []))
    for cell in released.cells:
        merged.cells.append(cell)
        _place(merged, extras.get(_grade_id(cell), []) if _grade_id(cell) else [])
    merged.notes = _notes(released, merged, met, list(locked))
    if broken:
        merged.notes.append(f"Sel yang rusak dan tidak diperlihatkan: {broken}.")
    return merged


def sources(merged: Merged) -> list[str]:
    """Return the code to run, in order."""
    return [cell.source for cell in merged.cells if cell.cell_type == "code"]


def put_outputs(merged: Merged, ran: Sequence[Mapping[str, Any]]) -> None:
    """Set the cleaned outputs of the trainee's cells."""
    own = {id(merged.cells[at]) for at in merged.own}
    code = [cell for cell in merged.cells if cell.cell_type == "code"]
    for cell, done in zip(code, ran, strict=False):
        if id(cell) not in own:
            continue
        found = [clean_output(output) for output in done["outputs"][:50]]
        cell.outputs = [output for output in found if output and output.get("ename") != OUT_OF_TIME]
        if done.get("late"):
            merged.notes.append("Satu sel berjalan terlalu lama, lalu dihentikan.")


def with_executed(merged: Merged, executed: Any) -> list[Any]:
    """Return the merged cells, with the released ones from the notebook that gave the points."""
    trusted = iter(executed.cells)
    own = set(merged.own)
    return [cell if at in own else next(trusted) for at, cell in enumerate(merged.cells)]


def clean_output(output: Any) -> Any:
    """Return an output as text or picture; None for anything else."""
    if not isinstance(output, dict):
        return None
    match output.get("output_type"):
        case "stream":
            name = "stderr" if output.get("name") == "stderr" else "stdout"
            return _OUTPUT("stream", name=name, text=_text(output.get("text")))
        case "error":
            lines = output.get("traceback")
            texts = [_text(line) for line in lines] if isinstance(lines, list) else []
            ename, evalue = _text(output.get("ename")), _text(output.get("evalue"))
            return _OUTPUT("error", ename=ename, evalue=evalue, traceback=texts[:100])
        case "display_data" | "execute_result":
            data = output.get("data")
            kept = _bundle(data) if isinstance(data, dict) else {}
            # Never an execute_result: a bare number under a graded cell would be points.
            return _OUTPUT("display_data", data=kept) if kept else None
    return None


def note_cell(notes: Sequence[str]) -> Any:
    """Return a cell, shown first, of what staff should know of a notebook."""
    lines = "\n".join(f"- {note}" for note in dict.fromkeys(notes))
    return _MARKDOWN(
        "**Catatan pemeriksaan.** Peserta mengirim notebook sendiri. Nilai dihitung dari jawabannya, "
        f"bukan dari notebook ini.\n\n{lines}".rstrip(),
        id="catatan-pemeriksaan",
    )


def _cells_of(notebook: Any, most: int) -> tuple[list[_Cell], int]:
    """Return the first `most` cells of a trainee's notebook, and how many of them are no cells."""
    stored = notebook.get("cells") if isinstance(notebook, dict) else None
    found, broken = [], 0
    for cell in stored[:most] if isinstance(stored, list) else ():
        source = cell.get("source") if isinstance(cell, dict) else None
        if isinstance(source, list) and all(isinstance(line, str) for line in source):
            source = "".join(source)
        if isinstance(source, str):
            found.append(_Cell(_grade_id(cell), str(cell.get("cell_type")), _text(source)))
        else:
            broken += 1
    return found, broken


def _place(merged: Merged, extras: Sequence[_Cell]) -> None:
    for cell in extras:
        name = f"peserta-{len(merged.own) + 1}"
        source = cell.source
        merged.own.append(len(merged.cells))
        if cell.kind == "code":
            merged.cells.append(_CODE(source, id=name))
        else:
            merged.cells.append(_MARKDOWN(_as_text(source), id=name))


def _as_text(source: str) -> str:
    """Return Markdown that shows a text unchanged: no fence in it can end the fence."""
    longest = max((len(run) for run in re.findall(r"`+", source)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{source}\n{fence}"


def _notes(released: Any, merged: Merged, met: list[str], locked: list[str]) -> list[str]:
    notes = []
    if missing := [name for name in locked if name not in met]:
        notes.append(f"Sel soal yang dihapus dari notebook: {', '.join(missing)}.")
    if doubled := sorted({name for name in met if met.count(name) > 1}):
        notes.append(f"Sel soal yang digandakan: {', '.join(doubled)}.")
    used = _names_used(released)
    own = [merged.cells[at] for at in merged.own if merged.cells[at].cell_type == "code"]
    rebound = sorted(set().union(*(_names_bound(cell.source) for cell in own)) & used)
    if rebound:
        notes.append(
            f"Notebook mengganti nama yang dipakai soal: {', '.join(rebound)}. "
            "Tidak berpengaruh pada nilai."
        )
    return notes


def _names_used(released: Any) -> set[str]:
    trees = [_parse(cell.source) for cell in released.cells if cell.cell_type == "code"]
    used = {node.id for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return used | {
        alias.asname or alias.name
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom | ast.Import)
        for alias in node.names
    }


def _names_bound(source: str) -> set[str]:
    bound: set[str] = set()
    for node in ast.walk(_parse(source)):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            bound.add(node.id)
        elif isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
            bound.add(node.attr)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            bound.add(node.name)
        elif isinstance(node, ast.ImportFrom | ast.Import):
            bound |= {alias.asname or alias.name for alias in node.names}
    return bound


def _parse(source: str) -> ast.AST:
    try:
        with warnings.catch_warnings():
            # About their code, on staff's terminal.
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # Magics, or no Python at all.
        return ast.Module([], [])


def _bundle(data: Mapping[str, Any]) -> dict[str, str]:
    kept = {"text/plain": _text(data["text/plain"])} if "text/plain" in data else {}
    for kind in _IMAGES:
        picture = data.get(kind)
        if isinstance(picture, str) and _is_picture(picture):
            kept[kind] = picture
    return kept


def _is_picture(picture: str) -> bool:
    try:
        return bool(base64.b64decode("".join(picture.split()), validate=True))
    except (binascii.Error, ValueError):
        return False


def _text(value: object) -> str:
    if not isinstance(value, str):
        return ""
    # Half an emoji, as a slice of one leaves it, has no UTF-8: no file would take it.
    return value[:_LONGEST_SOURCE].encode("utf-8", "replace").decode()


def _grade_id(cell: Any) -> str:
    metadata = cell.get("metadata") if isinstance(cell, dict) else None
    grading = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = grading.get("grade_id") if isinstance(grading, dict) else None
    return name if isinstance(name, str) else ""
