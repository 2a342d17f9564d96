"""Every command of `umkm` for classes and people; each only calls the module that does it.

It imports that module itself: nbgrader alone takes a second, which `umkm class list` need not wait for.

Those for the installation itself stand in `upkeep`.
"""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from umkm.errors import UmkmError

from . import upkeep
from .class_people_commands import add_commands
from .errors import CliError
from .terminal import make_console
from .usage import UsageError, explain, is_call_for_help

app = typer.Typer(
    name="umkm",
    help="UMKM Naik Kelas: buka kelas, nilai tugas, kembalikan hasil.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
class_app = typer.Typer(help="Kelas (angkatan).", no_args_is_help=True)
person_app = typer.Typer(
    help="Data peserta: PIN, salinan, hapus (UU 27/2022).", no_args_is_help=True
)
app.add_typer(class_app, name="class")
app.add_typer(person_app, name="person")
# Without a name: their commands stand beside ours.
app.add_typer(upkeep.app)

console = make_console()
add_commands(class_app, person_app, console)

ClassId = Annotated[
    str, typer.Argument(metavar="CLASS", help="Kode kelas, misalnya contoh-serang.")
]
TestCourse = Annotated[str, typer.Argument(metavar="COURSE", help="Materinya, misalnya pembukuan.")]
WhichTest = Annotated[str, typer.Argument(metavar="awal|akhir", help="Tes awal atau tes akhir.")]
AssignmentName = Annotated[
    str, typer.Argument(metavar="ASSIGNMENT", help="Nama atau judul tugas, misalnya 'Dua Laci'.")
]
Code = Annotated[str, typer.Argument(metavar="CODE", help="Kode peserta, misalnya srg-siti1.")]


class ExportFormat(StrEnum):
    """File formats of `umkm export`."""

    CSV = "csv"
    XLSX = "xlsx"


class ExportBy(StrEnum):
    """What `umkm export` breaks points down by."""

    GROUP = "group"
    QUESTION = "question"
    OUTCOME = "outcome"


@app.command()
def workshop(
    class_id: Annotated[
        str, typer.Argument(metavar="[CLASS]", help="Kode kelas; tanpa ini, kelas contoh.")
    ] = "contoh-serang",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port halaman peserta.")] = 8866,
    lab_port: Annotated[
        int, typer.Option(min=1, max=65535, help="Port JupyterLab pelatih.")
    ] = 8899,
    pages: Annotated[
        int | None,
        typer.Option(min=1, help="Batas halaman terbuka; tanpa ini, menurut memori laptop."),
    ] = None,
    open_browser: Annotated[
        bool, typer.Option("--open", help="Buka JupyterLab di peramban.")
    ] = False,
) -> None:
    """Buka kelas di laptop ini: halaman peserta dan JupyterLab pelatih."""
    from .workshop import Ports, run_workshop

    run_workshop(class_id, Ports(port, lab_port), open_browser, console, most_pages=pages)


@app.command()
def grade(  # noqa: PLR0913, PLR0917 - a command's options
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[CLASS ...] [ASSIGNMENT ...]",
            help="Kelas dan tugas; tanpa kelas: semua kelas, tanpa tugas: semua tugas.",
        ),
    ] = None,
    workers: Annotated[
        int,
        typer.Option(min=0, max=64, help="Banyaknya proses penilai; 0: sebanyak inti prosesor."),
    ] = 0,
    scheduler: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS",
            help="Nilai di banyak mesin dengan Dask: tcp://server:8786; local: Dask di laptop ini.",
        ),
    ] = "",
    only_new: Annotated[
        bool, typer.Option("--only-new", help="Hanya yang belum pernah dinilai.")
    ] = False,
    regrade: Annotated[bool, typer.Option("--regrade", help="Nilai ulang semuanya.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Tulis kemajuan sebagai baris JSON.")
    ] = False,
    without_sandbox: Annotated[
        str,
        typer.Option(
            "--without-sandbox",
            metavar="SENTENCE",
            help="Jalankan notebook peserta tanpa kurungan; tulis: 'saya tahu risikonya'.",
        ),
    ] = "",
) -> None:
    """Nilai semua kiriman baru, yang dikirim ulang, dan yang gagal sebelumnya."""
    from umkm_grading import Scope

    from .grading import GradeOptions, run_grade

    if only_new and regrade:
        raise CliError("Pilih salah satu: --only-new atau --regrade.")
    scope = Scope.ONLY_NEW if only_new else Scope.ALL if regrade else Scope.DUE
    asked = GradeOptions(
        names or (), workers, scheduler, scope, as_json, sandboxed=not without_sandbox
    )
    if without_sandbox not in ("", "saya tahu risikonya"):
        raise CliError(
            "Tanpa kurungan, notebook peserta bisa membaca dan mengubah semua berkas Anda. "
            "Kalau memang mau: --without-sandbox 'saya tahu risikonya'"
        )
    if not run_grade(asked, console):
        raise typer.Exit(1)


