"""A notebook cannot tell a forked kernel from a spawned one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.kernels.running import ask, connect, kernel, manager, run, until
from tests.support.patience import PATIENCE

from umkm_kernels import TemplateServer, environ
from umkm_kernels.process import ForkedProcess

pytestmark = pytest.mark.usefixtures("template")


@pytest.fixture(params=["warm", "cold"])
def kind(request: pytest.FixtureRequest) -> str:
    """Run the test with a kernel from the pool and with one initialised for its request."""
    if request.param == "cold":
        request.getfixturevalue("cold")
    return str(request.param)


def is_forked(km: Any) -> bool:
    return isinstance(km.provisioner.process, ForkedProcess)


@pytest.mark.usefixtures("kind")
@pytest.mark.parametrize("transport", ["tcp", "ipc"])
def test_both_transports(transport: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with kernel(transport=transport) as (km, client):
        assert is_forked(km)
        assert ask(client, "6 * 7") == 42
        assert km.get_connection_info()["transport"] == transport
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("kind")
def test_encrypted_connections() -> None:
    km = manager(transport_encryption="required")
    km.start_kernel()
    client = connect(km)
    assert is_forked(km)
    assert ask(client, "'secret'") == "secret"
    client.stop_channels()
    km.shutdown_kernel(now=True)


SEEN = {
    "arguments": "[w for w in __import__('sys').argv if not w.endswith('.json')]",
    "import path": "__import__('sys').path",
    "main module": "[__name__, __import__('sys').modules['__main__'].__name__]",
    "sockets and files": """[
        sum(target.startswith(start) for target in (
            __import__('os').readlink(entry.path)
            for entry in __import__('os').scandir('/proc/self/fd')
            if __import__('os').path.islink(entry.path)))
        for start in ('socket:', '/usr', '/home', '/root', '/tmp')]""",
    "signals": """[line for line in open('/proc/self/status')
        if line.startswith(('SigBlk', 'SigIgn', 'SigCgt', 'Umask'))]""",
    "own session": "__import__('os').getsid(0) == __import__('os').getpid()",
    "own group": "__import__('os').getpgid(0) == __import__('os').getpid()",
    "standard input": "__import__('os').read(0, 1).decode()",
    "threads": "sorted(t.name.split('-')[0] for t in __import__('threading').enumerate())",
    "collector": "[__import__('gc').isenabled(), __import__('gc').get_threshold()]",
    "backend": "__import__('os').environ['MPLBACKEND']",
    "limits": """[__import__('resource').getrlimit(n)
        for n in range(10)]""",
    "history": "get_ipython().history_manager.enabled",
    "folders visited": "[str(folder) for folder in _dh] + [get_ipython().starting_dir]",
    "extensions": "sorted(get_ipython().extension_manager.loaded)",
    "parents": "[type(get_ipython().parent).__name__, get_ipython().kernel is get_ipython().parent]",
    "widgets' targets": """(__import__('ipywidgets'),
        sorted(__import__('comm').get_comm_manager().targets))[1]""",
    "terminal": "[__import__('os').environ[n] for n in ('TERM', 'PAGER', 'CLICOLOR')]",
    "comms": """[__import__('ipywidgets'),
        sorted(get_ipython().kernel.comm_manager.targets)][1]""",
}
# A stock kernel polls its parent in a thread named by number, ours waits for the server.
SAME = {"Process watch": "Thread"}
OPTIONS = ["--HistoryManager.enabled=False"]


def test_what_a_notebook_sees_is_the_same(kind: str, tmp_path: Path) -> None:
    env = os.environ | {"TERM": "dumb", "PAGER": "less"}
    # ipykernel captures less where this is set.
    del env["PYTEST_CURRENT_TEST"]
    launch = {"cwd": str(tmp_path), "env": env}
    with (
        kernel(extra_arguments=OPTIONS, stock=True, **launch) as (_, stock),
        kernel(**launch) as (km, forked),
    ):
        assert is_forked(km), kind
        for what, expression in SEEN.items():
            ours, theirs = ask(forked, expression), ask(stock, expression)
            if what == "threads":
                ours = sorted(SAME.get(name, name) for name in ours)
                theirs = sorted(SAME.get(name, name) for name in theirs)
            assert ours == theirs, what


def _plain_environment() -> dict[str, str]:
    """What a kernel needs, and what the interpreter of this very test was started with."""
    return environ.for_template(os.environ) | {"LANGUAGE": os.environ.get("LANGUAGE", "")}


@pytest.mark.usefixtures("kind")
def test_the_environment_is_the_one_asked_for(tmp_path: Path) -> None:
    wanted = _plain_environment() | {"WARUNG": "Bu Siti"}
    spawned: dict[str, str] = {}
    forked: dict[str, str] = {}
    for seen, stock in ((spawned, True), (forked, False)):
        with kernel(stock=stock, env=dict(wanted), cwd=str(tmp_path)) as (km, client):
            assert is_forked(km) is not stock
            seen.update(ask(client, "dict(__import__('os').environ)"))
            assert ask(client, "__import__('os').getcwd()") == str(tmp_path)
    assert forked == spawned
    assert forked["WARUNG"] == "Bu Siti"


def test_no_secret_of_a_server_reaches_a_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", "rahasia-toko")
    with TemplateServer(pool=1, warmup=None) as server:
        monkeypatch.setenv(environ.SOCKET, server.address)
        server.wait_ready()
        env = _plain_environment()
        with kernel(env=dict(env) | {"FIRST": "milik-pertama"}), kernel(env=env) as (km, second):
            assert is_forked(km)
            own = run(second, "print(open('/proc/self/environ').read())")
            assert "rahasia-toko" not in own
            seen = ask(second, "dict(__import__('os').environ)")
            assert environ.SOCKET not in seen
            search = """
