"""Every address of the trainees' server that is ours, in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .alive import Alive
from .answers import AssignmentAnswers, LessonAnswers, SendAnswers
from .entrance import LogIn, LogOut, Register
from .home import Home
from .joining import Join
from .photos import PhotoFile, PhotoUpload
from .results import ResultPage
from .sending import ReceiptPage, Send
from .static_files import STATIC_RULES
from .study import AssignmentPage, LessonDone, LessonPage, PageClosed
from .tools import ToolPage
from .waiting import Turn

if TYPE_CHECKING:
    from umkm_apps.server import ClassServer

NAME = r"([a-z0-9-]{2,60})"


def our_routes(server: ClassServer) -> list[Any]:
    """Tornado rules for our pages below the server's base address."""
    rules: list[tuple[Any, ...]] = [
        ("", Home),
        ("sehat", Alive),
        ("masuk", LogIn),
        ("daftar", Register),
        ("gabung", Join),
        ("keluar", LogOut),
        (f"pelajaran/{NAME}/{NAME}", LessonPage),
        (f"pelajaran/{NAME}/{NAME}/selesai", LessonDone),
        (f"tugas/{NAME}", AssignmentPage),
        (f"pelajaran/{NAME}/{NAME}/jawaban", LessonAnswers),
        (f"tugas/{NAME}/jawaban", AssignmentAnswers),
        (f"tugas/{NAME}/jawaban/kirim", SendAnswers),
        (f"tugas/{NAME}/kirim", Send),
        (r"foto/kirim/([a-z0-9]{16,64})", PhotoUpload),
        (r"foto/([0-9a-f]{64})\.jpg", PhotoFile),
        (r"tanda-terima/([A-Za-z0-9-]{4,32})", ReceiptPage),
        (f"hasil/{NAME}", ResultPage),
        (f"alat/{NAME}", ToolPage),
        ("selesai-halaman", PageClosed),
        ("giliran", Turn),
        *STATIC_RULES,
    ]
    return [(server.base_url + rule[0], *rule[1:]) for rule in rules]
