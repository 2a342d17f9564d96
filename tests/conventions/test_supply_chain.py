"""`make audit` and `make sbom`, against local advisory services."""

import gzip
import json
import re
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from deploy import supply_chain

pytestmark = pytest.mark.slow


class Advisories(BaseHTTPRequestHandler):
    """OSV's query and npm's bulk query: weak are the two packages named here, nothing else."""

    weak_python = "jinja2"
    weak_npm = "esbuild"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        asked = json.loads(body)
        if self.path == "/v1/query":
            name, version = asked["package"]["name"], asked["version"]
            self._answer({"vulns": [_osv(name, version)]} if name == self.weak_python else {})
        else:
            self._answer({self.weak_npm: [_NPM]} if self.weak_npm in asked else {})

    def do_GET(self):
        name = self.path.strip("/")
        self._answer({"name": name, "versions": {}, "dist-tags": {}})

    def _answer(self, answer):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *arguments):
        pass


class Refusing(BaseHTTPRequestHandler):
    """A mirror without advisories."""

    def do_POST(self):
        self.send_error(405)

    def log_message(self, *arguments):
        pass


# https://ossf.github.io/osv-schema/: what the database answers for one package.
def _osv(name, version):
    return {
        "id": "PYSEC-0000-1",
        "modified": "2026-01-01T00:00:00Z",
        "affected": [
            {
                "package": {"name": name, "ecosystem": "PyPI"},
                "ranges": [
                    {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "999"}]}
                ],
                "versions": [version],
            }
        ],
    }


# What the registry's bulk endpoint answers for one package (npm's own client reads these keys).
_NPM = {
    "id": 1,
    "url": "about:blank",
    "title": "Reads what it should not",
    "severity": "high",
    "vulnerable_versions": ">=0",
    "cwe": [],
    "cvss": {"score": 0, "vectorString": None},
}


@pytest.fixture
def serve():
    servers = []

    def start(handler):
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()


def closed_address():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


def locked(request):
    lock = (request.config.rootpath / "requirements.lock").read_text(encoding="utf-8")
    return set(re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE))


def test_a_known_weakness_of_a_python_package_is_named(serve, request):
    address = serve(Advisories)
    found = supply_chain.audit_python(service=["--osv-url", address + "/v1/query"])
    assert found.trouble == ""
    (line,) = found.weak
    assert re.fullmatch(r"jinja2 [0-9.]+: PYSEC-0000-1, mended in 999", line)
    # Packages for other systems (markers) are not asked about; nearly all others are.
    assert found.checked > 0.9 * len(locked(request))
    assert supply_chain.exit_code([found]) == 1


def test_a_known_weakness_of_an_npm_package_is_named(serve):
    found = supply_chain.audit_npm(service=[f"--registry={serve(Advisories)}"])
    assert [line for line in found.weak if line.startswith("esbuild ")]
    assert "high, Reads what it should not" in " ".join(found.weak)
    assert supply_chain.exit_code([found]) == 1


def test_an_advisory_service_out_of_reach_is_said_and_is_no_pass(serve):
    nobody = closed_address()
    python = supply_chain.audit_python(service=["--osv-url", nobody + "/v1/query"])
    npm = supply_chain.audit_npm(service=[f"--registry={nobody}", "--fetch-retries=0"])
    mirror = supply_chain.audit_npm(service=[f"--registry={serve(Refusing)}"])
    for found in (python, npm, mirror):
        assert found.checked == 0
        assert "NOT CHECKED: " + found.trouble in supply_chain.in_words(found)
        assert found.trouble
    assert supply_chain.exit_code([python, npm]) == 3


def test_the_lists_of_parts_hold_every_locked_package(request, tmp_path):
    python, front_end = supply_chain.write_sboms(tmp_path, validate=False)
    listed = json.loads(python.read_text(encoding="utf-8"))
    assert listed["bomFormat"] == "CycloneDX"
    assert {part["name"] for part in listed["components"]} == locked(request)
    template = request.config.rootpath / "voila_apps" / "frontend" / "package-lock.json"
    wanted = json.loads(template.read_text(encoding="utf-8"))["packages"]
    names = {name.rpartition("node_modules/")[2] for name in wanted if name}
    parts = json.loads(front_end.read_text(encoding="utf-8"))
    assert parts["bomFormat"] == "CycloneDX"
    assert {
        "/".join(filter(None, [part.get("group"), part["name"]])) for part in parts["components"]
    } == names
