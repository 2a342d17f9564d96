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

from .errors import CliError
from .keeping import Addresses, Deliveries, look_after
from .lab import lab_command, lab_token, lay_out_extension, lay_out_settings
from .laid_out import lay_out
from .network import lan_addresses, port_is_free
from .panel import Doors, class_in_words, show_doors
from .places import Places, find_places, keep_private
from .processes import Launch, Server, stop_servers, wait_until_up
from .warm_kernels import open_template, trouble_in_words, use_forked_kernels

SAMPLE = "contoh-serang"
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Ports:
    """Where the two servers of a workshop listen."""

    trainees: int = 8866
    lab: int = 8899


@dataclass(frozen=True)
class OpenClass:
    """A class and everything it is made of."""

    places: Places
    records: Records
    catalogue: Catalogue
    cohort: Cohort
    class_folder: ClassFolder

    @property
    def offered(self) -> Catalogue:
        """What the class is taught."""
        return self.catalogue.of(self.cohort.courses)


class StopRequested(Exception):
    """Somebody asked the workshop to end: Ctrl-C, SIGTERM, or a terminal that was closed."""


def run_workshop(
    class_id: str,
    ports: Ports,
    open_browser: bool,
    console: Console,
    *,
    most_pages: int | None = None,
) -> None:
    """Open a class and keep it open until Ctrl-C.

    Args:
        class_id: Which class.
        ports: Where its servers listen.
        open_browser: Whether to show the trainer's JupyterLab at once.
        console: Where the trainer reads what happens.
        most_pages: How many pages trainees may have open; None lets the server judge.

    Raises:
        CliError: it cannot be opened; the message says why and what to do.
    """
    places = find_places()
    if told := keep_private(places.data_dir):
        console.print(told, style="yellow")
    addresses = lan_addresses()
    # All interfaces: a hotspot started later must work too. Trainees reach Voila alone, never JupyterLab.
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
    use_forked_kernels(places.data_dir)
    with stop_on_signals(), open_template() as template:
        try:
            with console.status("Menyiapkan kelas…"):
                opened = open_class(places, class_id)
                servers.append(Server(_trainees(opened, ip, ports.trainees, most_pages)))
                servers.append(Server(lab_launch(opened, ports.lab)))
                for server in servers:
                    wait_until_up(server)
            doors = _doors(opened, ports, addresses)
            show_doors(console, doors)
            if open_browser:
                webbrowser.open(doors.lab_url)
            _keep_open(opened, ports, servers, template, console)
        except StopRequested:
            console.print("Menutup kelas…")
        finally:
            stop_servers(servers)
    console.print("Kelas ditutup. Semua jawaban tersimpan; jalankan lagi untuk melanjutkan.")


def open_class(places: Places, class_id: str) -> OpenClass:
    """The class's records, course and nbgrader folder, made ready; the sample class is made if new.

    Raises:
        CliError: there is no such class, or no such course.
    """
    records = open_records(places.database)
    if class_id == SAMPLE:
        make_sample_class(records)
    cohort = find_cohort(records, class_id)
    if cohort is None:
        raise CliError(f"Kelas {class_id} tidak ada. Lihat daftarnya: umkm class list")
    catalogue = load_catalogue(places.courses)
    for course in cohort.courses:
        if course not in catalogue.courses:
            raise CliError(f"Materi {course} untuk kelas {class_id} tidak ada di folder courses/.")
    class_folder = ClassFolder(places.data_dir, cohort.id)
    opened = OpenClass(places, records, catalogue, cohort, class_folder)
    prepare(class_folder, opened.offered.assignments, class_roster(records, cohort.id))
    return opened


