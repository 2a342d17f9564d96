"""The form of every value: how long it may be and which characters it may hold."""

from collections.abc import Iterator

from umkm.qris.characters import hidden_codes, is_digits, is_hidden, is_printable_ascii
from umkm.qris.findings import Breach
from umkm.qris.objects import DataObject, Objects, read_objects
from umkm.qris.parsing import Parsed
from umkm.qris.tags import (
    ACCOUNT,
    ADDITIONAL,
    LANGUAGE,
    PROPRIETARY,
    REPOSITORY,
    TRANSFER,
    Form,
    Tag,
    TagTable,
    is_account,
    root_tag,
)


def check_forms(parsed: Parsed) -> Iterator[Breach]:
    """Yield values too short, too long, or with characters their format does not allow."""
    for item in parsed.root:
        tag = root_tag(item.id)
        table = sub_tags(parsed, item.id)
        if table is None:
            yield from _check_value(item, tag, item.id)
            continue
        yield from _check_length(item, tag, item.id)
        template = parsed.template(item.id)
        yield from _check_template(template, table, item.id)
        if item.id == "62" and "99" in template and parsed.domestic:
            inner = read_objects(template.value("99"))
            yield from _check_template(inner, PROPRIETARY, "62.99")


def sub_tags(parsed: Parsed, object_id: str) -> TagTable | None:
    """Return the tags inside a root object; None where it holds a plain value."""
    if object_id == "62":
        return ADDITIONAL
    if object_id == "64":
        return LANGUAGE
    if not parsed.domestic or not is_account(object_id):
        return None
    if object_id == "51":
        return REPOSITORY
    if object_id in parsed.acquirers:
        return ACCOUNT
    return TRANSFER if object_id == "40" else None


def _check_template(template: Objects, table: TagTable, path: str) -> Iterator[Breach]:
    for item in template:
        if tag := table.get(item.id):
            yield from _check_value(item, tag, f"{path}.{item.id}")
        else:
            yield from _check_hidden(item, f"Bagian {path}.{item.id}", f"{path}.{item.id}")


def _check_value(item: DataObject, tag: Tag, path: str) -> Iterator[Breach]:
    yield from _check_length(item, tag, path)
    if tag.form is Form.DIGITS and not is_digits(item.value) and item.value:
        yield Breach("not-digits", path, tag.clause, {"label": tag.label})
    hidden = list(_check_hidden(item, tag.label, path))
    yield from hidden
    if tag.form is Form.PRINTABLE and not hidden and not is_printable_ascii(item.value):
        yield Breach("not-printable", path, tag.clause, {"label": tag.label})
    if tag.no_pipe and "|" in item.value:
        yield Breach("pipe", path, words={"label": tag.label})


def _check_length(item: DataObject, tag: Tag, path: str) -> Iterator[Breach]:
    count = len(item.value)
    if not tag.shortest <= count <= tag.longest:
        fixed = tag.shortest == tag.longest
        allowed = str(tag.longest) if fixed else f"{tag.shortest}-{tag.longest}"
        words = {"label": tag.label, "count": count, "allowed": allowed}
        yield Breach("wrong-length", path, tag.clause if count else "4.4.1.2", words)


def _check_hidden(item: DataObject, label: str, path: str) -> Iterator[Breach]:
    if any(map(is_hidden, item.value)):
        words = {"label": label, "codes": hidden_codes(item.value)}
        yield Breach("hidden-characters", path, words=words)
