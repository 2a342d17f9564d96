"""The class folder: the nbgrader course directory of one class."""

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

#: nbgrader finds folders by glob, which would not match these characters.
_GLOB = "*?["
_OWN = ".umkm"

LONG_WAIT = 300.0


@dataclass(frozen=True)
class ClassFolder:
    """The folder of one cohort, `<data_dir>/angkatan/<cohort_id>`; every id is checked first.

    `database` is the programme's: on a PostgreSQL server the gradebook is a schema beside the
    records, and locks work between machines; otherwise the gradebook is a file in the folder.

    Raises:
        InputError: an id that is no plain identifier, before any path is made from it.
        ClassFolderError: a data folder nbgrader cannot work in.
    """

    data_dir: Path
    cohort_id: str
    # From the environment, which every process of a programme has, formgrader's too: a password
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
        """Return the nbgrader course root."""
        return self.data_dir / "angkatan" / self.cohort_id

    @property
    def on_server(self) -> bool:
        """Return whether the gradebook is on a PostgreSQL server."""
        return self.database.startswith("postgres")

    @property
    def gradebook_file(self) -> Path:
        """Return the SQLite file of this class's gradebook, where it is one."""
        return self.root / "gradebook.db"

    @property
    def gradebook_schema(self) -> str:
        """Return the gradebook's schema, where it is on a server."""
        return schema_of(self.cohort_id)

    @property
    def gradebook_url(self) -> str:
        """Return the gradebook's URL; writers wait for one another instead of failing."""
        if self.on_server:
            return url_of_schema(self.database, self.gradebook_schema)
        return f"sqlite:///{self.gradebook_file}?timeout=30"

    @property
    def own_dir(self) -> Path:
        """Return our folder beside nbgrader's: locks, released assignments, history, staging."""
        return self.root / _OWN

    @property
    def exchange_dir(self) -> Path:
        """Return an unused exchange folder; formgrader complains when there is none."""
        return self.own_dir / "exchange"

    def source(self, assignment: str) -> Path:
        """Return the source notebook's folder."""
        return self.root / "source" / check_identifier(assignment, "assignment")

    def release(self, assignment: str) -> Path:
        """Return the released notebook's folder: no keys in it."""
        return self.root / "release" / check_identifier(assignment, "assignment")

    def submitted(self, participant: str, assignment: str) -> Path:
        """Return the folder of a participant's submission."""
        return self._step("submitted", participant, assignment)

    def autograded(self, participant: str, assignment: str) -> Path:
        """Return the folder of the executed notebook."""
        return self._step("autograded", participant, assignment)

    def feedback(self, participant: str, assignment: str) -> Path:
        """Return the folder of the feedback page."""
        return self._step("feedback", participant, assignment)

    def released_file(self, assignment: str) -> Path:
        """Return the file of `released_assignment`."""
        return self.own_dir / "papers" / f"{check_identifier(assignment, 'assignment')}.json"

    def history_file(self, participant: str, assignment: str) -> Path:
        """Return the file of the last successful grading (`autograde.history`)."""
        return self.own_dir / "ledger" / f"{self._pair(participant, assignment)}.json"

    def failure_file(self, participant: str, assignment: str) -> Path:
        """Return the file of a failed grading (`autograde.history`)."""
        return self.own_dir / "failed" / f"{self._pair(participant, assignment)}.json"

    def failure_log(self, participant: str, assignment: str) -> Path:
        """Return the file of nbgrader's log of the last failure."""
        return self.own_dir / "log" / f"{self._pair(participant, assignment)}.log"

    @contextmanager
    def preparing(self) -> Iterator[None]:
        """Lock the class: nobody delivers or grades meanwhile.

        Raises:
            Busy: the class is in use for minutes.
        """
        with self._hold("class", LONG_WAIT):
            yield

    @contextmanager
    def working_on(
        self, participant: str, assignment: str, wait_seconds: float = LONG_WAIT
    ) -> Iterator[None]:
        """Lock a submission: nobody else delivers, grades or publishes it meanwhile.

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
