"""The root of a code: what has to be there, and the few values each may have."""

from collections.abc import Iterator
from functools import cache

from umkm.qris.characters import shown
from umkm.qris.findings import Breach
from umkm.qris.parsing import Parsed
from umkm.qris.tags import is_account, root_tag

_RUPIAH = "360"
# Without these nobody knows the version, or whom the money would go to.
_VITAL = ("00", "59")
_MANDATORY = ("52", "53", "58", "60")


def check_root(parsed: Parsed) -> Iterator[Breach]:
    """Yield missing objects (Table 3.6) and values outside their few choices."""
    yield from _check_presence(parsed)
    first = parsed.root.items[0].id if parsed.root.items else ""
    version = parsed.value("00")
    if version and first != "00":
        yield Breach("version-not-first", "00")
    if version and version != "01":
        yield Breach("version", "00", words={"value": version})
    if (method := parsed.value("01")) and method not in {"11", "12"}:
        yield Breach("initiation", "01", words={"value": method})
    yield from _check_country(parsed)


def _check_presence(parsed: Parsed) -> Iterator[Breach]:
    for object_id in (*_VITAL, *_MANDATORY):
        if object_id == "52" and parsed.is_transfer:
            continue
        if not parsed.value(object_id):
            tag = root_tag(object_id)
            rule = "missing-vital" if object_id in _VITAL else "missing"
            yield Breach(rule, object_id, tag.clause, {"label": tag.label})
    if parsed.value("58").upper() == "ID" and not parsed.value("61"):
        yield Breach("missing", "61", "4.7.15", {"label": root_tag("61").label})
    if not any(is_account(item.id) and item.value for item in parsed.root):
        yield Breach("no-account")
    elif parsed.domestic and parsed.value("01") == "11" and "51" not in parsed.root:
        yield Breach("no-repository", "51")


def _check_country(parsed: Parsed) -> Iterator[Breach]:
    country, currency = parsed.value("58"), parsed.value("53")
    if country and country not in country_codes():
        yield Breach("country", "58", words={"value": country})
    elif country and not parsed.domestic:
        yield Breach("foreign", "58", words={"value": shown(country)})
    if country.upper() == "ID" and currency and currency != _RUPIAH:
        yield Breach("currency", "53", words={"value": currency})


@cache
def country_codes() -> frozenset[str]:
    """Return the alpha-2 codes of ISO 3166-1, as CLDR lists them."""
    # Babel's tables are large: whoever reads no code never loads them.
    from babel import Locale  # noqa: PLC0415

    # What CLDR lists beside countries: unions, currency areas, test codes, islands without a code.
    others = {
        *["EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"],
        *["AC", "CP", "CQ", "DG", "EA", "IC", "TA", "XK"],
    }
    listed = (str(territory) for territory in Locale.parse("id").territories)
    return frozenset(t for t in listed if len(t) == 2 and t.isalpha()) - others
