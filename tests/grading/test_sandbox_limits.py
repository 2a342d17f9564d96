"""One notebook cannot have the laptop: memory, processes, namespaces, the kernel. Real bubblewrap."""

import os
import platform
import shutil
import signal
import subprocess

import psutil
import pytest
from tests.support.patience import wait_until

from umkm_grading.sandbox import isolation
from umkm_grading.sandbox.bubblewrap import Limits, run_in_sandbox, sandbox_gaps, sandbox_trouble
from umkm_grading.sandbox.resource_monitor import ResourceMonitor
from umkm_grading.sandbox.seccomp import make_filter

pytestmark = pytest.mark.skipif(bool(sandbox_trouble()), reason=sandbox_trouble())
SHORT = Limits(seconds=30, cell_seconds=20)


def said(source, limits=SHORT):
    ran = run_in_sandbox([source], {}, limits)
    outputs = ran.cells[0]["outputs"] if ran.cells else []
    return "".join(out.get("text", "") + out.get("evalue", "") for out in outputs), ran.stopped


WRITES = """
for place in {places}:
    try:
        with open(place + '/besar', 'wb') as file:
            for _ in range(60):
                file.write(bytes(1_000_000))
        print(place, 'penuh 60 MB')
    except OSError as error:
        print(place, error.errno)
"""


def test_memory_that_belongs_to_no_process_is_bounded():
    # ENOSPC 28 once 20 MB are there (EFBIG 27 is the limit of a single file), EROFS 30 elsewhere.
    told, _ = said(WRITES.format(places=["/dev/shm", "/tmp", "/dev", "/.", "/tmp/lembar"]))
    codes = dict(line.split() for line in told.splitlines())
    assert codes.pop("/dev/shm") in {"28", "27"}
    assert codes.pop("/tmp") in {"28", "27"}
    assert set(codes.values()) == {"30"}
    files = "\n".join(f"open('/dev/shm/{n}', 'wb').write(bytes(9_000_000))" for n in range(5))
    assert "No space left" in said(files)[0]


def test_memory_of_all_processes_together_is_bounded():
    greedy = (
        "import os, time\n"
        "for _ in range(8):\n"
        "    if not os.fork():\n"
        "        kept = bytearray(os.urandom(1 << 20)) * 60\n"
        "        time.sleep(20)\n"
        "time.sleep(20)"
    )
    told, stopped = said(greedy, Limits(seconds=40, cell_seconds=40, memory=300 << 20))
    assert stopped == "Notebook memakai lebih dari 300 MB memori.", told


def test_forked_children_that_share_their_memory_are_not_counted_twice():
    shared = (
        "import os, time\n"
        "kept = bytearray(os.urandom(1 << 20)) * 100\n"
        "children = [os.fork() for _ in range(1)]\n"
        "for _ in range(5):\n"
        "    if children[-1]: children.append(os.fork())\n"
        "if not all(children): time.sleep(1); os._exit(0)\n"
        "for child in children: os.waitpid(child, 0)\n"
        "print('selesai', len(children))"
    )
    told, stopped = said(shared, Limits(seconds=40, cell_seconds=40, memory=400 << 20))
    assert (told, stopped) == ("selesai 6\n", "")


CHILDREN = (
    "import os, time\n"
    "made = 0\n"
    "try:\n"
    "    for _ in range(400):\n"
    "        if not os.fork(): time.sleep(20); os._exit(0)\n"
    "        made += 1\n"
    "except OSError as error:\n"
    "    print(made, error.errno)\n"
    "else:\n"
    "    time.sleep(5); print(made)"
)


def test_400_children_are_not_to_be_had():
    told, stopped = said(CHILDREN)
    if os.getuid() == 0:
        # The kernel holds root to no number of processes; the watch does.
        assert stopped == "Notebook menjalankan lebih dari 64 proses sekaligus."
    else:
        made, code = told.split()
        assert int(made) < 64
        assert code == "11"  # EAGAIN


SYSCALL = (
    "import ctypes\n"
    "libc = ctypes.CDLL(None, use_errno=True)\n"
    "found = libc.{call}\n"
    "print(found, ctypes.get_errno())"
)


@pytest.mark.parametrize(
    "call",
    [
        "unshare(0x10000000)",  # CLONE_NEWUSER
        "unshare(0x10000000 | 0x20000 | 0x40000000)",
        "memfd_create(b'x', 0)",
        "shmget(0, 50_000_000, 0o1600)",
        "ptrace(0, 0, 0, 0)",
        "syscall({bpf}, 0, 0, 0)",
        "syscall({clone}, 0x10000011, 0, 0, 0, 0)",
    ],
)
def test_the_kernel_is_not_there_to_be_asked(call):
    numbers = {"x86_64": (321, 56), "aarch64": (280, 220)}[platform.machine()]
    told, _ = said(SYSCALL.format(call=call.format(bpf=numbers[0], clone=numbers[1])))
    result, code = told.split()
    assert result == "-1"
    assert code in {"1", "28"}  # EPERM; ENOSPC where --disable-userns answers first


def test_a_bubblewrap_without_the_newest_walls_is_used_and_told(monkeypatch, tmp_path):
    """A bwrap as Ubuntu 22.04 has it, which does not know --disable-userns."""
    real = shutil.which("bwrap")
    old = tmp_path / "bwrap"
    old.write_text(
        "#!/bin/sh\n"
        'for word in "$@"; do case $word in --disable-userns|--size) exit 1;; esac; done\n'
        f'if [ "$1" = --help ]; then {real} --help | grep -v -e disable-userns -e --size; exit; fi\n'
        f'exec {real} "$@"\n'
    )
    old.chmod(0o755)
    isolation._find_features.cache_clear()
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setitem(isolation.ENVIRONMENT, "PATH", f"{tmp_path}:/usr/bin:/bin")
    try:
        assert sandbox_trouble() == ""
        assert any("--size" in gap for gap in sandbox_gaps())
        told, _ = said(SYSCALL.format(call="unshare(0x10000000)"))
        # The filter of system calls stands in for the missing wall.
        assert told.split() == ["-1", "1"]
    finally:
        isolation._find_features.cache_clear()


def test_here_all_walls_stand_where_bubblewrap_is_new_enough():
    version = subprocess.run(
        ["bwrap", "--version"], capture_output=True, text=True, check=True
    ).stdout
    newest = tuple(int(part) for part in version.split()[1].split(".")) >= (0, 8)
    if newest and platform.machine() in {"x86_64", "aarch64"}:
        assert sandbox_gaps() == []


def test_a_filter_for_each_kind_of_laptop_and_none_for_others():
    assert len(make_filter("x86_64")) == len(make_filter("aarch64"))
    assert make_filter("x86_64") != make_filter("aarch64")
    assert make_filter("riscv64") == b""


def _is_alive(pid):
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_nothing_of_a_process_group_outlives_its_watch(tmp_path):
    mark = tmp_path / "cucu"
    family = f"sleep 60 & echo $! > {mark}; sleep 60"
    process = subprocess.Popen(["sh", "-c", family], start_new_session=True)
    wait_until(lambda: mark.exists() and mark.read_text().endswith("\n"))
    grandchild = int(mark.read_text())
    watch = ResourceMonitor(process, seconds=0.5, memory=1 << 30, tasks=64)
    watch.start()
    watch.join(30)
    watch.close()
    assert watch.stopped == "Notebook belum selesai setelah 0.5 detik."
    assert process.returncode == -signal.SIGKILL
    # Killed it is at once; a busy machine may take its time to bury it.
    wait_until(lambda: not _is_alive(grandchild))
