"""The part of *Periksa uraian* that publishes graded assignments."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import ipywidgets

from umkm import UmkmError
from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_grading.class_folder.released_assignment import list_released
from umkm_grading.class_folder.submission_folder import list_submitters
from umkm_grading.errors import GradingError
from umkm_grading.feedback.publish import publish_feedback
from umkm_grading.reports.class_results import State, standings_of
from umkm_grading.review import render
from umkm_records import Records


@dataclass(frozen=True)
class Ready:
    """An assignment of a class: how many submissions are fully graded, how many wait."""

    cohort: str
    assignment: str
    graded: int
    waiting: int


def look_for_ready(class_folders: Sequence[ClassFolder]) -> list[Ready]:
    """Return every task with a submission that could be shown; a class that cannot be read is left out."""
    found = []
    for class_folder in class_folders:
        try:
            releases = list_released(class_folder)
            people = {
                released.name: list_submitters(class_folder, released.name) for released in releases
            }
            everybody = sorted({code for codes in people.values() for code in codes})
            standings = standings_of(class_folder, releases, everybody)
        except GradingError:
            continue
        for name, by_person in standings.items():
            states = [standing.state for standing in by_person.values()]
            graded = states.count(State.GRADED)
            if graded:
                found.append(
                    Ready(class_folder.cohort_id, name, graded, states.count(State.WAITING))
                )
    return found


class PublishingPart:
    """The widgets: a list of graded assignments, and the button that publishes one."""

    def __init__(
        self, records: Records, class_folders: Sequence[ClassFolder], titles: Mapping[str, str]
    ) -> None:
        self.records, self.titles = records, titles
        self.class_folders = {
            class_folder.cohort_id: class_folder for class_folder in class_folders
        }
        wide = {"width": "100%", "max_width": "640px"}
        self.task = ipywidgets.Dropdown(description="Tugas", layout=wide)
        self.look = self._button("Lihat tugas yang selesai dinilai", "", self._look)
        self.show = self._button("Perlihatkan ke peserta", "primary", self._publish)
        self.show.disabled = True
        self.messages = ipywidgets.HTML()
        self.view = ipywidgets.VBox([self.look, self.task, self.show, self.messages])

    def _look(self) -> str:
        ready = look_for_ready(list(self.class_folders.values()))
        self.task.options = [(self._label(one), (one.cohort, one.assignment)) for one in ready]
        self.task.index = 0 if ready else None
        self.show.disabled = not ready
        return "" if ready else "Belum ada tugas yang selesai dinilai."

    def _label(self, one: Ready) -> str:
        waits = f", {one.waiting} menunggu uraian" if one.waiting else ""
        title = self.titles.get(one.assignment, one.assignment)
        return f"{title} · kelas {one.cohort} ({one.graded} selesai dinilai{waits})"

    def _publish(self) -> str:
        cohort, assignment = self.task.value
        found = publish_feedback(self.class_folders[cohort], self.records, assignment)
        messages = [f"Hasil terlihat oleh {len(found.published)} peserta."]
        if found.waiting:
            messages.append(f"Belum, menunggu uraian dinilai: {', '.join(found.waiting)}.")
        messages += [f"Ditahan: {code}. {reason}" for code, reason in found.held.items()]
        return " ".join(messages)

    def _act(self, work: Callable[[], str]) -> None:
        try:
            self.messages.value = render.message_line(work())
        except UmkmError as error:
            self.messages.value = render.message_line(error.message, bad=True)
        except OSError as error:
            self.messages.value = render.message_line(
                f"Berkas kelas tidak bisa dibaca ({error.strerror}). Ulangi.", bad=True
            )

    def _button(self, label: str, style: str, work: Callable[[], str]) -> ipywidgets.Button:
        button = ipywidgets.Button(description=label, button_style=style, layout={"width": "auto"})
        button.on_click(lambda _: self._act(work))
        return button
