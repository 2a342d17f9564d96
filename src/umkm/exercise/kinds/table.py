"""Table entry: a small cash book whose rows the trainee adds, changes and deletes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Literal, Self

from umkm.errors import QuestionError
from umkm.exercise.formulas import evaluate, whole
from umkm.exercise.keys import Key, check_messages
from umkm.exercise.kinds.amounts import check_amount, read_amount
from umkm.exercise.kinds.choices import check_options, refuse_tolerance
from umkm.exercise.parsed_answers import (
    UNREAD,
    Answered,
    Empty,
    Reading,
    Refused,
    clean_text,
    cut,
    fold_text,
)
from umkm.exercise.question import (
    Judgement,
    Numbers,
    Question,
    check_items,
    items_from_json,
    items_to_json,
    with_near,
)

MAX_ROWS = 20
_MAX_KEY_ROWS = 8
_MAX_CELL = 120
_LARGEST = 10**12

#: A column is its label and what stands in it: any text, an amount, or one of some options.
Column = tuple[str, Literal["text", "rupiah"] | Mapping[str, str]]
Cells = Mapping[str, Any]


@dataclass(frozen=True)
class TableEntry(Question):
    """Write rows under `columns` (column id -> label and what stands in it).

    The key lists the rows that belong there, each with the cells that count; rows may stand in any
    order. A row too many takes one row's share away.

    Raises:
        QuestionError: not 2 to 6 columns, or one without a label and a known type.
    """

    columns: Mapping[str, Column]
    kind: ClassVar[str] = "table_entry"
    script: ClassVar[str] = "table"

    @property
    def rule(self) -> str:
        """How part of the points is earned, as the trainee reads it."""
        return "Setiap baris bernilai sama. Baris yang berlebih mengurangi nilai."

    def check(self) -> None:
        """Check for 2 to 6 columns of known types."""
        if not isinstance(self.columns, Mapping):
            raise QuestionError("columns: column id -> (label, 'text', 'rupiah' or options)")
        columns: dict[str, Column] = {}
        for name, column in self.columns.items():
            if not isinstance(column, tuple | list) or len(column) != 2:
                raise QuestionError(f"column {name!r}: write (label, 'text', 'rupiah' or options)")
            label, form = column
            if isinstance(form, Mapping):
                form = check_items(form, f"column {name!r}", 2, 8)
            elif form not in ("text", "rupiah"):
                raise QuestionError(f"column {name!r}: 'text', 'rupiah' or options, not {form!r}")
            columns[name] = (label, form)
        check_items({name: label for name, (label, _) in columns.items()}, "columns", 2, 6)
        object.__setattr__(self, "columns", columns)

    def fields(self) -> dict[str, object]:
        """Return every column with its label and its type."""
        return {
            "columns": [
                {"id": name, "text": label}
                | ({"form": form} if isinstance(form, str) else {"options": items_to_json(form)})
                for name, (label, form) in self.columns.items()
            ]
        }

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> Self:
        """Return the question that `fields` described."""
        columns: dict[str, Any] = {}
        try:
            for column in fields["columns"]:
                options = column.get("options")
                form = items_from_json(options) if "options" in column else column["form"]
                if column["id"] in columns:
                    raise QuestionError(f"column {column['id']!r} stands twice")
                columns[column["id"]] = (column["text"], form)
        except (KeyError, TypeError, AttributeError) as error:
            raise QuestionError("columns: a list of {id, text, form or options}") from error
        return cls(**fields | {"columns": columns})

    def accepts(self, answer: object) -> bool:
        """Return whether the answer is a list of rows, each column -> typed or chosen text."""
        return answer is None or (
            isinstance(answer, list)
            and len(answer) <= MAX_ROWS
            and all(isinstance(row, dict) and self._accepts_row(row) for row in answer)
        )

    def _accepts_row(self, row: Mapping[str, object]) -> bool:
        return all(
            name in self.columns
            and isinstance(cell, str)
            and len(cell) <= _MAX_CELL
            and (
                isinstance(self.columns[name][1], str) or not cell or cell in self.columns[name][1]
            )
            for name, cell in row.items()
        )

    def read(self, answer: object) -> Reading:
        """Return the rows that were written; blank rows do not count."""
        if answer is None:
            return Empty()
        if not isinstance(answer, list) or not self.accepts(answer):
            return Refused(UNREAD)
        rows = [(index, self._read_row(row)) for index, row in enumerate(answer)]
        for index, cells in rows:
            for name, cell in cells.items():
                if isinstance(cell, Refused):
                    label, _ = self.columns[name]
                    return Refused(f"Baris {index + 1}, {label}: {cell.message}")
        lines = [_readable_cells(cells) for _, cells in rows if cells]
        if not lines:
            return Empty()
        shown = [
            f"{number}. {' | '.join(cell.shown for cell in cells.values())}"
            for number, cells in enumerate(lines, start=1)
        ]
        return Answered(_values(rows), "\n".join(shown))

    def salvage(self, answer: object) -> object | None:
        """Return the rows without the cells that cannot be parsed."""
        if not isinstance(answer, list) or not self.accepts(answer):
            return None
        return _values([(index, self._read_row(row)) for index, row in enumerate(answer)])

    def _read_row(self, row: Mapping[str, str]) -> dict[str, Reading]:
        typed = {name: clean_text(row.get(name, "")).strip() for name in self.columns}
        return {name: self._read_cell(name, text) for name, text in typed.items() if text}

    def _read_cell(self, name: str, typed: str) -> Reading:
        match self.columns[name][1]:
            case "text":
                return Answered(typed, typed)
            case "rupiah":
                return read_amount(typed, -_LARGEST, _LARGEST)
            case options:
                return Answered(typed, options[typed])

    def readable(self, answer: object) -> str:
        """Return what was typed in each row."""
        if not isinstance(answer, list) or not self.accepts(answer):
            return super().readable(answer)
        rows = (" | ".join(cut(row.get(name, "")) for name in self.columns) for row in answer)
        return "\n".join(f"{number}. {row}" for number, row in enumerate(rows, start=1))

    def judge(self, key: Key, value: Any, points: float) -> Judgement:
        """Return the judgement of the best assignment of written to expected rows."""
        expected = _rows(key)
        scores = [[self._score(row, cells) for row in expected] for _, cells in value]
        total, partner = _best_pairs(scores, len(expected))
        parts = {
            str(index): at is not None and scores[number][at] == 1
            for number, ((index, _), at) in enumerate(zip(value, partner, strict=True))
        }
        extra = max(0, len(value) - len(expected))
        net = max(Fraction(0), total - extra)
        if net == len(expected):
            return Judgement(points, (), parts)
        messages = [
            found[1]
            for index, cells in value
            if not parts[str(index)]
            for cell in cells.items()
            if (found := key.foresee(cell))
        ]
        earned = round(points * float(net / len(expected)), 2)
        return Judgement(earned, tuple(messages), parts, (sum(parts.values()), len(expected)))

    def check_key(self, key: Key, points: float) -> None:
        """Check for 1 to 8 rows of cells that could be typed."""
        rows = _rows(key)
        if not 1 <= len(rows) <= _MAX_KEY_ROWS:
            raise QuestionError(f"key: 1 to {_MAX_KEY_ROWS} rows")
        for row in rows:
            if not row:
                raise QuestionError("key: a row without a cell that counts")
            for name, cell in row.items():
                self._check_cell(name, cell)
        for cell in key.near:
            if not isinstance(cell, tuple) or len(cell) != 2:
                raise QuestionError(f"near answer {cell!r}: write (column, what stands there)")
            self._check_cell(*cell)
            if any(cell[0] in row and row[cell[0]] == cell[1] for row in rows):
                raise QuestionError(f"near answer {cell!r} is right in some row")
        check_messages(key, points, whole=False)
        refuse_tolerance(key)

    def solve(self, key: Key, numbers: Numbers) -> Key:
        """Return the key with its amounts evaluated."""
        rows = [
            {name: self._solve(name, cell, numbers) for name, cell in row.items()}
            for row in _rows(key)
        ]
        near = {
            (pair[0], self._solve(pair[0], pair[1], numbers)): entry
            for pair, entry in key.near.items()
            if isinstance(pair, tuple) and len(pair) == 2
        }
        return with_near(key, rows, near)

    def _solve(self, name: object, cell: object, numbers: Numbers) -> object:
        column = self.columns.get(str(name))
        if column is None or column[1] != "rupiah" or not isinstance(cell, str):
            return cell
        return whole(evaluate(cell, numbers), f"column {name!r}")

    def _check_cell(self, name: object, cell: object) -> None:
        if not isinstance(name, str) or name not in self.columns:
            raise QuestionError(f"key: no column {name!r}; there are {list(self.columns)}")
        form = self.columns[name][1]
        if form == "rupiah":
            check_amount(cell, -_LARGEST, _LARGEST)
        elif isinstance(form, Mapping):
            check_options(cell, form)
        elif not all(isinstance(text, str) and fold_text(text) for text in _texts(cell)):
            raise QuestionError(f"key: column {name!r}: a text, or a list of accepted spellings")

    def _score(self, row: Cells, cells: Cells) -> Fraction:
        fits = sum(
            fold_text(str(cells.get(name, ""))) in {fold_text(str(text)) for text in _texts(cell)}
            if self.columns[name][1] == "text"
            else cells.get(name) == cell
            for name, cell in row.items()
        )
        return Fraction(fits, len(row))


def _readable_cells(cells: Mapping[str, Reading]) -> dict[str, Answered]:
    return {name: cell for name, cell in cells.items() if isinstance(cell, Answered)}


def _values(rows: Iterable[tuple[int, Mapping[str, Reading]]]) -> tuple[tuple[int, Cells], ...]:
    """Return the rows that are not blank, each with its place and the values of its cells."""
    return tuple(
        (index, {name: cell.value for name, cell in _readable_cells(cells).items()})
        for index, cells in rows
        if cells
    )


def _rows(key: Key) -> Sequence[Cells]:
    if not isinstance(key.right, list | tuple) or not all(
        isinstance(row, Mapping) for row in key.right
    ):
        raise QuestionError(f"key {key.right!r}: a list of rows, column -> what counts")
    return key.right


def _texts(cell: object) -> Iterable[object]:
    return cell if isinstance(cell, list | tuple) else (cell,)


def _best_pairs(
    scores: Sequence[Sequence[Fraction]], expected: int
) -> tuple[Fraction, list[int | None]]:
    """Return the most that pairing each written row with another expected one can score."""
    best: dict[int, tuple[Fraction, list[int | None]]] = {0: (Fraction(0), [])}
    for row in scores:
        after: dict[int, tuple[Fraction, list[int | None]]] = {}
        for taken, (total, partner) in best.items():
            ways = [(taken, total, None)] + [
                (taken | 1 << at, total + row[at], at)
                for at in range(expected)
                if not taken >> at & 1 and row[at]
            ]
            for mask, sum_, at in ways:
                if mask not in after or sum_ > after[mask][0]:
                    after[mask] = (sum_, [*partner, at])
        best = after
    return max(best.values(), key=lambda found: found[0])
