"""The gradebook of a class: created without nbgrader's command line, read as plain values."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbgrader.dbutil
from alembic.config import Config as AlembicConfig
from alembic.script import ScriptDirectory
from nbgrader.api import (
    Assignment,
    Base,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    MissingEntry,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
)
from sqlalchemy import Connection, Engine, Table, and_, create_engine, func, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateSchema

from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_grading.errors import ClassFolderError, GradebookTrouble


@dataclass(frozen=True)
class Score:
    """What the gradebook holds for one question of one submission."""

    question: str
    points: float
    of: float
    automatic: float | None
    manual: float | None
    waiting: bool
    comment: str
    extra: float = 0


def create_gradebook(class_folder: ClassFolder) -> None:
    """Create the gradebook's tables where there are none.

    `Gradebook()` would run the `alembic` command, which is not on the PATH of a program that was
    started without activating its venv.
    """
    class_folder.root.mkdir(parents=True, exist_ok=True)
    engine = gradebook_engine(class_folder)
    try:
        if "alembic_version" in inspect(engine).get_table_names():
            return
        if not class_folder.on_server:
            with engine.connect() as connection:
                # Formgrader reads while graders write.
                connection.execute(text("PRAGMA journal_mode=WAL"))
        with engine.begin() as connection:
            if class_folder.on_server:
                connection.execute(CreateSchema(class_folder.gradebook_schema, if_not_exists=True))
            make_gradebook_tables(connection)
    finally:
        engine.dispose()


def make_gradebook_tables(connection: Connection) -> None:
    """Create nbgrader's tables, inside the caller's transaction, in the schema it sees."""
    Base.metadata.create_all(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
    connection.execute(
        text("INSERT INTO alembic_version VALUES (:head)"), {"head": gradebook_head()}
    )


def gradebook_exists(class_folder: ClassFolder) -> bool:
    """Return whether the gradebook was created, and has its tables.

    Raises:
        GradebookTrouble: it cannot be opened.
    """
    if not class_folder.on_server and not class_folder.gradebook_file.exists():
        return False
    engine = gradebook_engine(class_folder)
    try:
        return "alembic_version" in inspect(engine).get_table_names()
    except DBAPIError as error:
        raise GradebookTrouble(error) from error
    finally:
        engine.dispose()


def gradebook_trouble(class_folder: ClassFolder) -> str:
    """Return what is wrong with a gradebook; empty where nothing is, or none was created yet.

    Raises:
        GradebookTrouble: it cannot be opened.
    """
    if not gradebook_exists(class_folder):
        return ""
    engine = gradebook_engine(class_folder)
    try:
        with engine.connect() as connection:
            found = connection.scalar(text("SELECT version_num FROM alembic_version"))
            if found != gradebook_head():
                return f"dibuat oleh versi nbgrader yang lain ({found})"
            if class_folder.on_server:
                return ""
            text_of_comment = str(connection.scalar(text("PRAGMA integrity_check(1)")))
            return "" if text_of_comment == "ok" else f"rusak: {text_of_comment}"
    except DBAPIError as error:
        raise GradebookTrouble(error) from error
    finally:
        engine.dispose()


def gradebook_engine(class_folder: ClassFolder) -> Engine:
    """Return an engine for the gradebook, which reconnects after a restart of its server."""
    return create_engine(class_folder.gradebook_url, pool_pre_ping=class_folder.on_server)


@contextmanager
def open_gradebook(class_folder: ClassFolder) -> Iterator[Any]:
    """Open nbgrader's `Gradebook` of this class, and close it afterwards."""
    with Gradebook(class_folder.gradebook_url, class_folder.cohort_id) as gradebook:
        yield gradebook


@contextmanager
def connect(class_folder: ClassFolder) -> Iterator[Connection]:
    """Open a read connection to this class's gradebook: nbgrader's own takes far longer.

    Raises:
        ClassFolderError: the class has no gradebook yet.
        GradebookTrouble: it is locked, damaged, or out of reach.
    """
    if not class_folder.on_server and not class_folder.gradebook_file.exists():
        # Opening would create an empty file, which would count as a gradebook from then on.
        raise ClassFolderError(
            f"Buku nilai kelas {class_folder.cohort_id} belum ada. Buka kelasnya dulu: "
            f"umkm workshop {class_folder.cohort_id}"
        )
    engine = gradebook_engine(class_folder)
    try:
        with engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        raise GradebookTrouble(error) from error
    finally:
        engine.dispose()


def read_scores(gradebook: Any, assignment: str, participant: str) -> dict[str, Score]:
    """Read the scores of one submission by question; empty when there is no such submission."""
    with gradebook.engine.connect() as connection:
        return scores_of(connection, assignment, [participant]).get(participant, {})


def scores_of(
    connection: Connection, assignment: str, participants: Sequence[str] | None = None
) -> dict[str, dict[str, Score]]:
    """Return the scores of an assignment by participant and question; of some people, or everybody.

    One query: nbgrader's own objects would ask several times for each submission.
    """
    submitted, grade, comment = map(table_of, (SubmittedAssignment, Grade, Comment))
    cell, owner, notebook = map(table_of, (BaseCell, Assignment, SubmittedNotebook))
    marked, task = table_of(GradeCell), table_of(TaskCell)
    statement = (
        select(
            submitted.c.student_id,
            cell.c.name,
            func.coalesce(marked.c.max_score, task.c.max_score),
            grade.c.auto_score,
            grade.c.manual_score,
            grade.c.extra_credit,
            grade.c.needs_manual_grade,
            func.coalesce(comment.c.manual_comment, comment.c.auto_comment),
        )
        .select_from(grade)
        .join(cell, cell.c.id == grade.c.cell_id)
        .join(notebook, notebook.c.id == grade.c.notebook_id)
        .join(submitted, submitted.c.id == notebook.c.assignment_id)
        .join(owner, owner.c.id == submitted.c.assignment_id)
        .outerjoin(marked, marked.c.id == cell.c.id)
        .outerjoin(task, task.c.id == cell.c.id)
        .outerjoin(
            comment,
            and_(comment.c.cell_id == cell.c.id, comment.c.notebook_id == notebook.c.id),
        )
        .where(owner.c.name == assignment)
    )
    if participants is not None:
        statement = statement.where(submitted.c.student_id.in_(participants))
    found: dict[str, dict[str, Score]] = {}
    for person, name, of, automatic, manual, extra, waiting, text_of_comment in connection.execute(
        statement
    ):
        given = automatic if manual is None else manual
        points = 0.0 if given is None else given + (extra or 0)
        score = Score(
            name, points, of, automatic, manual, bool(waiting), text_of_comment or "", extra or 0
        )
        found.setdefault(person, {})[name] = score
    return found


def table_of(model: Any) -> Table:
    """Return the table of one of nbgrader's models."""
    table: Table = model.__table__
    return table


def find_grades(gradebook: Any, assignment: str, participant: str) -> dict[str, Any]:
    """Return the `Grade` rows of one submission, to be changed; none when it is new."""
    try:
        notebook = gradebook.find_submission_notebook(assignment, assignment, participant)
    except MissingEntry:
        return {}
    return {grade.name: grade for grade in notebook.grades}


def gradebook_head() -> str:
    """Return the newest Alembic revision of this version of nbgrader."""
    config = AlembicConfig()
    config.set_main_option("script_location", str(Path(nbgrader.dbutil.ALEMBIC_DIR)))
    return str(ScriptDirectory.from_config(config).get_current_head())
