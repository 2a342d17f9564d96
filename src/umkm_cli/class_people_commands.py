"""The commands for who is in a class; each only calls `class_people`, which it imports itself."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

Yes = Annotated[bool, typer.Option("--yes", help="Jalankan tanpa bertanya.")]
ClassId = Annotated[str, typer.Argument(metavar="CLASS", help="Kode kelas.")]
Code = Annotated[str, typer.Argument(metavar="CODE", help="Kode peserta, misalnya srg-siti1.")]


def add_commands(class_app: typer.Typer, person_app: typer.Typer, console: Console) -> None:
    """Add the commands to `umkm class` and `umkm person`."""

    @class_app.command("silent")
    def silent(class_id: ClassId) -> None:
        """Lihat siapa yang terdaftar tetapi belum pernah datang atau belum menjawab."""
        from .class_people import list_silent

        list_silent(class_id, console)

    @class_app.command("remove")
    def remove(
        class_id: ClassId,
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
        class_id: ClassId,
        most: Annotated[
            int, typer.Argument(metavar="PEOPLE", help="Paling banyak peserta di kelas ini.")
        ],
    ) -> None:
        """Tentukan berapa orang yang boleh mendaftar di sebuah kelas."""
        from .class_people import set_places

        set_places(class_id, most, console)

    @class_app.command("open-registration")
    def open_registration(class_id: ClassId) -> None:
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
