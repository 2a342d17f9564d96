"""Read a class's graded submissions for `item_analysis`."""

from collections.abc import Mapping
from dataclasses import dataclass

from umkm_courses import Assignment
from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_grading.class_folder.released_assignment import ReleasedAssignment, read_released
from umkm_grading.class_folder.submission_folder import list_submitters, read_submission
from umkm_grading.errors import GradingError
from umkm_grading.reports.class_results import State, standings_of
from umkm_grading.reports.item_analysis import Analysis, analyse, never_chosen


@dataclass(frozen=True)
class ItemReport:
    """The figures of an assignment, and by question the options nobody chose."""

    analysis: Analysis
    unchosen: Mapping[str, tuple[str, ...]]


def make_item_report(class_folder: ClassFolder, assignment: Assignment | str) -> ItemReport:
    """Analyse everybody whose submission is fully graded.

    Raises:
        NotPrepared: the assignment is not released in this class.
        GradingError: nobody is fully graded yet.
    """
    released = read_released(
        class_folder, assignment if isinstance(assignment, str) else assignment.name
    )
    standings = standings_of(
        class_folder, [released], list_submitters(class_folder, released.name)
    )[released.name]
    people = [person for person, one in standings.items() if one.state is State.GRADED]
    if not people:
        raise GradingError(
            "Belum ada kiriman yang selesai dinilai, uraiannya juga. Nilai dulu, lalu ulangi."
        )
    of = {question.id: float(question.points) for question in released.questions}
    points = [{name: standings[person].scores[name].points for name in of} for person in people]
    return ItemReport(analyse(of, points), _unchosen(class_folder, released, people))


def _unchosen(
    class_folder: ClassFolder, released: ReleasedAssignment, people: list[str]
) -> dict[str, tuple[str, ...]]:
    answers = []
    for person in people:
        try:
            answers.append(read_submission(class_folder, person, released.name))
        except GradingError:
            continue
    found = {}
    for question in released.questions:
        # The texts of options may differ between people; their ids do not.
        options = getattr(question.for_participant(people[0]), "options", None)
        if isinstance(options, Mapping) and answers:
            given = [one.get(question.id) for one in answers]
            found[question.id] = tuple(never_chosen(list(options), given))
    return found
