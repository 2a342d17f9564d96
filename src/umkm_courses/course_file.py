"""The tables of course.toml."""

from typing import Annotated, Any

from msgspec import Meta, field

from umkm_courses.fields import Minutes, Text, Texts, TextsTable, TextTable, TomlTable


class OutcomeTable(TomlTable, frozen=True):
    """One [[outcomes]] table: what people can do afterwards, and the lesson that teaches it."""

    id: Text
    text: Annotated[Text, Meta(description='Begins with "Dapat": what people can do.')]
    lesson: Annotated[Text, Meta(description="Slug of the lesson that teaches it.")]
    digcomp: Annotated[Text, Meta(description="Number of the competence in DigComp 2.2.")] = ""


class LessonTable(TomlTable, frozen=True):
    """One [[lessons]] table; its notebook is lessons/<slug>.ipynb."""

    slug: Text
    title: Text
    summary: Text
    minutes: Minutes


class AssignmentTable(TomlTable, frozen=True):
    """One [[assignments]] table; its notebook is source/<name>/<name>.ipynb."""

    name: Text
    title: Text
    lesson: Annotated[Text, Meta(description="Slug of the lesson it belongs to.")]
    minutes: Minutes
    groups: Annotated[
        TextsTable, Meta(description="Columns of the exported grades, and their question ids.")
    ]
    outcomes: Annotated[
        TextTable, Meta(description="Question ids, and the id of the outcome each shows.")
    ] = field(default_factory=dict)


class PairedTestTable(TomlTable, frozen=True):
    """The [test] table: two forms of one test, and the outcome that each item tests."""

    forms: Texts
    items: TextTable


class CourseFile(TomlTable, frozen=True):
    """A whole course.toml."""

    title: Text
    summary: Text
    outcomes: Annotated[
        tuple[OutcomeTable, ...],
        Meta(extra={"sentence": "write outcomes as [[outcomes]] tables"}),
    ] = ()
    lessons: Annotated[
        tuple[LessonTable, ...], Meta(extra={"sentence": "write lessons as [[lessons]] tables"})
    ] = ()
    assignments: Annotated[
        tuple[AssignmentTable, ...],
        Meta(extra={"sentence": "write assignments as [[assignments]] tables"}),
    ] = ()
    facts_checked_by: Annotated[
        Text, Meta(description="Who looks up the facts of facts.toml again, or whom to ask.")
    ] = ""
    test: Annotated[PairedTestTable | None, Meta(extra={"must": "be a table"})] = None
    pass_mark: Annotated[
        Any,
        Meta(
            description="Nothing reads it any more; courses that were written with it still load.",
            extra_json_schema={"deprecated": True},
        ),
    ] = None
