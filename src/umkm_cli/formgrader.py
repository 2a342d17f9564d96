"""`umkm formgrader`: open the pages on which staff grade one class, or show those already open."""

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
from .install_notebooks import REVIEW_QUEUE
from .lab import lab_token
from .network import port_is_free
from .paths import Paths, find_paths
from .processes import Server, stop_servers, wait_until_up
from .warm_kernels import use_forked_kernels
from .workshop import SAMPLE, StopRequested, has_browser, lab_launch, open_class, stop_on_signals


@dataclass(frozen=True)
class Pages:
    """The URLs at which a class is graded; the token in them logs in who opens them."""

    base: str
    token: str

    @property
    def formgrader(self) -> str:
        """The URL of formgrader, through the login: its own URL with a token would set no cookie."""
        return self._through_login("formgrader/")

    @property
    def queue(self) -> str:
        """The URL of the review queue, a notebook in JupyterLab."""
        return self._through_login(f"lab/tree/{quote(REVIEW_QUEUE)}")

    def _through_login(self, path: str) -> str:
        return f"{self.base}login?{urlencode({'next': f'/{path}', 'token': self.token})}"


def run_formgrader(class_id: str, port: int | None, open_browser: bool, console: Console) -> None:
    """Print the URLs at which a class is graded, and start its JupyterLab where none is running.

    Raises:
        CliError: no such class, no permission for its folder, or the port is in use.
    """
    paths = find_paths()
    if open_browser and not has_browser():
        raise CliError(
            "Tidak ada peramban (browser) di laptop ini. Jalankan tanpa --open, lalu buka alamatnya sendiri."
        )
    _check_known(paths, class_id)
    check_rights(ClassFolder(paths.data_dir, class_id))
    pages = find_open(paths, class_id)
    if pages is not None:
        console.print(f"Kelas {class_id} sudah terbuka di laptop ini.")
        _show(pages, open_browser, console)
        return
    _open_now(paths, class_id, _free_port(port), open_browser, console)


def check_rights(class_folder: ClassFolder) -> None:
    """Check that this user may read and write the class folder.

    Raises:
        CliError: they may not; the message names the path.
    """
    for path in (
        class_folder.data_dir,
        class_folder.root,
        class_folder.own_dir,
        class_folder.gradebook_file,
    ):
        if not _may_use(path):
            raise CliError(
                f"Anda tidak punya izin menilai kelas {class_folder.cohort_id}: {path} milik orang lain. "
                "Masuk dengan akun pemilik kelas, atau minta pengelola memberi izin."
            )


def _may_use(path: Path) -> bool:
    try:
        path.stat()
    except FileNotFoundError:
        return True
    except PermissionError:
        return False
    return os.access(path, os.R_OK | os.W_OK)


def find_open(paths: Paths, class_id: str) -> Pages | None:
    """Return the pages of a JupyterLab that runs for this class on this laptop; None without one."""
    for server, environment in _running():
        if (
            environment.get("UMKM_CLASS") == class_id
            and environment.get("UMKM_DATA") == str(paths.data_dir)
            and "JUPYTER_CONFIG_DIR" in environment
        ):
            return Pages(str(server["url"]), str(server["token"]))
    return None


def _running() -> Iterator[tuple[Mapping[str, object], Mapping[str, str]]]:
    for server in list_running_servers():
        try:
            yield server, psutil.Process(int(server["pid"])).environ()
        except psutil.Error:
            # Another user's process, or one that has just ended.
            continue


def _check_known(paths: Paths, class_id: str) -> None:
    with open_records(paths.database) as records:
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


def _open_now(paths: Paths, class_id: str, port: int, open_browser: bool, console: Console) -> None:
    use_forked_kernels(paths.data_dir)
    servers: list[Server] = []
    with stop_on_signals():
        try:
            with console.status("Membuka kelas…"):
                servers.append(Server(lab_launch(open_class(paths, class_id), port)))
                wait_until_up(servers[0])
            pages = Pages(f"http://127.0.0.1:{port}/", lab_token(paths.data_dir, class_id))
            _show(pages, open_browser, console)
            console.print("Tekan Ctrl-C untuk menutup.")
            _run_until_stopped(servers[0], console)
        except StopRequested:
            console.print("Menutup…")
        finally:
            stop_servers(servers)


def _run_until_stopped(server: Server, console: Console) -> None:
    while True:
        if message := server.check():
            console.print(message)
        time.sleep(1)


def _show(pages: Pages, open_browser: bool, console: Console) -> None:
    for label, address in (("Formgrader", pages.formgrader), ("Periksa uraian", pages.queue)):
        console.print(f"{label}: {address}", soft_wrap=True, highlight=False)
    if open_browser:
        webbrowser.open(pages.formgrader)
