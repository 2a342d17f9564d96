"""The `umkm` command, and its commands for the work of a class.

`umkm class` and `umkm person` are in `class_commands`, those for the installation in `admin`.
Each command imports the module that does the work: nbgrader takes a second to import, and
`umkm class list` need not wait for it.
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

from . import admin, class_commands
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
app.add_typer(class_commands.class_app, name="class")
app.add_typer(class_commands.person_app, name="person")
# Without a name, so that its commands are on the same level as these.
app.add_typer(admin.app)

console = make_console()

ClassId = Annotated[
    str, typer.Argument(metavar="CLASS", help="Kode kelas, misalnya contoh-serang.")
]
AssignmentName = Annotated[
    str, typer.Argument(metavar="ASSIGNMENT", help="Nama atau judul tugas, misalnya 'Dua Laci'.")
]


class ExportFormat(StrEnum):
    """File formats of `umkm export`."""

    CSV = "csv"
    XLSX = "xlsx"


class ExportBy(StrEnum):
    """What `umkm export` groups points by."""

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
    from .collect import run_collect

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
    from .item_analysis import run_items

    run_items(class_id, assignment, console)


def main() -> None:
    """Run `umkm`; errors are printed as a sentence, without a traceback."""
    # Files written by this process and its servers are readable by their owner only.
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
        # A bug: the user reads a sentence, the traceback goes to a file for the developers.
        number, log = tempfile.mkstemp(prefix="umkm-", suffix=".log")
        with os.fdopen(number, "w", encoding="utf-8") as file:
            traceback.print_exc(file=file)
        message = (
            f"Ada kesalahan pada program. Kirimkan berkas {log} kepada pengembang, lalu coba lagi."
        )
        make_console(stderr=True, style="bold red").print(message)
        sys.exit(1)
