"""The grammar of a code: whole objects, each once, the checksum last and right."""

from collections import Counter
from collections.abc import Iterator

from umkm.qris.checksum import CRC_HEADER, checksum
from umkm.qris.findings import Breach
from umkm.qris.objects import Fault, Objects
from umkm.qris.parsing import Parsed
from umkm.qris.tags import is_account, root_tag

# 62.50-98 and root 65-99 belong to whoever defined them: their inside is not ours to judge.
_TEMPLATES = ("51", "62", "64")


def check_structure(parsed: Parsed) -> Iterator[Breach]:
    """Yield what is not a whole object, stands twice, or stands outside every object."""
    rest = parsed.root.rest
    if parsed.before or (rest and not rest.strip()):
        blanks = parsed.before + (rest if not rest.strip() else "")
        yield Breach("surroundings", words={"count": len(blanks)})
    if rest.strip():
        yield Breach(parsed.root.fault, words={"position": len(parsed.text) - len(rest)})
    if len(parsed.text) > 512:
        yield Breach("longer-than-advised", words={"count": len(parsed.text)})
    yield from _repeats(parsed.root, "")
    for object_id in (*parsed.acquirers, *_TEMPLATES):
        if object_id in parsed.root and (parsed.domestic or not is_account(object_id)):
            yield from _check_template(parsed, object_id)


def check_checksum(parsed: Parsed) -> Iterator[Breach]:
    """Yield a checksum that is missing, out of place or wrong (4.6.1.2, 4.7.16)."""
    found = [item for item in parsed.root if item.id == "63"]
    if not found:
        yield Breach("missing-vital", "63", "4.7.16", {"label": root_tag("63").label})
        return
    last = found[-1]
    if parsed.root.items[-1] is not last or parsed.root.rest.strip():
        yield Breach("crc-not-last", "63")
    start = len(parsed.before) + last.position
    computed = checksum(f"{parsed.text[len(parsed.before) : start]}{CRC_HEADER}")
    if last.value != computed:
        rule = "crc-letters" if last.value.upper() == computed else "crc"
        yield Breach(rule, "63", words={"value": last.value, "computed": computed})


def _check_template(parsed: Parsed, object_id: str) -> Iterator[Breach]:
    template = parsed.template(object_id)
    label = root_tag(object_id).label
    if template.fault is not Fault.NONE:
        rule = "broken-account" if is_account(object_id) else "broken-template"
        words = {
            "label": label,
            "fault": template.fault.value,
            "position": len(parsed.value(object_id)) - len(template.rest),
        }
        yield Breach(rule, object_id, words=words)
    yield from _repeats(template, f"{object_id}.")


def _repeats(objects: Objects, prefix: str) -> Iterator[Breach]:
    for object_id, count in Counter(item.id for item in objects).items():
        if count > 1:
            values = {item.value for item in objects if item.id == object_id}
            label = f"Bagian {object_id}" if prefix else root_tag(object_id).label
            rule = "repeated-id" if len(values) == 1 else "conflicting-id"
            yield Breach(rule, f"{prefix}{object_id}", words={"count": count, "label": label})
