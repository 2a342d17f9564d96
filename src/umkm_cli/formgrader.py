"""`umkm formgrader`: the pages on which staff grade one class, wherever they are open already."""

from __future__ import annotations

import os
import socket
import time
import webbrowser
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

import psutil
from jupyter_server.serverapp import list_running_servers
from rich.console import Console

from umkm_grading import ClassFolder
from umkm_records import find_cohort, open_records

from .errors import CliError
from .lab import lab_token
from .laid_out import QUEUE
from .network import port_is_free
from .places import Places, find_places
from .processes import Server, stop_servers, wait_until_up
from .warm_kernels import use_forked_kernels
from .workshop import SAMPLE, StopRequested, has_browser, lab_launch, open_class, stop_on_signals


@dataclass(frozen=True)
class Pages:
    """Where a class is graded; the token in the address logs its reader in."""

    base: str
    token: str

    @property
    def formgrader(self) -> str:
        """Formgrader by way of the login: its own address with a token would set no cookie."""
        return self._through_login("formgrader/")

    @property
    def queue(self) -> str:
        """The queue of texts, as a notebook in JupyterLab."""
        return self._through_login(f"lab/tree/{quote(QUEUE)}")

    def _through_login(self, path: str) -> str:
        return f"{self.base}login?{urlencode({'next': f'/{path}', 'token': self.token})}"


def run_formgrader(class_id: str, port: int | None, open_browser: bool, console: Console) -> None:
    """Show where a class is graded: the JupyterLab that is open for it, or one started now.

    Raises:
        CliError: no such class, no right to its folder, the port is taken.
    """
    places = find_places()
    if open_browser and not has_browser():
        raise CliError(
            "Tidak ada peramban (browser) di laptop ini. Jalankan tanpa --open, lalu buka alamatnya sendiri."
        )
    _check_known(places, class_id)
    check_rights(ClassFolder(places.data_dir, class_id))
    pages = find_open(places, class_id)
    if pages is not None:
        console.print(f"Kelas {class_id} sudah terbuka di laptop ini.")
        _show(pages, open_browser, console)
        return
    _open_now(places, class_id, _free_port(port), open_browser, console)


def check_rights(class_folder: ClassFolder) -> None:
    """Make sure that this person may read and change what lies in the class's folder.

    Raises:
        CliError: they may not.
    """
    for place in (
        class_folder.data_dir,
        class_folder.root,
        class_folder.own_dir,
        class_folder.gradebook_file,
    ):
        if not _may_use(place):
            raise CliError(
                f"Anda tidak punya izin menilai kelas {class_folder.cohort_id}: {place} milik orang lain. "
                "Masuk dengan akun pemilik kelas, atau minta pengelola memberi izin."
            )


def _may_use(place: Path) -> bool:
    try:
        place.stat()
    except FileNotFoundError:
        return True
    except PermissionError:
        return False
    return os.access(place, os.R_OK | os.W_OK)


def find_open(places: Places, class_id: str) -> Pages | None:
    """The JupyterLab that is open for this class on this laptop, if there is one."""
    for server, environment in _running():
        if (
            environment.get("UMKM_CLASS") == class_id
            and environment.get("UMKM_DATA") == str(places.data_dir)
            and "JUPYTER_CONFIG_DIR" in environment
        ):
            return Pages(str(server["url"]), str(server["token"]))
    return None


def _running() -> Iterator[tuple[Mapping[str, object], Mapping[str, str]]]:
    for server in list_running_servers():
        try:
            yield server, psutil.Process(int(server["pid"])).environ()
        except psutil.Error:
            # Somebody else's, or ended this moment.
            continue


def _check_known(places: Places, class_id: str) -> None:
    with open_records(places.database) as records:
        if class_id != SAMPLE and find_cohort(records, class_id) is None:
            raise CliError(f"Kelas {class_id} tidak ada. Lihat daftarnya: umkm class list")


def _free_port(wanted: int | None) -> int:
    if wanted is None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return int(probe.getsockname()[1])
    if not port_is_free("127.0.0.1", wanted):
        raise CliError(
            f"Port {wanted} sedang dipakai program lain. Pilih port lain, atau jalankan tanpa --port."
        )
    return wanted


def _open_now(
    places: Places, class_id: str, port: int, open_browser: bool, console: Console
) -> None:
    use_forked_kernels(places.data_dir)
    servers: list[Server] = []
    with stop_on_signals():
        try:
            with console.status("Membuka kelas…"):
                servers.append(Server(lab_launch(open_class(places, class_id), port)))
                wait_until_up(servers[0])
            pages = Pages(f"http://127.0.0.1:{port}/", lab_token(places.data_dir, class_id))
            _show(pages, open_browser, console)
            console.print("Tekan Ctrl-C untuk menutup.")
            _keep_open(servers[0], console)
        except StopRequested:
            console.print("Menutup…")
        finally:
            stop_servers(servers)


def _keep_open(server: Server, console: Console) -> None:
    while True:
        if told := server.look_after():
            console.print(told)
        time.sleep(1)


def _show(pages: Pages, open_browser: bool, console: Console) -> None:
    for label, address in (("Formgrader", pages.formgrader), ("Periksa uraian", pages.queue)):
        console.print(f"{label}: {address}", soft_wrap=True, highlight=False)
    if open_browser:
        webbrowser.open(pages.formgrader)
