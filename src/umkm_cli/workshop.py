"""`umkm workshop`: open a class on this laptop."""

from __future__ import annotations

import signal
import sys
import time
import webbrowser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from rich.console import Console

from umkm_apps.runtime.secrets import FOLDER
from umkm_apps.runtime.status import read_status
from umkm_courses import Catalogue, load_catalogue
from umkm_grading import ClassFolder, prepare, write_jupyter_config
from umkm_kernels import TemplateServer
from umkm_records import Cohort, Records, class_roster, find_cohort, make_sample_class, open_records

from .addresses import ClassUrls, show_urls, status_line
from .errors import CliError
from .housekeeping import AddressMonitor, DeliveryTask, run_once
from .install_notebooks import install_notebooks
from .lab import install_extension, install_settings, lab_command, lab_token
from .network import lan_addresses, port_is_free
from .paths import Paths, find_paths, keep_private
from .processes import Launch, Server, stop_servers, wait_until_up
from .warm_kernels import open_template, pages_have_kernels, template_trouble, use_forked_kernels

SAMPLE = "contoh-serang"
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Ports:
    """The ports of the two servers of a workshop."""

    trainees: int = 8866
    lab: int = 8899


@dataclass(frozen=True)
class OpenClass:
    """A class with its records, courses and class folder."""

    paths: Paths
    records: Records
    catalogue: Catalogue
    cohort: Cohort
    class_folder: ClassFolder

    @property
    def offered(self) -> Catalogue:
        """The courses of the class."""
        return self.catalogue.of(self.cohort.courses)


class StopRequested(Exception):
    """The workshop is to end: Ctrl-C, SIGTERM, or a terminal that was closed."""


def run_workshop(
    class_id: str,
    ports: Ports,
    open_browser: bool,
    console: Console,
    *,
    most_pages: int | None = None,
) -> None:
    """Open a class and run it until Ctrl-C.

    Args:
        class_id: The class.
        ports: The ports of its servers.
        open_browser: Whether to open the trainer's JupyterLab in a browser.
        console: The trainer's terminal.
        most_pages: The limit of page sessions; None lets the server choose it by memory.

    Raises:
        CliError: the class cannot be opened; the message says why and what to do.
    """
    paths = find_paths()
    if message := keep_private(paths.data_dir):
        console.print(message, style="yellow")
    addresses = lan_addresses()
    # All interfaces, because a hotspot may be started later. JupyterLab listens on loopback only.
    ip = "0.0.0.0"  # noqa: S104
    for port, option in ((ports.trainees, "--port"), (ports.lab, "--lab-port")):
        if not port_is_free(ip if option == "--port" else "127.0.0.1", port):
            raise CliError(
                f"Port {port} sedang dipakai program lain. Tutup program itu, atau pilih port lain dengan {option}."
            )
    if open_browser and not has_browser():
        raise CliError(
            "Tidak ada peramban (browser) di laptop ini. Pasang Chrome atau Firefox, atau jalankan tanpa --open."
        )
    servers: list[Server] = []
    use_forked_kernels(paths.data_dir)
    with stop_on_signals(), open_template(page_kernels=pages_have_kernels()) as template:
        try:
            with console.status("Menyiapkan kelas…"):
                opened = open_class(paths, class_id)
                servers.append(Server(_trainees(opened, ip, ports.trainees, most_pages)))
                servers.append(Server(lab_launch(opened, ports.lab)))
                for server in servers:
                    wait_until_up(server)
            urls = _class_urls(opened, ports, addresses)
            show_urls(console, urls)
            if open_browser:
                webbrowser.open(urls.lab_url)
            _run_until_stopped(opened, ports, servers, template, console)
        except StopRequested:
            console.print("Menutup kelas…")
        finally:
            stop_servers(servers)
    console.print("Kelas ditutup. Semua jawaban tersimpan; jalankan lagi untuk melanjutkan.")


def open_class(paths: Paths, class_id: str) -> OpenClass:
    """Return a class with its class folder prepared; the sample class is created if it is new.

    Raises:
        CliError: there is no such class, or no such course.
    """
    records = open_records(paths.database)
    if class_id == SAMPLE:
        make_sample_class(records)
    cohort = find_cohort(records, class_id)
    if cohort is None:
        raise CliError(f"Kelas {class_id} tidak ada. Lihat daftarnya: umkm class list")
    catalogue = load_catalogue(paths.courses)
    for course in cohort.courses:
        if course not in catalogue.courses:
            raise CliError(f"Materi {course} untuk kelas {class_id} tidak ada di folder courses/.")
    class_folder = ClassFolder(paths.data_dir, cohort.id)
    opened = OpenClass(paths, records, catalogue, cohort, class_folder)
    prepare(class_folder, opened.offered.assignments, class_roster(records, cohort.id))
    return opened


