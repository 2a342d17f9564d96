"""Every address of the trainees' server that is ours, in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from umkm_apps.web.alive import Alive
from umkm_apps.web.answers import AssignmentAnswers, LessonAnswers, SendAnswers
from umkm_apps.web.home import Home
from umkm_apps.web.joining import Join
from umkm_apps.web.login import LogIn, LogOut, Register
from umkm_apps.web.notebook_page import AssignmentPage, LessonDone, LessonPage, PageClosed
from umkm_apps.web.photos import PhotoFile, PhotoUpload
from umkm_apps.web.queue_page import Turn
from umkm_apps.web.results import ResultPage
from umkm_apps.web.static_files import STATIC_RULES
from umkm_apps.web.submit import ReceiptPage, Send
from umkm_apps.web.tools import ToolPage

if TYPE_CHECKING:
    from umkm_apps.server.app import ClassServer

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
