"""Patches for nbgrader's formgrader in the trainer's JupyterLab.

Loaded by the configuration that `write_jupyter_config` writes, before nbgrader's server extension.
docs/grading.md lists the fault of nbgrader 0.9 behind each patch.
"""

import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.server_extensions.formgrader import apihandlers, base, handlers
from nbgrader.server_extensions.formgrader.formgrader import FormgradeExtension
from tornado import web
from traitlets.config import Config

from umkm.identity import PARTICIPANT_CODE
from umkm.wib import ZONE_NAME
from umkm_grading.gradebook.nbgrader_config import TEMPLATES

_INDONESIAN_ZONES = {"WIB": ZONE_NAME, "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}

#: Buttons whose work belongs to the `umkm` command, and the command that does it.
_ELSEWHERE = {
    apihandlers.AssignHandler: "umkm workshop",
    apihandlers.UnReleaseHandler: "umkm workshop",
    apihandlers.ReleaseHandler: "umkm workshop",
    apihandlers.CollectHandler: "umkm grade",
    apihandlers.GenerateAllFeedbackHandler: "umkm feedback",
    apihandlers.ReleaseAllFeedbackHandler: "umkm feedback",
    apihandlers.GenerateFeedbackHandler: "umkm feedback",
    apihandlers.ReleaseFeedbackHandler: "umkm feedback",
}


def configure_server(config: Config) -> None:
    """Set up a Jupyter server that shows our formgrader and loads nothing from other hosts."""
    config.ServerApp.jpserver_extensions = {
        "nbgrader.server_extensions.formgrader": True,
        # Their buttons are not shown (jupyter_config.py); their URLs must not work either.
        "nbgrader.server_extensions.assignment_list": False,
        "nbgrader.server_extensions.course_list": False,
        "nbgrader.server_extensions.validate_assignment": False,
    }
    # The extension manager looks packages up on pypi.org.
    config.LabApp.extension_manager = "readonly"
    config.LabApp.news_url = None
    config.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
    install()


def install() -> None:
    """Install the patches; calling it twice does no harm."""
    if getattr(FormgradeExtension, "umkm_patched", False):
        return
    FormgradeExtension.umkm_patched = True
    _use_our_page()
    _use_our_list()
    _ignore_working_folder()
    _allow_course_outside_root()
    _end_sessions()
    _keep_one_gradebook()
    _check_names()
    apihandlers.AutogradeHandler.post = _guarded(_autograde)
    apihandlers.AssignmentHandler.put = _guarded(_set_due_date)
    for handler, command in _ELSEWHERE.items():
        handler.post = _guarded(_refusal(command))


def due_date_in_utc(date: str, zone: str) -> datetime:
    """Return a due date of formgrader's dialog as nbgrader stores it: naive UTC.

    nbgrader itself reads "+0700" as 700 seconds and "WIB" as UTC.

    Raises:
        ValueError: no date, or a zone nobody knows.
    """
    name = zone.strip()
    if name.startswith(("+", "-")):
        moment = datetime.fromisoformat(f"{date}{name}")
    else:
        try:
            known = ZoneInfo(_INDONESIAN_ZONES.get(name, name))
        except (ZoneInfoNotFoundError, OSError) as error:
            raise ValueError(f"unknown time zone {zone!r}") from error
        moment = datetime.fromisoformat(date).replace(tzinfo=known)
    return moment.astimezone(UTC).replace(tzinfo=None)


def _use_our_page() -> None:
    def build_extra_config(self: Any) -> Config:
        config = Config()
        config.HTMLExporter.template_name = "umkm-formgrade"
        config.HTMLExporter.extra_template_basedirs = [str(TEMPLATES), handlers.template_path]
        config.HTMLExporter.extra_template_paths = [handlers.template_path]
        config.HTMLExporter.exclude_anchor_links = True
        return config

    FormgradeExtension.build_extra_config = build_extra_config


def _use_our_list() -> None:
    old = FormgradeExtension.init_tornado_settings

    def init_tornado_settings(self: Any, webapp: Any) -> None:
        # nbgrader's list leads to files that are not shown, and has buttons for steps done elsewhere.
        old(self, webapp)
        theirs = FileSystemLoader(handlers.template_path)
        ours = FileSystemLoader(TEMPLATES / "umkm-formgrader")
        environment = webapp.settings["nbgrader_jinja2_env"]
        environment.loader = ChoiceLoader([ours, theirs, PrefixLoader({"nbgrader": theirs})])

    FormgradeExtension.init_tornado_settings = init_tornado_settings


def _ignore_working_folder() -> None:
    # A stray nbgrader_config.py where the server was started would point at another gradebook.
    FormgradeExtension.load_cwd_config = property(lambda self: False, lambda self, value: None)


def _allow_course_outside_root() -> None:
    # nbgrader wants its course below the folder that JupyterLab shows, for a link to a notebook in it.
    # There lie the answer keys and the gradebook: formgrader shows each of its pages without.
    def url_prefix(self: Any) -> str:
        # As nbgrader does here: this is where the course directory learns its settings.
        self.coursedir._load_config(self.load_config())  # noqa: SLF001 - what it replaces does so
        return "."

    FormgradeExtension.url_prefix = property(url_prefix)


def _end_sessions() -> None:
    old = base.BaseHandler.on_finish

    def on_finish(self: Any) -> None:
        # A session that is never ended shows stale points, and stays broken after one error.
        gradebook = self.settings.get("nbgrader_gradebook")
        if gradebook is not None:
            gradebook.db.remove()
            if self.get_status() >= 500:
                gradebook.engine.dispose()
        old(self)

    base.BaseHandler.on_finish = on_finish


class KeptGradebook(Gradebook):  # type: ignore[misc]
    """nbgrader's gradebook, shared by nested `with` blocks and closed by the outermost."""

    def __init__(self, url: str, course_id: str) -> None:
        super().__init__(url, course_id)
        self._readers = 0

    def __enter__(self) -> "KeptGradebook":
        self._readers += 1
        return self

    def __exit__(self, *error: object) -> None:
        self._readers -= 1
        if not self._readers:
            self.close()


def _keep_one_gradebook() -> None:
    kept: dict[tuple[str, str], KeptGradebook] = {}

    def gradebook(self: Any) -> KeptGradebook:
        # nbgrader makes an engine, looks for 14 tables and compiles its queries anew at each
        # question: a list of 15 assignments asks 15 times. Closing gives up the connection, so
        # that a file put back from a backup is seen; what was compiled stays.
        where = (self.coursedir.db_url, self.course_id)
        if where not in kept:
            kept[where] = KeptGradebook(*where)
        return kept[where]

    NbGraderAPI.gradebook = property(gradebook)


def _check_names() -> None:
    old = base.BaseHandler.prepare

    async def prepare(self: Any) -> None:
        await old(self)
        # nbgrader joins these into paths and writes them into pages as they come.
        is_file = isinstance(self, handlers.SubmissionFilesHandler)
        if not is_file and not all(PARTICIPANT_CODE.match(name) for name in self.path_args):
            raise web.HTTPError(404)

    base.BaseHandler.prepare = prepare


def _guarded(method: Any) -> Any:
    return web.authenticated(base.check_xsrf(base.check_notebook_dir(method)))


async def _autograde(self: Any, assignment_id: str, student_id: str) -> None:
    root = Path(self.coursedir.root)
    command = [str(root.parent.parent), root.name, assignment_id, student_id]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "umkm_grading.autograde.regrade_process", *command),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, complaints = await process.communicate()
    if process.returncode:
        answer = _failure("Penilaian gagal.", complaints.decode(errors="replace"))
    else:
        outcome = json.loads(output)
        answer = {"success": True} if outcome["ok"] else _failure(outcome["reason"])
    self.write(json.dumps(answer))


def _set_due_date(self: Any, assignment_id: str) -> None:
    data = self.get_json_body() or {}
    date, zone = data.get("duedate_notimezone"), data.get("duedate_timezone")
    try:
        due = due_date_in_utc(date, zone or ZONE_NAME) if date else None
    except (ValueError, OverflowError):
        raise web.HTTPError(400, f"Batas waktu tidak terbaca: {date} {zone}") from None
    self.gradebook.update_or_create_assignment(assignment_id, duedate=due)
    self.write(json.dumps(self.api.get_assignment(assignment_id)))


def _refusal(command: str) -> Any:
    def refuse(self: Any, assignment_id: str, student_id: str = "") -> None:
        cohort = Path(self.coursedir.root).name
        words = f"{command} {cohort}" + (
            "" if command.endswith("workshop") else f" {assignment_id}"
        )
        self.write(json.dumps(_failure(f"Langkah ini dikerjakan di terminal: {words}")))

    return refuse


def _failure(error: str, log: str = "") -> dict[str, object]:
    return {"success": False, "error": error, "log": log}
