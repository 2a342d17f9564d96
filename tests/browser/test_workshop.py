"""`umkm workshop` as a trainer meets it: it opens, closes without a trace, and goes on next time."""

import signal
import socket
import time

import psutil
import pytest
from tests.support.open_workshop import Workshop, free_port, server_of
from tests.support.patience import PATIENCE
from tests.support.visitor import Visitor


def family(process):
    return [process, *process.children(recursive=True)]


def test_it_closes_without_a_trace_and_continues_the_same_class(tmp_path):
    workshop = Workshop(tmp_path / "data", first=True).start()
    visitor = Visitor(workshop.url)
    visitor.log_in("srg-siti1", "246813")
    visitor.open_page("/tugas/pembukuan-dua-laci")
    token = workshop.token
    processes = family(psutil.Process(workshop.process.pid))
    assert len(processes) >= 4  # ourselves, the trainees' server, JupyterLab, a kernel

    assert workshop.stop(signal.SIGINT) == 0
    assert psutil.wait_procs(processes, timeout=PATIENCE)[1] == []
    assert "Traceback" not in workshop.output

    workshop.start()
    # The login of the phone and the tab of the trainer are still good.
    assert visitor.get("/", allow_redirects=False).status_code == 200
    assert workshop.token == token
    processes = family(psutil.Process(workshop.process.pid))
    assert workshop.stop(signal.SIGHUP) == 0
    assert psutil.wait_procs(processes, timeout=PATIENCE)[1] == []


def test_a_killed_server_comes_back_by_itself(tmp_path):
    workshop = Workshop(tmp_path / "data").start()
    try:
        visitor = Visitor(workshop.url)
        visitor.log_in("srg-siti1", "246813")
        server = server_of(workshop)
        server.kill()
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                assert visitor.get("/", allow_redirects=False).status_code == 200
                break
            except OSError:
                assert time.monotonic() < deadline
                time.sleep(0.2)
    finally:
        assert workshop.stop() == 0


def refused(result):
    """One sentence, exit code not 0, no traceback."""
    assert result.returncode == 1, result.stdout + result.stderr
    said = result.stderr.strip()
    assert said
    assert "\n" not in said
    assert "Traceback" not in said + result.stdout
    return said


@pytest.mark.parametrize("option", ["--port", "--lab-port"])
def test_a_port_in_use_is_told(tmp_path, option):
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()
        port = str(other.getsockname()[1])
        rest = ["--lab-port" if option == "--port" else "--port", str(free_port())]
        said = refused(Workshop(tmp_path / "data").umkm("workshop", option, port, *rest))
    assert port in said
    assert option in said


def test_an_unwritable_data_folder_is_told(tmp_path):
    # Not even root can make a folder below a file.
    workshop = Workshop(tmp_path / "data", extra={"UMKM_DATA": f"{__file__}/data"})
    said = refused(workshop.umkm("workshop", *workshop.ports))
    assert "UMKM_DATA" in said


def test_a_missing_browser_is_told(tmp_path):
    bare = {"PATH": str(tmp_path), "DISPLAY": "", "WAYLAND_DISPLAY": "", "BROWSER": ""}
    workshop = Workshop(tmp_path / "data", extra=bare)
    said = refused(workshop.umkm("workshop", "--open", *workshop.ports))
    assert "browser" in said


@pytest.mark.parametrize(
    ("command", "word"),
    [
        (("workshop", "tidak-ada"), "tidak-ada"),
        (("grade", "contoh-serang", "tidak-ada"), "pembukuan-dua-laci"),
        (("grade", "../../etc", "x"), "Belum ada kelas"),
        (("person", "reset-pin", "srg-nobody"), "srg-nobody"),
        (("export", "contoh-serang", "--output", f"{__file__}/nilai.csv"), "nilai.csv"),
    ],
)
def test_what_is_not_there_is_told(tmp_path, command, word):
    workshop = Workshop(tmp_path / "data")
    ports = workshop.ports if command[0] == "workshop" else []
    assert word in refused(workshop.umkm(*command, *ports)).replace("\n", "")


def test_a_class_of_ones_own(tmp_path):
    workshop = Workshop(tmp_path / "data")
    made = workshop.umkm("class", "new", "kasemen-2026-12", "--title", "Kasemen Desember")
    assert made.returncode == 0, made.stderr
    listed = workshop.umkm("class", "list")
    assert "kasemen-2026-12" in listed.stdout
    assert "sudah ada" in refused(
        workshop.umkm("class", "new", "kasemen-2026-12", "--title", "Lagi")
    )


def test_personal_data_can_be_taken_and_erased(tmp_path):
    workshop = Workshop(tmp_path / "data")
    workshop.umkm("export", "contoh-serang", "--output", "nilai.csv")  # makes the sample class
    taken = workshop.umkm("person", "export", "srg-siti1", "--output", "siti.json")
    assert taken.returncode == 0, taken.stderr
    copy = tmp_path / "siti.json"
    assert "Siti Rohmah" in copy.read_text(encoding="utf-8")
    assert copy.stat().st_mode & 0o077 == 0
    assert workshop.umkm("person", "erase", "srg-siti1", "--yes").returncode == 0
    for file in (tmp_path / "data").rglob("*"):
        if file.is_file() and file.suffix in {".json", ".csv"}:
            assert b"Siti Rohmah" not in file.read_bytes()
    assert "tidak ada" in refused(workshop.umkm("person", "export", "srg-siti1"))
