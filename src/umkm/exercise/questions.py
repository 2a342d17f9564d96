"""JSON form of questions; keys are not part of it."""

from umkm.errors import QuestionError
from umkm.exercise import kinds as _kinds  # noqa: F401 - loading them registers them
from umkm.exercise.question import KINDS, Question

__all__ = ["KINDS", "question_from_json", "question_to_json"]


def question_to_json(question: Question) -> dict[str, object]:
    """Return the question as plain JSON; what has an order becomes a list."""
    return {"kind": question.kind, "prompt": question.prompt, **question.fields()}


def question_from_json(shape: object) -> Question:
    """Return the question that `question_to_json` wrote.

    Raises:
        QuestionError: any other JSON.
    """
    if not isinstance(shape, dict):
        raise QuestionError("a question is a JSON object with a 'kind'")
    kind = shape.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise QuestionError(f"unknown kind of question {kind!r}")
    fields = {str(name): value for name, value in shape.items() if name != "kind"}
    try:
        return KINDS[kind].from_fields(fields)
    except TypeError as error:
        raise QuestionError(f"question {kind!r}: {error}") from error
