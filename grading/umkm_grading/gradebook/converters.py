"""Run one nbgrader converter in this process, and raise one error with its log."""

import logging
import os
import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy

from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning
from traitlets.config import Config
from traitlets.log import get_logger

from umkm_grading.errors import NbgraderFailed
from umkm_kernels.socket_folders import make_socket_folder, remove_socket_folder

EVERYBODY = "*"

# nbgrader changes the working folder and the environment while it works.
_ONE_AT_A_TIME = threading.Lock()

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")

#: Text in nbgrader's log, and our message for it. The first match counts.
_REASONS = (
    (
        "No space left on device",
        "Disk laptop penuh. Kosongkan ruang, lalu nilai lagi.",
    ),
    (
        "Kernel died",
        "Mesin penilai berhenti mendadak. Nilai lagi; bila berulang, tutup program lain.",
    ),
    (
        "Kernel didn't respond",
        "Mesin penilai terlalu lama menjawab. Tutup program lain, lalu nilai lagi.",
    ),
    (
        "database is locked",
        "Buku nilai sedang dipakai terlalu lama. Tunggu sebentar, lalu nilai lagi.",
    ),
    (
        "there are submissions associated",
        "Susunan soal berubah padahal sudah ada kiriman. Buat tugas dengan nama baru.",
    ),
)


def release_assignment(config: Config, assignment: str) -> None:
    """Run `nbgrader generate_assignment`: the source without keys, and its cells in the gradebook.

    Raises:
        NbgraderFailed: with nbgrader's log.
    """
    _run(GenerateAssignment, config, assignment, EVERYBODY)


def autograde(config: Config, assignment: str, participant: str) -> None:
    """Run `nbgrader autograde` for one submission, with `--force`.

    Raises:
        NbgraderFailed: with nbgrader's log.
    """
    # Sockets in a private folder: nobody else reaches the kernel, and no other program can take
    # its TCP port between its choice and its use.
    folder = make_socket_folder("nilai")
    private = deepcopy(config)
    private.KernelManager.transport = "ipc"
    private.KernelManager.connection_file = str(folder / "kernel.json")
    try:
        _run(Autograde, private, assignment, participant)
    finally:
        remove_socket_folder(folder)


def generate_feedback(config: Config, assignment: str, participant: str) -> None:
    """Run `nbgrader generate_feedback` for one submission.

    Raises:
        NbgraderFailed: with nbgrader's log.
    """
    _run(GenerateFeedback, config, assignment, participant)


def _run(converter: type[BaseConverter], config: Config, assignment: str, student: str) -> None:
    course = CourseDirectory(config=config, assignment_id=assignment, student_id=student)
    with quietly(student):
        step = converter(coursedir=course, config=config)
        step.force = True
        step.start()


@contextmanager
def quietly(student: str) -> Iterator[None]:
    """Hide nbgrader's log from the terminal, and let one thread at a time work with it.

    Raises:
        NbgraderFailed: what was done inside failed; with nbgrader's log.
    """
    with _ONE_AT_A_TIME, _private_log() as lines, _quiet(), _own_kernels_first():
        try:
            yield
        except (NbGraderException, OSError, RuntimeError) as error:
            log = _COLOUR.sub("", "\n".join([*lines, str(error)]))
            raise NbgraderFailed(_say(log, student), log) from error


def _say(log: str, student: str) -> str:
    for sign, reason in _REASONS:
        if sign in log:
            return reason
    if student != EVERYBODY:
        return "Penilaian tidak selesai. Nilai lagi."
    # An author reads this one: the last line of the traceback names the mistake.
    errors = [line for line in log.splitlines() if "Error: " in line] or [""]
    return f"nbgrader menolak notebook tugas ini. {errors[-1]}".strip()


class _Lines(logging.Handler):
    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.INFO)
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(f"[{record.levelname}] {record.getMessage()}")


@contextmanager
def _private_log() -> Iterator[list[str]]:
    # nbgrader logs to traitlets' one global logger, which writes to the terminal.
    lines: list[str] = []
    found = get_logger()
    logger = found.logger if isinstance(found, logging.LoggerAdapter) else found
    handler = _Lines(lines)
    before = logger.level, logger.propagate, logger.handlers[:]
    logger.handlers[:] = [handler]
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield lines
    finally:
        logger.level, logger.propagate, logger.handlers[:] = before


@contextmanager
def _quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        # nbgrader's models on SQLAlchemy 2.1, "not in session … backref": harmless.
        warnings.simplefilter("ignore", SAWarning)
        yield


@contextmanager
def _own_kernels_first() -> Iterator[None]:
    # A python3 kernel some other course installed in the home folder does not know our packages.
    name = "JUPYTER_PREFER_ENV_PATH"
    before = os.environ.get(name)
    os.environ[name] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
