"""Where a class keeps its nbgrader course: one folder, one gradebook."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from umkm.identity import check_identifier
from umkm_grading.class_folder.database_locks import hold_everywhere
from umkm_grading.class_folder.file_locks import hold
from umkm_grading.class_folder.gradebook_url import schema_of, url_of_schema
from umkm_grading.errors import ClassFolderError

#: nbgrader looks folders up by glob, so these letters would make it find nothing.
_GLOB = "*?["
_OWN = ".umkm"

LONG_WAIT = 300.0


@dataclass(frozen=True)
class ClassFolder:
    """The folder of one cohort, `<data_dir>/angkatan/<cohort_id>`; every id is checked first.

    `database` is the programme's: on a PostgreSQL server the gradebook is a schema beside the
    records, and locks hold between machines; otherwise the gradebook is a file in the folder.

    Raises:
        InputError: an id that is no plain identifier, before any path is made from it.
        ClassFolderError: a data folder nbgrader cannot work in.
    """

    data_dir: Path
    cohort_id: str
    # Every process of a programme has it in its environment, formgrader's among them; a password
    # in it is then in no file of ours.
    database: str = field(default_factory=lambda: os.environ.get("UMKM_DATABASE", ""), repr=False)

    def __post_init__(self) -> None:
        check_identifier(self.cohort_id, "cohort")
        object.__setattr__(self, "data_dir", Path(self.data_dir).absolute())
        if any(letter in str(self.data_dir) for letter in _GLOB):
            raise ClassFolderError(
                f"Folder data {self.data_dir} memuat tanda * ? atau [. "
                "Pilih folder lain, misalnya UMKM_DATA=~/umkm-data"
            )

    @property
    def root(self) -> Path:
        """The nbgrader course root."""
        return self.data_dir / "angkatan" / self.cohort_id

    @property
    def on_server(self) -> bool:
        """Whether the gradebook lies on a PostgreSQL server."""
        return self.database.startswith("postgres")

    @property
    def gradebook_file(self) -> Path:
        """The SQLite file of this class's gradebook, where it is one."""
        return self.root / "gradebook.db"

    @property
    def gradebook_schema(self) -> str:
        """The gradebook's schema, where it lies on a server."""
        return schema_of(self.cohort_id)

    @property
    def gradebook_url(self) -> str:
        """The gradebook for SQLAlchemy; writers wait for one another instead of failing."""
        if self.on_server:
            return url_of_schema(self.database, self.gradebook_schema)
        return f"sqlite:///{self.gradebook_file}?timeout=30"

    @property
    def own_dir(self) -> Path:
        """What we keep beside nbgrader's folders: locks, papers, ledgers, half-made folders."""
        return self.root / _OWN

    @property
    def exchange_dir(self) -> Path:
        """An exchange nobody uses; formgrader complains when there is none."""
        return self.own_dir / "exchange"

    def source(self, assignment: str) -> Path:
        """The source notebook's folder."""
        return self.root / "source" / check_identifier(assignment, "assignment")

    def release(self, assignment: str) -> Path:
        """The released notebook's folder: no keys in it."""
        return self.root / "release" / check_identifier(assignment, "assignment")

    def submitted(self, participant: str, assignment: str) -> Path:
        """Where a participant's submission lies."""
        return self._step("submitted", participant, assignment)

    def autograded(self, participant: str, assignment: str) -> Path:
        """Where nbgrader leaves the executed notebook."""
        return self._step("autograded", participant, assignment)

    def feedback(self, participant: str, assignment: str) -> Path:
        """Where the feedback page lies."""
        return self._step("feedback", participant, assignment)

    def released_file(self, assignment: str) -> Path:
        """What `papers` keeps of an assignment."""
        return self.own_dir / "papers" / f"{check_identifier(assignment, 'assignment')}.json"

    def history_file(self, participant: str, assignment: str) -> Path:
        """What `ledger` keeps of the last grading."""
        return self.own_dir / "ledger" / f"{self._pair(participant, assignment)}.json"

    def failure_file(self, participant: str, assignment: str) -> Path:
        """What `ledger` keeps of a grading that failed."""
        return self.own_dir / "failed" / f"{self._pair(participant, assignment)}.json"

    def failure_log(self, participant: str, assignment: str) -> Path:
        """What nbgrader said when it failed last."""
        return self.own_dir / "log" / f"{self._pair(participant, assignment)}.log"

    @contextmanager
    def preparing(self) -> Iterator[None]:
        """Nobody delivers or grades while this is held.

        Raises:
            Busy: the class is in use for minutes.
        """
        with self._hold("class", LONG_WAIT):
            yield

    @contextmanager
    def working_on(
        self, participant: str, assignment: str, wait_seconds: float = LONG_WAIT
    ) -> Iterator[None]:
        """Nobody else delivers, grades or publishes this submission while this is held.

        Raises:
            Busy: another process works on it for longer than `wait_seconds`.
        """
        pair = self._pair(participant, assignment)
        with self._hold("class", wait_seconds, shared=True), self._hold(pair, wait_seconds):
            yield

    @contextmanager
    def _hold(self, name: str, wait_seconds: float, *, shared: bool = False) -> Iterator[None]:
        with ExitStack() as stack:
            file = self.own_dir / "locks" / name
            stack.enter_context(hold(file, wait_seconds=wait_seconds, shared=shared))
            if self.on_server:
                # Other machines do not see the file.
                lock = f"{self.cohort_id}/{name}"
                stack.enter_context(hold_everywhere(self.database, lock, wait_seconds, shared))
            yield

    def _step(self, step: str, participant: str, assignment: str) -> Path:
        return (
            self.root
            / step
            / check_identifier(participant, "participant")
            / check_identifier(assignment, "assignment")
        )

    @staticmethod
    def _pair(participant: str, assignment: str) -> str:
        # Identifiers hold no dot, so two pairs never meet in one name.
        check_identifier(participant, "participant")
        return f"{participant}.{check_identifier(assignment, 'assignment')}"
