"""The class's gradebook: made without nbgrader's command line, read as plain values."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbgrader.dbutil
from alembic.config import Config as AlembicConfig
from alembic.script import ScriptDirectory
from nbgrader.api import Base, Gradebook, MissingEntry
from sqlalchemy import create_engine, inspect, text

from umkm_grading.classroom import ClassRoom


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


def create_gradebook(room: ClassRoom) -> None:
    """Make the gradebook's tables where there are none.

    `Gradebook()` would run the `alembic` command, which a program outside its venv's PATH
    does not find (facts/jupyter.md 1.9).
    """
    room.root.mkdir(parents=True, exist_ok=True)
    engine = create_engine(room.gradebook_url)
    try:
        if "alembic_version" in inspect(engine).get_table_names():
            return
        with engine.connect() as connection:
            # Formgrader reads while graders write.
            connection.execute(text("PRAGMA journal_mode=WAL"))
        Base.metadata.create_all(engine)
        with engine.begin() as connection:
            connection.execute(
                text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
            )
            connection.execute(
                text("INSERT INTO alembic_version VALUES (:head)"), {"head": _schema_head()}
            )
    finally:
        engine.dispose()


@contextmanager
def open_gradebook(room: ClassRoom) -> Iterator[Any]:
    """The `Gradebook` of nbgrader for this class, closed afterwards."""
    with Gradebook(room.gradebook_url, room.cohort_id) as gradebook:
        yield gradebook


def read_scores(gradebook: Any, assignment: str, participant: str) -> dict[str, Score]:
    """The scores of one submission by question; empty when there is no such submission."""
    try:
        notebook = gradebook.find_submission_notebook(assignment, assignment, participant)
    except MissingEntry:
        return {}
    comments = {comment.name: comment.comment for comment in notebook.comments}
    return {
        grade.name: Score(
            grade.name,
            float(grade.score),
            float(grade.max_score),
            grade.auto_score,
            grade.manual_score,
            bool(grade.needs_manual_grade),
            comments.get(grade.name) or "",
        )
        for grade in notebook.grades
    }


def find_grades(gradebook: Any, assignment: str, participant: str) -> dict[str, Any]:
    """The `Grade` rows of one submission, to be changed; none when it is new."""
    try:
        notebook = gradebook.find_submission_notebook(assignment, assignment, participant)
    except MissingEntry:
        return {}
    return {grade.name: grade for grade in notebook.grades}


def _schema_head() -> str:
    config = AlembicConfig()
    config.set_main_option("script_location", str(Path(nbgrader.dbutil.ALEMBIC_DIR)))
    return str(ScriptDirectory.from_config(config).get_current_head())
