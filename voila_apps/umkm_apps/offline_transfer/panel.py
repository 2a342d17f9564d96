"""The trainer's import panel for answers handed over offline: files, photos of codes, pasted text."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets
from IPython.display import display

from umkm import UmkmError
from umkm.wib import long_time
from umkm_apps.auth.page_token import page_token_secret
from umkm_apps.trainer.staff_records import staff_records
from umkm_courses import Catalogue, load_catalogue
from umkm_records import Records, find_cohort

from .bundle import NOT_OURS, Bundle, is_code, read_codes, read_file
from .errors import Unreadable
from .importing import ImportResult, VerifiedBundle, import_bundle, verify_bundle
from .qr_photos import codes_on

_NOTHING = "Belum ada yang dipilih. Pilih berkas atau foto kode, atau tempel teks kode."


@dataclass(frozen=True)
class UploadedFile:
    """A file that the trainer chose: its name and content."""

    name: str
    content: bytes


@dataclass
class Findings:
    """The bundles found in all files, and the problems with some of them."""

    bundles: list[VerifiedBundle] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class ImportSession:
    """Collects files and codes until bundles are complete; knows nothing of widgets.

    Args:
        records: Where the answers go.
        catalogue: The courses.
        secret: The secret of this laptop's tickets.
        cohort: The class that is open; answers of another one are taken too, and it is said.
    """

    def __init__(
        self, records: Records, catalogue: Catalogue, secret: bytes, cohort: str = ""
    ) -> None:
        self.cohort = cohort
        self.records = records
        self.catalogue = catalogue
        self.secret = secret
        self._codes: list[str] = []

    def look(self, handed: Sequence[UploadedFile], pasted: str = "") -> Findings:
        """Read what was chosen; codes are remembered, so that missing ones can follow."""
        findings = Findings()
        for one in handed:
            try:
                self._look_at(one, findings)
            except UmkmError as error:
                findings.problems.append(f"{one.name}: {error}")
        try:
            if pasted.strip():
                self._remember([pasted])
            for bundle in read_codes(self._codes) if self._codes else ():
                self._open(bundle, findings)
        except UmkmError as error:
            findings.problems.append(str(error))
        return findings

    def summary(self, opened: VerifiedBundle) -> str:
        """Return whose answers a bundle holds, and which class they go to."""
        own = opened.participant.cohort
        if self.cohort in ("", own):
            return summary_of(opened)
        cohort = find_cohort(self.records, own)
        title = cohort.title if cohort else own
        return f"{summary_of(opened)} Peserta ini dari kelas lain, {title}. Jawabannya masuk ke kelas itu."

    def forget(self) -> None:
        """Begin anew."""
        self._codes = []

    def _look_at(self, one: UploadedFile, findings: Findings) -> None:
        if one.content.lstrip()[:1] == b"{":
            self._open(read_file(one.content), findings)
            return
        texts = codes_on(one.content)
        if not texts:
            raise Unreadable("tidak ada kode QR yang terbaca. Foto lebih dekat dan terang.")
        self._remember(texts)

    def _remember(self, texts: Sequence[str]) -> None:
        # What is no code of ours must not be complained about again with the next photo.
        if not any(is_code(text) for text in texts):
            raise Unreadable(NOT_OURS)
        self._codes += texts

    def _open(self, bundle: Bundle, findings: Findings) -> None:
        findings.bundles.append(verify_bundle(self.records, self.catalogue, self.secret, bundle))


def summary_of(opened: VerifiedBundle) -> str:
    """Return whose answers a bundle holds, and how many."""
    person, count = opened.participant, len(opened.changes)
    send = ", dan minta dikirim" if opened.send else ""
    return f"{person.name} ({person.code}): {count} jawaban untuk {opened.assignment.title}{send}."


def outcome_of(opened: VerifiedBundle, taken: ImportResult) -> list[str]:
    """Return the result of an import, in sentences."""
    said = [f"{opened.participant.name}: {taken.saved} jawaban masuk."]
    if taken.replaced:
        said.append(f"{taken.replaced} jawaban tidak dipakai, karena yang lebih baru sudah ada.")
    if taken.refused:
        said.append(f"{taken.refused} jawaban tidak bisa dipakai.")
    if taken.waiting:
        said.append(f"{taken.waiting} jawaban belum masuk. Coba lagi.")
    said += taken.reasons
    if taken.receipt is not None:
        at = long_time(taken.receipt.submitted_at)
        said.append(f"Terkirim. Tanda terima {taken.receipt.code}, {at}. Tuliskan untuk peserta.")
    return said


class ImportPanel:
    """The widgets of an import session."""

    def __init__(self, session: ImportSession) -> None:
        self.session = session
        self.findings = Findings()
        self.upload = ipywidgets.FileUpload(
            accept=".json,image/*", multiple=True, description="Pilih berkas atau foto"
        )
        self.upload.layout.width = "260px"
        self.pasted = ipywidgets.Textarea(
            placeholder="Atau tempel teks kode di sini (UMKM1:…)", layout={"width": "100%"}
        )
        self.check = ipywidgets.Button(description="Periksa", button_style="primary")
        self.bring = ipywidgets.Button(description="Masukkan", button_style="success")
        self.anew = ipywidgets.Button(description="Mulai lagi")
        self.told = ipywidgets.HTML()
        self.check.on_click(lambda _: self._check())
        self.bring.on_click(lambda _: self._bring())
        self.anew.on_click(lambda _: self._begin_anew())
        self.bring.disabled = True
        buttons = ipywidgets.HBox([self.check, self.bring, self.anew])
        self.view = ipywidgets.VBox([self.upload, self.pasted, buttons, self.told])

    def _check(self) -> None:
        handed = [_handed(chosen) for chosen in self.upload.value]
        if not handed and not self.pasted.value.strip():
            self._tell([], [_NOTHING])
            return
        self.findings = self.session.look(handed, self.pasted.value)
        self.upload.value, self.pasted.value = (), ""
        self.bring.disabled = not self.findings.bundles
        self._tell(
            [self.session.summary(opened) for opened in self.findings.bundles],
            self.findings.problems,
        )

    def _bring(self) -> None:
        said, problems = [], []
        left = []
        for opened in self.findings.bundles:
            try:
                taken = import_bundle(opened)
            except UmkmError as error:
                problems.append(f"{opened.participant.name}: {error}")
                left.append(opened)
                continue
            said += outcome_of(opened, taken)
            left += [opened] if taken.waiting else []
        self.findings = Findings(left)
        self.bring.disabled = not left
        if not left:
            self.session.forget()
        self._tell(said, problems)

    def _begin_anew(self) -> None:
        self.session.forget()
        self.findings = Findings()
        self.bring.disabled = True
        self.upload.value, self.pasted.value = (), ""
        self._tell([], [])

    def _tell(self, said: Sequence[str], problems: Sequence[str]) -> None:
        good = "".join(f"<p>{escape(line)}</p>" for line in said)
        bad = "".join(
            f"<p role='alert' style='color:#a4231c'>{escape(line)}</p>" for line in problems
        )
        self.told.value = good + bad


def _handed(chosen: Mapping[str, Any]) -> UploadedFile:
    return UploadedFile(str(chosen["name"]), bytes(chosen["content"]))


def show_desk() -> None:
    """Display the import panel of the class that `umkm workshop` opened."""
    records = staff_records()
    if records is None:
        return
    catalogue = load_catalogue(Path(os.environ["UMKM_HOME"]) / "courses")
    secret = page_token_secret(Path(os.environ["UMKM_DATA"]))
    cohort = os.environ.get("UMKM_CLASS", "")
    session = ImportSession(records.of_class(cohort or None), catalogue, secret, cohort)
    display(ImportPanel(session).view)
