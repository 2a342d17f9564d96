"""The commands of `umkm class` and `umkm person`.

Each command imports the module that does the work, as in `main`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .terminal import make_console

class_app = typer.Typer(help="Kelas (angkatan).", no_args_is_help=True)
person_app = typer.Typer(
    help="Data peserta: PIN, salinan, hapus (UU 27/2022).", no_args_is_help=True
)

console = make_console()

Yes = Annotated[bool, typer.Option("--yes", help="Jalankan tanpa bertanya.")]
ClassId = Annotated[
    str, typer.Argument(metavar="CLASS", help="Kode kelas, misalnya contoh-serang.")
]
KnownClassId = Annotated[str, typer.Argument(metavar="CLASS", help="Kode kelas.")]
Code = Annotated[str, typer.Argument(metavar="CODE", help="Kode peserta, misalnya srg-siti1.")]
TestCourse = Annotated[str, typer.Argument(metavar="COURSE", help="Materinya, misalnya pembukuan.")]
WhichTest = Annotated[str, typer.Argument(metavar="awal|akhir", help="Tes awal atau tes akhir.")]


@class_app.command("silent")
def silent(class_id: KnownClassId) -> None:
    """Lihat siapa yang terdaftar tetapi belum pernah datang atau belum menjawab."""
    from .class_people import list_silent

    list_silent(class_id, console)


@class_app.command("remove")
def remove(
    class_id: KnownClassId,
    code: Code,
    undo: Annotated[
        bool, typer.Option("--undo", help="Masukkan lagi yang sudah dikeluarkan.")
    ] = False,
    yes: Yes = False,
) -> None:
    """Keluarkan seseorang dari kelas; datanya tetap tersimpan."""
    from . import class_people

    class_people.remove(class_id, code, undo, yes, console)


@class_app.command("places")
def places(
    class_id: KnownClassId,
    most: Annotated[
        int, typer.Argument(metavar="PEOPLE", help="Paling banyak peserta di kelas ini.")
    ],
) -> None:
    """Tentukan berapa orang yang boleh mendaftar di sebuah kelas."""
    from .class_people import set_places

    set_places(class_id, most, console)


@class_app.command("open-registration")
def open_registration(class_id: KnownClassId) -> None:
    """Izinkan banyak orang mendaftar dari satu Wi-Fi atau satu HP selama dua jam."""
    from .class_people import open_for_all

    open_for_all(class_id, console)


@person_app.command("merge")
def merge(
    double: Annotated[
        str, typer.Argument(metavar="DOUBLE", help="Kode yang dihapus sesudah digabung.")
    ],
    into: Annotated[str, typer.Argument(metavar="CODE", help="Kode yang tetap.")],
    yes: Yes = False,
) -> None:
    """Gabungkan dua kode milik satu orang."""
    from . import class_people

    class_people.merge(double, into, yes, console)


@class_app.command("new")
def class_new(
    class_id: ClassId,
    title: Annotated[str, typer.Option(help="Nama kelas yang dibaca peserta.")],
    course: Annotated[
        list[str] | None,
        typer.Option(help="Materi; boleh ditulis beberapa kali. Tanpa ini: pembukuan."),
    ] = None,
    venue: Annotated[str, typer.Option(help="Tempat.")] = "",
) -> None:
    """Buat kelas baru; kode kelas untuk peserta dibuat sendiri."""
    from .classes import new_class

    new_class(class_id, title, course or ["pembukuan"], venue, console)


@class_app.command("courses")
def class_courses(
    class_id: ClassId,
    courses: Annotated[
        list[str], typer.Argument(metavar="COURSE...", help="Semua materi kelas ini, berurutan.")
    ],
) -> None:
    """Ganti materi sebuah kelas; jawaban yang sudah ada tetap tersimpan."""
    from .classes import change_courses

    change_courses(class_id, courses, console)


@class_app.command("open-test")
def class_open_test(class_id: ClassId, course: TestCourse, which: WhichTest) -> None:
    """Buka tes awal atau tes akhir sebuah materi untuk kelas ini."""
    from .class_tests import open_test

    open_test(class_id, course, which, console)


@class_app.command("close-test")
def class_close_test(class_id: ClassId, course: TestCourse, which: WhichTest) -> None:
    """Tutup tes itu; jawaban yang belum dikirim ikut dikirim."""
    from .class_tests import close_test

    close_test(class_id, course, which, console)


@class_app.command("list")
def class_list() -> None:
    """Daftar kelas di laptop ini."""
    from .classes import list_classes

    list_classes(console)


@person_app.command("reset-pin")
def person_reset_pin(code: Code) -> None:
    """Beri PIN baru."""
    from .classes import reset_pin_of

    reset_pin_of(code, console)


@person_app.command("export")
def person_export(
    code: Code, output: Annotated[Path | None, typer.Option(help="Nama berkas.")] = None
) -> None:
    """Tulis semua data seorang peserta ke berkas JSON."""
    from .classes import write_person

    write_person(code, output, console)


@person_app.command("erase")
def person_erase(
    code: Code, yes: Annotated[bool, typer.Option("--yes", help="Hapus tanpa bertanya.")] = False
) -> None:
    """Hapus data pribadi seorang peserta."""
    from .classes import erase

    erase(code, yes, console)
