"""Additional data (62) and the name in another language (64)."""

from collections.abc import Iterator

from umkm.qris.findings import Breach
from umkm.qris.objects import read_objects
from umkm.qris.parsing import Parsed
from umkm.qris.tags import ADDITIONAL, LANGUAGE, PROPRIETARY, root_tag


def check_additional(parsed: Parsed) -> Iterator[Breach]:
    """Yield additional data that is empty or asks for what nobody can give (4.8)."""
    if "62" not in parsed.root:
        return
    template = parsed.template("62")
    if not template.items:
        yield Breach("empty-template", "62", words={"label": root_tag("62").label})
    asked = template.value("09")
    if asked and (set(asked) - set("AME") or len(set(asked)) < len(asked)):
        yield Breach("consumer-data", "62.09", words={"value": asked})
    if parsed.domestic and (proprietary := template.value("99")):
        yield from _check_proprietary(proprietary)


def _check_proprietary(value: str) -> Iterator[Breach]:
    inner = read_objects(value)
    if inner.fault:
        words = {
            "label": ADDITIONAL["99"].label,
            "fault": inner.fault.value,
            "position": len(value) - len(inner.rest),
        }
        yield Breach("broken-template", "62.99", words=words)
    if (marker := inner.value("00")) != "00":
        yield Breach("proprietary", "62.99.00", words={"value": marker})
    if not inner.value("01"):
        tag = PROPRIETARY["01"]
        yield Breach("missing", "62.99.01", tag.clause, {"label": tag.label})


def check_language(parsed: Parsed) -> Iterator[Breach]:
    """Yield an alternative name without its language or without the name (4.9)."""
    if "64" not in parsed.root:
        return
    template = parsed.template("64")
    for sub_id in ("00", "01"):
        if not template.value(sub_id):
            tag = LANGUAGE[sub_id]
            yield Breach("missing", f"64.{sub_id}", tag.clause, {"label": tag.label})
    language = template.value("00")
    if language and not (len(language) == 2 and language.isascii() and language.isalpha()):
        yield Breach("language", "64.00", words={"value": language})