@app.command()
def collect(
    class_id: ClassId,
    assignment: AssignmentName,
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Satu folder per peserta, bernama kodenya.")
    ],
) -> None:
    """Terima notebook yang dikerjakan peserta di JupyterLab."""
    from .collecting import run_collect

    if not run_collect(class_id, assignment, folder, console):
        raise typer.Exit(1)


@app.command()
def feedback(
    class_id: ClassId,
    assignments: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ASSIGNMENT ...]",
            help="Nama atau judul tugas; tanpa ini, semua yang selesai dinilai.",
        ),
    ] = None,
) -> None:
    """Perlihatkan nilai dan komentar kepada peserta."""
    from .results import run_feedback

    run_feedback(class_id, assignments or (), console)


@app.command()
def export(
    class_id: Annotated[
        str, typer.Argument(metavar="[CLASS]", help="Kode kelas; tanpa ini, semua kelas.")
    ] = "",
    kind: Annotated[
        ExportFormat | None,
        typer.Option("--format", help="Jenis berkas; tanpa ini, menurut nama berkas, atau xlsx."),
    ] = None,
    by: Annotated[
        ExportBy | None,
        typer.Option(
            help="Rincian: kelompok soal, tiap soal, atau tiap capaian; CSV tanpa ini hanya ringkasan."
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="Nama berkas atau folder; tanpa ini, folder Berkas kelas.")
    ] = None,
) -> None:
    """Tulis nilai ke berkas Excel atau CSV: satu baris satu peserta."""
    from .results import ExportOptions, run_export

    named_csv = output is not None and output.suffix.lower() == ".csv"
    chosen = kind or (ExportFormat.CSV if named_csv else ExportFormat.XLSX)
    run_export(ExportOptions(class_id, chosen.value, by.value if by else "", output), console)


@app.command()
def formgrader(
    class_id: ClassId,
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help="Port; tanpa ini, port mana saja yang kosong."),
    ] = None,
    open_browser: Annotated[
        bool, typer.Option("--open", help="Buka formgrader di peramban.")
    ] = False,
) -> None:
    """Buka formgrader dan antrean uraian sebuah kelas, atau tunjukkan yang sudah terbuka."""
    from .formgrader import run_formgrader

    run_formgrader(class_id, port, open_browser, console)


@app.command()
def items(class_id: ClassId, assignment: AssignmentName) -> None:
    """Lihat seberapa baik soal-soal sebuah tugas mengukur."""
    from .items import run_items

    run_items(class_id, assignment, console)


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
    from .tests_of_class import open_test

    open_test(class_id, course, which, console)


@class_app.command("close-test")
def class_close_test(class_id: ClassId, course: TestCourse, which: WhichTest) -> None:
    """Tutup tes itu; jawaban yang belum dikirim ikut dikirim."""
    from .tests_of_class import close_test

    close_test(class_id, course, which, console)


@class_app.command("list")
def class_list() -> None:
    """Daftar kelas di laptop ini."""
    from .classes import list_classes

    list_classes(console)


@person_app.command("reset-pin")
def person_reset_pin(code: Code) -> None:
    """Beri PIN baru."""
    from .classes import give_new_pin

    give_new_pin(code, console)


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


def main() -> None:
    """Run `umkm`; what goes wrong is told in a sentence, without a traceback."""
    # Whatever is written, by us or by a server we start, is its owner's alone.
    os.umask(0o077)
    try:
        sys.exit(app(standalone_mode=False) or 0)
    except UsageError as error:
        if is_call_for_help(error):
            error.show()
        else:
            make_console(stderr=True, style="bold red").print(explain(error))
        sys.exit(2)
    except typer.Abort:
        make_console(stderr=True).print("Dibatalkan.")
        sys.exit(1)
    except (CliError, UmkmError) as error:
        make_console(stderr=True, style="bold red").print(str(error))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception:
        # A fault of ours: the person gets a sentence, we get the traceback.
        number, log = tempfile.mkstemp(prefix="umkm-", suffix=".log")
        with os.fdopen(number, "w", encoding="utf-8") as file:
            traceback.print_exc(file=file)
        told = (
            f"Ada kesalahan pada program. Kirimkan berkas {log} kepada pengembang, lalu coba lagi."
        )
        make_console(stderr=True, style="bold red").print(told)
        sys.exit(1)