import re
found = 0
needles = ["-".join(w).encode() for w in (("rahasia", "toko"), ("milik", "pertama"))]
with open("/proc/self/mem", "rb") as memory:
    for line in open("/proc/self/maps"):
        span, mode = line.split()[:2]
        if mode.startswith("rw") and "[v" not in line:
            start, end = (int(part, 16) for part in span.split("-"))
            memory.seek(start)
            try:
                block = memory.read(end - start)
            except OSError:
                continue
            found += sum(block.count(needle) for needle in needles[:2])
            del block
print(found)
"""
            # The needles themselves are in memory a few times; a whole environment would add one.
            # Looking for what was never there tells how often.
            absent = search.replace('"toko"', '"t0ko"').replace('"pertama"', '"pert4ma"')
            assert int(run(second, search)) <= int(run(second, absent)) + 2


@pytest.mark.usefixtures("kind")
@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import os; os._exit(3)", 3),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL),
        ("import os; os.abort()", -signal.SIGABRT),
        ("get_ipython().kernel.do_shutdown(False); quit()", 0),
    ],
)
def test_exit_codes(code: str, expected: int) -> None:
    with kernel() as (km, client):
        process = km.provisioner.process
        client.execute(code)
        assert until(lambda: not km.is_alive(), "the kernel to end")
        assert process.returncode == expected


@pytest.mark.usefixtures("kind")
def test_interrupt_and_go_on() -> None:
    with kernel() as (km, client):
        message = client.execute("print('loop', flush=True)\nwhile True: pass")
        until(
            lambda: client.get_iopub_msg(timeout=PATIENCE)["content"].get("text") == "loop\n",
            "the loop",
        )
        km.interrupt_kernel()
        reply = client.get_shell_msg(timeout=PATIENCE)
        assert reply["parent_header"]["msg_id"] == message
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        assert ask(client, "1 + 1") == 2


@pytest.mark.usefixtures("kind")
def test_restart_keeps_the_connection() -> None:
    with kernel() as (km, client):
        first, ports = km.provisioner.pid, km.get_connection_info()
        run(client, "x = 1")
        km.restart_kernel()
        client.wait_for_ready(timeout=60)
        assert km.provisioner.pid != first
        assert is_forked(km)
        assert km.get_connection_info() == ports
        assert ask(client, "'x' in globals()") is False


@pytest.mark.usefixtures("kind")
def test_polite_shutdown_is_prompt_and_clean() -> None:
    km = manager()
    km.start_kernel()
    client = connect(km)
    process, file = km.provisioner.process, Path(km.connection_file)
    client.stop_channels()
    km.shutdown_kernel()
    assert process.returncode == 0
    assert not km.has_kernel
    assert not file.exists()


@pytest.mark.usefixtures("kind")
def test_terminate_gives_the_signal_as_exit_code() -> None:
    with kernel() as (km, _):
        process = km.provisioner.process
        km.signal_kernel(signal.SIGTERM)
        assert process.wait(PATIENCE) == -signal.SIGTERM


@pytest.mark.usefixtures("kind")
def test_input_asks_the_client() -> None:
    with kernel() as (_, client):
        client.execute("print(input('Nama: '))", allow_stdin=True)
        assert client.get_stdin_msg(timeout=PATIENCE)["content"]["prompt"] == "Nama: "
        client.input("Bu Siti")
        assert client.get_shell_msg(timeout=PATIENCE)["content"]["status"] == "ok"


@pytest.mark.usefixtures("kind")
def test_subshells_run_beside_a_busy_cell() -> None:
    with kernel() as (km, client):
        created = _control(client, "create_subshell_request", {})
        client.execute("import time\nwhile not globals().get('go'): time.sleep(0.01)")
        message = client.session.msg("execute_request", _execute("go = True"))
        message["header"]["subshell_id"] = created["subshell_id"]
        client.shell_channel.send(message)
        assert {client.get_shell_msg(timeout=PATIENCE)["content"]["status"] for _ in range(2)} == {
            "ok"
        }
        assert km.is_alive()


@pytest.mark.usefixtures("kind")
def test_the_debugger_attaches() -> None:
    with kernel() as (_, client):
        arguments = {"clientID": "t", "adapterID": "", "pathFormat": "path"}
        first = _control(client, "debug_request", _debug(1, "initialize", arguments))
        assert first["success"] is True
        second = _control(client, "debug_request", _debug(2, "attach", {}))
        assert second["success"] is True


def test_output_below_python_reaches_the_log(kind: str) -> None:
    km = manager()
    km.start_kernel(stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    process = km.provisioner.process
    client = connect(km)
    run(client, "import os, sys; os.write(2, b'from below\\n'); sys.stderr.flush()")
    client.stop_channels()
    log, output = process.stdout, []

    def has_arrived() -> bool:
        output.append(log.read1(4096))
        return b"from below" in b"".join(output)

    until(has_arrived, kind)
    km.shutdown_kernel(now=True)
    assert log.closed


def test_a_kernel_ends_with_its_server(tmp_path: Path) -> None:
    program = tmp_path / "server.py"
    program.write_text(
        "from tests.kernels.running import kernel\n"
        "with kernel() as (km, client):\n"
        "    print(km.provisioner.pid, flush=True)\n"
        "    input()\n",
        encoding="utf-8",
    )
    command = [sys.executable, str(program)]
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with TemplateServer(env={"PYTHONPATH": env["PYTHONPATH"]}, warmup=None) as server:
        env |= server.environment
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env
        ) as started:
            assert started.stdout is not None
            pid = int(started.stdout.readline())
            assert [k["pid"] for k in server.status().kernels] == [pid]
            started.kill()
        until(lambda: not Path(f"/proc/{pid}").exists(), "the kernel to follow its server")


def _control(client: Any, kind: str, content: dict[str, Any]) -> dict[str, Any]:
    message = client.session.msg(kind, content)
    client.control_channel.send(message)
    reply: dict[str, Any] = client.get_control_msg(timeout=PATIENCE)
    assert reply["parent_header"]["msg_id"] == message["header"]["msg_id"]
    return reply["content"]  # type: ignore[no-any-return]


def _execute(code: str) -> dict[str, Any]:
    return {"code": code, "silent": False, "store_history": False, "allow_stdin": False}


def _debug(number: int, command: str, arguments: dict[str, Any]) -> dict[str, Any]:
    return {"type": "request", "seq": number, "command": command, "arguments": arguments}
