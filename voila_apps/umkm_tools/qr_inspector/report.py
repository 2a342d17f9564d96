"""The report on a code as plain data; every text is safe to show."""

from collections.abc import Mapping
from typing import Any, Final

from umkm.money import format_rupiah
from umkm.qris import (
    Level,
    MerchantCode,
    Parsed,
    Strictness,
    Verdict,
    describe_tip,
    explain,
    is_practice,
    read_merchant,
    summarize,
    validate,
)
from umkm.qris.cautions import cautions, of_no_code, payer_sends
from umkm.qris.characters import shown
from umkm.qris.merchant import Kind
from umkm.qris.sticker import Likeness, OwnCode, compare, mark_of
from umkm.qris.vocabulary import ACQUIRERS, CRITERIA, CURRENCIES

_MOST_ROWS: Final = 200
_MOST_TEXT: Final = 300


def report(text: object, own: OwnCode) -> dict[str, Any]:
    """Return the report on the text of a code. Never raises."""
    lenient, strict = validate(text, Strictness.LENIENT), validate(text, Strictness.STRICT)
    parsed = lenient.parsed
    code = read_merchant(parsed)
    is_code = bool(code.name or code.accounts)
    known = is_code and bool(own)
    compared = compare(parsed, own) if known else None
    mind = cautions(parsed) if lenient.accepted else ()
    verdict = _verdict(lenient, parsed, code, mind)
    if verdict["tone"] == "good" and compared and compared.likeness is not Likeness.SAME:
        # Being whole must not look like being one's own.
        verdict["tone"] = "warn"
    data: dict[str, Any] = {
        "verdict": verdict,
        "summary": summarize(parsed),
        "gist": _gist(code, parsed) if is_code else [],
        "findings": [*mind, *(finding.plain for finding in lenient.findings)][:_MOST_ROWS],
        "strict": _strict(strict),
        "fields": _fields(parsed) if is_code else [],
        "compared": {"likeness": compared.likeness, "message": compared.message}
        if compared
        else None,
        "text": "" if is_code else shown(parsed.text.strip())[:_MOST_TEXT],
    }
    # Never of a code that was found to be, or may be, somebody else's.
    trusted = compared is None or compared.likeness is Likeness.ALIKE
    if trusted and lenient.accepted and code.name and code.nmid and code.static is not False:
        data["mine"] = {"name": shown(code.name), "nmid": shown(code.nmid), "mark": mark_of(parsed)}
    return data


def _verdict(
    verdict: Verdict, parsed: Parsed, code: MerchantCode, mind: tuple[str, ...]
) -> dict[str, str]:
    if not verdict.accepted:
        more = of_no_code(parsed.text) or verdict.findings[0].plain
        if code.country.upper() not in {"", "ID"}:
            # By our rules it lacks much that its own country's code has not got.
            more = "Ini kode pembayaran dari negara lain, bukan QRIS Indonesia."
        return {"tone": "bad", "title": "Jangan dipakai", "more": more}
    if is_practice(parsed):
        return {
            "tone": "good",
            "title": "Kode latihan",
            "more": "Kode ini hanya untuk belajar. Tidak ada uang yang bisa dikirim ke sini.",
        }
    more = "Kodenya utuh. Itu belum berarti kode ini milik Anda: cocokkan nama dan NMID-nya."
    if code.country.upper() not in {"", "ID"}:
        more = "Kodenya utuh, tetapi bukan QRIS Indonesia."
    elif (total := payer_sends(code)) is not None:
        parts = " (jumlah dan tip)" if describe_tip(code.tip) else ""
        more = f"Membayar kode ini MENGIRIM {format_rupiah(total)}{parts}, bukan menerima uang."
    if verdict.findings or mind:
        return {"tone": "warn", "title": "Terbaca, dengan catatan", "more": more}
    return {"tone": "good", "title": "Terbaca dan utuh", "more": more}


def _gist(code: MerchantCode, parsed: Parsed) -> list[list[str]]:
    kind = {True: "Tetap (stiker)", False: "Sekali pakai", None: "Tidak disebut"}[code.static]
    is_shop = code.kind is Kind.PAYMENT
    is_indonesian = code.country.upper() in {"", "ID"}
    numbers = [one.nns for one in code.accounts] or [parsed.value("40", "01")[:8]]
    providers = dict.fromkeys(ACQUIRERS.get(number, "") for number in numbers)
    rows = [
        ["Nama toko" if is_shop else "Nama penerima", code.name or "Tidak ada"],
        ["NMID", code.nmid or ("Tidak ada" if is_shop else "")],
        ["Kota", code.city],
        ["Jenis kode", kind],
        ["Jumlah", _amount(code)],
        ["Tip", describe_tip(code.tip)],
        # Without a class QRIS has a code be of the regular one; codes of others, and persons, have none.
        ["Golongan usaha", CRITERIA.get(code.criteria, "") if is_indonesian and is_shop else ""],
        ["Penyedia", ", ".join(name for name in providers if name)],
    ]
    return [[label, shown(value)] for label, value in rows if value]


def _amount(code: MerchantCode) -> str:
    if code.amount:
        return format_rupiah(code.amount)
    if not code.amount_text:
        return "Diketik pembeli"
    return f"{code.amount_text} {CURRENCIES.get(code.currency, '')}".rstrip()


def _strict(verdict: Verdict) -> list[list[str]]:
    return [
        [
            shown(finding.plain),
            " · ".join(
                part
                for part in (
                    "ditolak" if finding.level is Level.REFUSAL else "catatan",
                    finding.path and f"bagian {finding.path}",
                    finding.clause,
                )
                if part
            ),
        ]
        for finding in verdict.findings
    ][:_MOST_ROWS]


def _fields(parsed: Parsed) -> list[list[str]]:
    return [
        [one.path, shown(one.label), one.value[:_MOST_TEXT], one.meaning] for one in explain(parsed)
    ][:_MOST_ROWS]


def own_code(data: object) -> OwnCode:
    """Return what a phone remembers, whatever it sent."""
    kept = data if isinstance(data, Mapping) else {}
    name, nmid, mark = (
        value[:80] if isinstance(value := kept.get(key), str) else ""
        for key in ("name", "nmid", "mark")
    )
    return OwnCode(name, nmid, mark)
