"""The objects that all handlers of the trainees' server share, made once at the start of the process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from traitlets.config import Config
from voila.configuration import VoilaConfiguration

from umkm_courses import Catalogue
from umkm_records import Participant, Records

from .page_threads import PageThreads
from .records_threads import RecordsExecutor
from .settings import ServerSettings
from .worker_processes import WorkerProcesses

#: The key of Tornado's settings under which the context stands.
CONTEXT: Final = "umkm"


@dataclass(frozen=True)
class VoilaOptions:
    """The options of Voila's notebook renderer."""

    configuration: VoilaConfiguration
    config: Config
    template_paths: Sequence[str]


@dataclass(frozen=True)
class ServerContext:
    """Settings, data and services of one trainees' server."""

    settings: ServerSettings
    records: Records
    catalogue: Catalogue
    #: The secret of page tokens (auth/page_token.py).
    token_secret: bytes
    #: The address at which page kernels call the server (web/kernel_api.py).
    kernel_api: str
    #: Threads for requests that read the records, and for those that write: a commit waits for the disk.
    reading: RecordsExecutor
    writing: RecordsExecutor
    #: Threads for pages that live in this process: those that only mark answers, and practice tools,
    #: which also use the records.
    marking: PageThreads
    tools: PageThreads
    #: Processes for what takes tools long: files that are made and read.
    workers: WorkerProcesses
    voila: VoilaOptions

    def admits(self, participant: Participant) -> bool:
        """Return whether this server is for the participant's class.

        A laptop may hold the sample class, whose PIN is printed in the README, beside real classes.
        """
        # A participant who was taken out of their only class is in none, and reads nothing.
        return bool(participant.cohort) and self.settings.cohort in {None, participant.cohort}


def context_in(settings: Mapping[str, Any]) -> ServerContext:
    """Return the context in the settings of a Tornado application."""
    context: ServerContext = settings[CONTEXT]
    return context
