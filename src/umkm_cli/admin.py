"""The commands for an installation: backup, restore, doctor, db, kernels."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .terminal import make_console

app = typer.Typer()
kernels_app = typer.Typer(
    help="Kernel yang cepat menyala, untuk Jupyter di laptop ini.", no_args_is_help=True
)
facts_app = typer.Typer(
    help="Aturan dan tarif yang diajarkan, dan tanggal sumbernya.", no_args_is_help=True
)
db_app = typer.Typer(help="Basis data: tabel, pindah ke server PostgreSQL.", no_args_is_help=True)
app.add_typer(kernels_app, name="kernels")
app.add_typer(db_app, name="db")
app.add_typer(facts_app, name="facts")

console = make_console()


@app.command()
def backup(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]",
            help="Nama berkas atau folder, misalnya flashdisk; tanpa ini, folder Berkas kelas.",
        ),
    ] = None,
    password: Annotated[
        bool, typer.Option("--password", help="Lindungi dengan kata sandi, yang lalu ditanyakan.")
    ] = False,
) -> None:
    """Cadangkan semua data ke satu berkas, juga saat kelas berjalan, dan uji hasilnya."""
    from .backup import run_backup

    run_backup(file, password, console)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Cadangan dari umkm backup.")],
) -> None:
    """Pulihkan cadangan ke folder data yang kosong; tidak pernah menimpa data."""
    from .backup import run_restore

    run_restore(file, console)


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Tulis sebagai JSON.")] = False,
) -> None:
    """Periksa pemasangan: apa yang salah, dan bagaimana memperbaikinya."""
    from .doctor import run_doctor

    if not run_doctor(as_json, console):
        raise typer.Exit(1)


@db_app.command("upgrade")
def db_upgrade() -> None:
    """Buat atau perbarui tabel di basis data: sekali setelah memasang versi baru."""
    from .database import run_upgrade

    run_upgrade(console)


@db_app.command("copy")
def db_copy(
    source: Annotated[
        str, typer.Argument(metavar="FROM", help="Berkas umkm.db, atau alamat sqlite:///…")
    ],
    target: Annotated[
        str, typer.Argument(metavar="TO", help="Alamat basis data PostgreSQL yang kosong.")
    ],
) -> None:
    """Pindahkan data peserta dan semua buku nilai dari SQLite ke PostgreSQL."""
    from .database import run_copy

    run_copy(source, target, console)


@kernels_app.command("install")
def kernels_install(
    name: Annotated[
        str, typer.Option(help="Nama kernel; python3 dipakai semua notebook.")
    ] = "umkm-fork",
) -> None:
    """Pasang kernel yang dicabangkan, untuk JupyterLab di luar kelas."""
    from umkm_kernels import install

    from .warm_kernels import PRELOAD

    console.print(f"Kernel {name} terpasang di {install(name, preload=PRELOAD)}")


@facts_app.command()
def due() -> None:
    """Sebutkan aturan dan tarif yang perlu dicari lagi: sumbernya lebih dari enam bulan."""
    from .facts import run_due

    run_due(console)