def _trainees(opened: OpenClass, ip: str, port: int, most_pages: int | None) -> Launch:
    places = opened.places
    environment = {
        "UMKM_HOME": str(places.home),
        "UMKM_DATA": str(places.data_dir),
        "UMKM_DATABASE": places.database,
        "UMKM_CLASS": opened.cohort.id,
        "UMKM_IP": ip,
        "UMKM_PORT": str(port),
    }
    if most_pages is not None:
        environment["UMKM_MOST_PAGES"] = str(most_pages)
    command = [sys.executable, "-m", "umkm_apps"]
    log = places.data_dir / "log" / "peserta.log"
    return Launch("Halaman peserta", command, environment, log, f"http://127.0.0.1:{port}/sehat")


def lab_launch(opened: OpenClass, port: int) -> Launch:
    """How the JupyterLab of a class is started: its notebooks laid out, its formgrader set up."""
    places = opened.places
    class_id = opened.cohort.id
    lay_out(places, class_id, opened.offered)
    # One folder a class: two classes may be open at once, each with its own formgrader.
    config_dir = places.data_dir / FOLDER / "jupyter-config" / class_id
    write_jupyter_config(opened.class_folder, config_dir)
    settings_dir = config_dir.parent / "lab" / "user-settings"
    lay_out_settings(settings_dir)
    environment = {
        "JUPYTER_CONFIG_DIR": str(config_dir),
        "JUPYTER_PATH": lay_out_extension(places.data_dir),
        "JUPYTER_TOKEN": lab_token(places.data_dir, class_id),
        # Settings and workspaces of this laptop's other JupyterLab stay as they are.
        "JUPYTERLAB_SETTINGS_DIR": str(settings_dir),
        "JUPYTERLAB_WORKSPACES_DIR": str(config_dir / "workspaces"),
        "UMKM_HOME": str(places.home),
        "UMKM_DATA": str(places.data_dir),
        "UMKM_DATABASE": places.database,
        "UMKM_CLASS": class_id,
    }
    log = places.data_dir / "log" / "jupyterlab.log"
    command = lab_command(places, class_id, port)
    return Launch("JupyterLab", command, environment, log, f"http://127.0.0.1:{port}/api")


def _doors(opened: OpenClass, ports: Ports, addresses: Sequence[str]) -> Doors:
    urls = [f"http://{ip}:{ports.trainees}/" for ip in addresses] or [
        f"http://127.0.0.1:{ports.trainees}/"
    ]
    token = lab_token(opened.places.data_dir, opened.cohort.id)
    return Doors(
        title=f"UMKM Naik Kelas · {opened.cohort.title}",
        join_url=urls[0],
        other_urls=urls[1:],
        join_code=opened.cohort.join_code,
        # By way of the login: no token stays in the browser's address bar, in front of the class.
        lab_url=f"http://127.0.0.1:{ports.lab}/login?token={token}",
        data_dir=str(opened.places.data_dir),
        has_network=bool(addresses),
    )


def _keep_open(
    opened: OpenClass,
    ports: Ports,
    servers: list[Server],
    template: TemplateServer,
    console: Console,
) -> None:
    """Look after an open class until somebody asks to end, and show how full it is."""
    deliveries = Deliveries(opened.class_folder, opened.records)
    addresses = Addresses(lan_addresses())

    def show_addresses(found: Sequence[str]) -> None:
        console.print("Jaringan laptop ini berubah.")
        show_doors(console, _doors(opened, ports, found))

    # Once a second is enough: drawn twelve times, the line alone costs 2 % of a core.
    with console.status("", refresh_per_second=1) as line:
        while True:
            look_after(servers, deliveries, addresses, show_addresses, console)
            # Harmless while it runs; without it, pages would still open, more slowly.
            template.start()
            line.update(
                class_in_words(read_status(opened.places.data_dir), trouble_in_words(template))
            )
            time.sleep(1)


def has_browser() -> bool:
    """Whether this laptop can show a page at all."""
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True


@contextmanager
def stop_on_signals() -> Iterator[None]:
    """Turn the first signal to end into `StopRequested`, and ignore further ones while closing."""

    def stop(number: int, frame: FrameType | None) -> None:
        # Once is enough: a second signal must not interrupt the closing.
        for each in STOP_SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        raise StopRequested

    before = {each: signal.signal(each, stop) for each in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