def _trainees(opened: OpenClass, ip: str, port: int, most_pages: int | None) -> Launch:
    paths = opened.paths
    environment = {
        "UMKM_HOME": str(paths.home),
        "UMKM_DATA": str(paths.data_dir),
        "UMKM_DATABASE": paths.database,
        "UMKM_CLASS": opened.cohort.id,
        "UMKM_IP": ip,
        "UMKM_PORT": str(port),
    }
    if most_pages is not None:
        environment["UMKM_MOST_PAGES"] = str(most_pages)
    command = [sys.executable, "-m", "umkm_apps"]
    log = paths.data_dir / "log" / "peserta.log"
    return Launch("Halaman peserta", command, environment, log, f"http://127.0.0.1:{port}/sehat")


def lab_launch(opened: OpenClass, port: int) -> Launch:
    """Install the notebooks and configuration of a class's JupyterLab, and return its launch."""
    paths = opened.paths
    class_id = opened.cohort.id
    install_notebooks(paths, class_id, opened.offered)
    # One folder for each class, because two may be open at once, each with its own formgrader.
    config_dir = paths.data_dir / FOLDER / "jupyter-config" / class_id
    write_jupyter_config(opened.class_folder, config_dir)
    settings_dir = config_dir.parent / "lab" / "user-settings"
    install_settings(settings_dir)
    environment = {
        "JUPYTER_CONFIG_DIR": str(config_dir),
        "JUPYTER_PATH": install_extension(paths.data_dir),
        "JUPYTER_TOKEN": lab_token(paths.data_dir, class_id),
        # Settings and workspaces of another JupyterLab on this laptop are not touched.
        "JUPYTERLAB_SETTINGS_DIR": str(settings_dir),
        "JUPYTERLAB_WORKSPACES_DIR": str(config_dir / "workspaces"),
        "UMKM_HOME": str(paths.home),
        "UMKM_DATA": str(paths.data_dir),
        "UMKM_DATABASE": paths.database,
        "UMKM_CLASS": class_id,
    }
    log = paths.data_dir / "log" / "jupyterlab.log"
    command = lab_command(paths, class_id, port)
    return Launch("JupyterLab", command, environment, log, f"http://127.0.0.1:{port}/api")


def _class_urls(opened: OpenClass, ports: Ports, addresses: Sequence[str]) -> ClassUrls:
    urls = [f"http://{ip}:{ports.trainees}/" for ip in addresses] or [
        f"http://127.0.0.1:{ports.trainees}/"
    ]
    token = lab_token(opened.paths.data_dir, opened.cohort.id)
    return ClassUrls(
        title=f"UMKM Naik Kelas · {opened.cohort.title}",
        join_url=urls[0],
        other_urls=urls[1:],
        join_code=opened.cohort.join_code,
        # Through the login, so that no token stays in the address bar in front of the class.
        lab_url=f"http://127.0.0.1:{ports.lab}/login?token={token}",
        data_dir=str(opened.paths.data_dir),
        has_network=bool(addresses),
    )


def _run_until_stopped(
    opened: OpenClass,
    ports: Ports,
    servers: list[Server],
    template: TemplateServer,
    console: Console,
) -> None:
    """Run housekeeping each second until a stop is requested, and show the status line."""
    deliveries = DeliveryTask(opened.class_folder, opened.records)
    addresses = AddressMonitor(lan_addresses())

    def show_addresses(found: Sequence[str]) -> None:
        console.print("Jaringan laptop ini berubah.")
        show_urls(console, _class_urls(opened, ports, found))

    # Once a second: twelve times, as rich does by itself, costs 2 % of a core.
    with console.status("", refresh_per_second=1) as line:
        while True:
            run_once(servers, deliveries, addresses, show_addresses, console)
            # Does nothing while the broker runs; without one, kernels would be spawned, more slowly.
            template.start()
            line.update(status_line(read_status(opened.paths.data_dir), template_trouble(template)))
            time.sleep(1)


def has_browser() -> bool:
    """Return whether this laptop has a browser."""
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True


@contextmanager
def stop_on_signals() -> Iterator[None]:
    """Raise `StopRequested` at the first stop signal, and ignore further ones while closing."""

    def stop(number: int, frame: FrameType | None) -> None:
        # A second signal must not interrupt the shutdown.
        for each in STOP_SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        raise StopRequested

    before = {each: signal.signal(each, stop) for each in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
