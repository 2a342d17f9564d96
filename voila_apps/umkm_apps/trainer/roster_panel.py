"""Siapa di kelas ini: places, people who never came, taking out and putting back, merging."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import ipywidgets

from umkm.wib import clock_time
from umkm_records import Cohort, Records, RecordsError, class_roster
from umkm_records.classes import open_registration, registration_rules, set_most_people
from umkm_records.people import (
    Removed,
    Silent,
    merge_people,
    put_back_in_class,
    remove_from_class,
    removed_people,
    silent_people,
)

BY = "pantau-kelas"
WIDE = {"width": "420px"}
#: What stands in a list before anybody is chosen.
NOBODY = ("Pilih orangnya", "")


class RosterPanel:
    """The widgets with which a trainer keeps a class's list of people true.

    Nothing happens at the first tap: each deed is told, and done at "Ya".
    """

    def __init__(self, records: Records, cohort: Cohort) -> None:
        self.records, self.cohort = records, cohort
        self.summary = ipywidgets.HTML()
        self.places = ipywidgets.BoundedIntText(
            min=1, max=1_000, description="Tempat", layout={"width": "180px"}
        )
        self.set_places = ipywidgets.Button(description="Simpan tempat")
        self.open = ipywidgets.Button(
            description="Buka pendaftaran 2 jam", layout={"width": "220px"}
        )
        self.person = ipywidgets.Dropdown(description="Peserta", layout=WIDE)
        self.remove = ipywidgets.Button(description="Keluarkan", button_style="warning")
        self.into = ipywidgets.Dropdown(description="sama dengan", layout=WIDE)
        self.merge = ipywidgets.Button(description="Gabungkan", button_style="warning")
        self.removed = ipywidgets.Dropdown(description="Dikeluarkan", layout=WIDE)
        self.put_back = ipywidgets.Button(description="Masukkan lagi")
        self.sure = ipywidgets.Button(description="Ya", button_style="danger")
        self.not_sure = ipywidgets.Button(description="Tidak jadi")
        self.told = ipywidgets.HTML()
        self._told_most = 0
        self._is_refreshing = False
        self._waiting: Callable[[], str] | None = None
        self._wire()
        self._ask_nothing()
        rows = (
            [self.places, self.set_places, self.open],
            [self.person, self.remove],
            [self.into, self.merge],
            [self.removed, self.put_back],
            [self.sure, self.not_sure],
        )
        self.content = ipywidgets.VBox(
            [self.summary, *(ipywidgets.HBox(list(row)) for row in rows), self.told]
        )
        self.view = ipywidgets.Accordion([self.content], titles=["Siapa di kelas ini"])

    def _wire(self) -> None:
        self.set_places.on_click(lambda _: self._do(self._set_places))
        self.open.on_click(lambda _: self._do(self._open))
        self.put_back.on_click(lambda _: self._do(self._put_back))
        self.remove.on_click(lambda _: self._ask_remove())
        self.merge.on_click(lambda _: self._ask_merge())
        self.sure.on_click(lambda _: self._do(self._waiting))
        self.not_sure.on_click(lambda _: self._ask_nothing("Tidak jadi. Tidak ada yang berubah."))
        for chosen in (self.person, self.into):
            chosen.observe(self._chosen, names="value")

    def refresh(self) -> None:
        """Read the class anew; what is chosen stays chosen.

        Raises:
            StorageError: the records could not be read.
        """
        rules = registration_rules(self.records, self.cohort.id)
        silent = silent_people(self.records, self.cohort.id)
        never = sum(not one.has_come for one in silent)
        text = (
            f"{rules.enrolled} dari {rules.most_people} tempat terpakai · {never} belum pernah "
            f"datang · {len(silent) - never} belum menjawab"
        )
        if rules.open_until is not None:
            text += f" · pendaftaran terbuka sampai pukul {clock_time(rules.open_until)}"
        _set(self.summary, "value", f"<p>{escape(text)}</p>")
        if self._told_most != rules.most_people:
            # Not at each refresh: the trainer may be typing.
            self._told_most = self.places.value = rules.most_people
        gone = removed_people(self.records, self.cohort.id)
        self._is_refreshing = True
        try:
            _offer(self.person, self._people(silent))
            _offer(self.into, [NOBODY, *self._everybody()])
            _offer(self.removed, [NOBODY, *map(_gone, gone)])
        finally:
            self._is_refreshing = False

    def _chosen(self, _change: object) -> None:
        # A list that is drawn anew is no choice of the trainer: a question stays.
        if not self._is_refreshing:
            self._ask_nothing()

    def _people(self, silent: list[Silent]) -> list[tuple[str, str]]:
        first = [
            (
                f"{one.participant.name} ({one.participant.code}): {_state(one)}",
                one.participant.code,
            )
            for one in silent
        ]
        told = {code for _, code in first}
        return [NOBODY, *first, *(each for each in self._everybody() if each[1] not in told)]

    def _everybody(self) -> list[tuple[str, str]]:
        return [
            (f"{one.name} ({one.code})", one.code)
            for one in class_roster(self.records, self.cohort.id)
        ]

    def _ask(self, question: str, deed: Callable[[], str]) -> None:
        self._waiting = deed
        self.told.value = f"<p>{escape(question)}</p>"
        self.sure.layout.display = self.not_sure.layout.display = ""

    def _ask_nothing(self, said: str = "") -> None:
        self._waiting = None
        self.sure.layout.display = self.not_sure.layout.display = "none"
        self.told.value = f"<p role='status'>{escape(said)}</p>" if said else ""

    def _do(self, deed: Callable[[], str] | None) -> None:
        if deed is None:
            return
        try:
            said = deed()
            self.refresh()
        except RecordsError as error:
            said = str(error)
        self._ask_nothing(said)

    def _set_places(self) -> str:
        most = self.places.value
        set_most_people(self.records, self.cohort.id, most, BY)
        return f"Kelas ini sekarang menerima sampai {most} orang."

    def _open(self) -> str:
        until = open_registration(self.records, self.cohort.id, BY)
        return (
            f"Sampai pukul {clock_time(until)} banyak orang boleh mendaftar dari satu Wi-Fi atau satu HP. "
            "Setelah itu batasnya berlaku lagi."
        )

    def _ask_remove(self) -> None:
        code, label = self.person.value, self.person.label
        if not code:
            self._ask_nothing("Pilih dulu pesertanya.")
            return
        self._ask(
            f"Keluarkan {label} dari kelas? Jawabannya tetap tersimpan, dan Anda bisa memasukkannya lagi.",
            lambda: self._remove(code),
        )

    def _remove(self, code: str) -> str:
        remove_from_class(self.records, code, self.cohort.id, BY)
        return f"{code} sudah dikeluarkan. Salah orang? Pilih di Dikeluarkan, lalu Masukkan lagi."

    def _put_back(self) -> str:
        code = self.removed.value
        if not code:
            return "Pilih dulu siapa yang dimasukkan lagi."
        put_back_in_class(self.records, code, self.cohort.id, BY)
        return f"{code} ada lagi di kelas ini."

    def _ask_merge(self) -> None:
        double, into = self.person.value, self.into.value
        if not double or not into or double == into:
            self._ask_nothing("Pilih dua kode milik orang yang sama: yang dihapus, dan yang tetap.")
            return
        self._ask(
            f"Pindahkan jawaban {self.person.label} kepada {self.into.label}, lalu hapus {double}? "
            "Ini tidak bisa dibatalkan.",
            lambda: self._merge(double, into),
        )

    def _merge(self, double: str, into: str) -> str:
        merge_people(self.records, double, into, BY)
        return f"{double} sudah digabung ke {into}."


def _state(one: Silent) -> str:
    return "belum menjawab" if one.has_come else "belum pernah datang"


def _gone(one: Removed) -> tuple[str, str]:
    return f"{one.name} ({one.code}), pukul {clock_time(one.removed_at)}", one.code


def _offer(choice: ipywidgets.Dropdown, options: list[tuple[str, str]]) -> None:
    if tuple(options) == tuple(choice.options):
        return
    chosen = choice.value
    choice.options = options
    if chosen in {code for _, code in options}:
        choice.value = chosen


def _set(widget: ipywidgets.Widget, name: str, value: object) -> None:
    if getattr(widget, name) != value:
        setattr(widget, name, value)
