"""Each rule of the specification, broken by itself in a code that keeps all others."""

import pytest
from tests.unit.umkm.qris.payloads import (
    ACQUIRER,
    PRACTICE,
    REPOSITORY,
    code,
    one,
    seal,
    template,
)

from umkm.qris import (
    Account,
    Kind,
    Level,
    Strictness,
    explain,
    parse,
    read_merchant,
    summarize,
    validate,
)
from umkm.qris.findings import RULES

S1 = PRACTICE["S1"]
SUM = S1[-4:]
TRANSFER = {"00": "ID.CO.CONTOH.WWW", "01": "936009990000000018", "02": "CONTOH0001"}
DOMESTIC = one("08", "DMCT") + one("99", one("00", "00") + one("01", "ABCD1234"))


def acquirer(changes=None, **kept):
    return code({"26": template(ACQUIRER, changes, **kept)})


def repository(changes=None, **kept):
    return code({"51": template(REPOSITORY, changes, **kept)})


def transfer(changes=None, *, account=TRANSFER, extra=DOMESTIC):
    base = {"01": "12", "40": template(account), "52": "4829", "62": extra}
    return code({**base, **(changes or {})}, without=("26", "51"))


STRICT, BOTH, NEITHER = "strict", "both", "neither"
"""Who refuses: strict alone, strict and lenient, or neither (a warning to both)."""

BROKEN = [
    # (rule, path, clause, who refuses, code)
    ("bad-id", "", "4.3.1.1", BOTH, S1.replace("5802ID", "5X02ID")),
    ("bad-length", "", "4.4.1.2", BOTH, S1.replace("5802ID", "580OID")),
    ("cut-short", "", "4.4.1.1", BOTH, S1[:-2]),
    ("cut-short", "", "4.4.1.1", BOTH, S1[:100]),
    ("surroundings", "", "4.6.1.1", STRICT, f"\ufeff {S1}\r\n"),
    ("broken-account", "26", "4.4.1.1", BOTH, code({"26": template(ACQUIRER)[:-1]})),
    ("broken-account", "51", "4.4.1.1", BOTH, code({"51": template(REPOSITORY).replace("0215", "0299")})),
    ("broken-template", "62", "4.4.1.1", STRICT, code({"62": "0703A010199x"})),
    ("broken-template", "62.99", "4.4.1.1", STRICT, code({"62": one("99", "0002000199x")})),
    ("broken-template", "64", "4.4.1.1", STRICT, code({"64": "0002EN0120Mrs Siti"})),
    ("repeated-id", "60", "4.3.1.2", STRICT, seal(S1[:-8] + one("60", "KOTA SERANG"))),
    ("conflicting-id", "59", "4.3.1.2", BOTH, seal(S1[:-8] + one("59", "TOKO LAIN"))),
    ("conflicting-id", "26.01", "4.3.1.2", BOTH, code({"26": template(ACQUIRER) + one("01", "1" * 16)})),
    ("missing-vital", "59", "4.7.13.1", BOTH, code(without=("59",))),
    ("missing-vital", "00", "4.7.1.1", BOTH, code(without=("00",))),
    ("missing-vital", "63", "4.7.16", BOTH, S1[:-8]),
    ("missing-vital", "26.01", "4.7.5.4", BOTH, acquirer(without=("01",))),
    ("missing-vital", "51.02", "Tabel 4.5", BOTH, repository(without=("02",))),
    ("missing", "52", "4.7.6.1", STRICT, code(without=("52",))),
    ("missing", "53", "4.7.7.1", STRICT, code(without=("53",))),
    ("missing", "58", "4.7.12.1", STRICT, code(without=("58",))),
    ("missing", "60", "4.7.14.1", STRICT, code(without=("60",))),
    ("missing", "61", "4.7.15", STRICT, code(without=("61",))),
    ("missing", "26.02", "Tabel 4.3", STRICT, acquirer(without=("02",))),
    ("missing", "26.03", "Tabel 4.6", STRICT, acquirer(without=("03",))),
    ("missing", "64.01", "4.9.3.1", STRICT, code({"64": "0002EN"})),
    ("missing", "62.99.01", "Tabel 4.8", STRICT, code({"62": one("99", "000200")})),
    ("missing", "40.02", "Tabel 3.20", STRICT,
     transfer(account={k: v for k, v in TRANSFER.items() if k != "02"})),
    ("missing", "62.99", "4.2", STRICT, transfer(extra=one("08", "BOOK"))),
    # A name of 44 characters with a right checksum is on a sticker in use: read it, warn.
    ("wrong-length", "59", "4.7.13.1", STRICT, code({"59": "WARUNG CONTOH BU SITI DAN ANAK CUCUNYA SERAN"})),
    ("wrong-length", "60", "4.7.14.1", STRICT, code({"60": "KABUPATEN SERANG"})),
    ("wrong-length", "60", "4.4.1.2", STRICT, code({"60": ""})),
    ("wrong-length", "52", "4.7.6.1", STRICT, code({"52": "581"})),
    ("wrong-length", "26.01", "4.7.5.4", STRICT, acquirer({"01": "93600999" + "0" * 12})),
    ("wrong-length", "62.07", "Tabel 3.7", STRICT, code({"62": one("07", "A" * 26)})),
    ("wrong-length", "62.09", "4.8.1.3", STRICT, code({"62": one("09", "AMEA")})),
    ("wrong-length", "64.02", "Tabel 3.8", STRICT, code({"64": "0002EN0104Siti" + one("02", "x" * 16)})),
    ("not-digits", "26.01", "4.7.5.4", STRICT, acquirer({"01": "93600999000000001X"})),
    ("not-printable", "59", "4.7.13.1", STRICT, code({"59": "WARUNG CONTOH KAFÉ"})),
    ("hidden-characters", "59", "", STRICT, code({"59": "CONTOH \u202eITIS UB"})),
    ("hidden-characters", "60", "", STRICT, code({"60": "SERANG\x00"})),
    ("hidden-characters", "64.01", "", STRICT, code({"64": "0002EN0103Si\u200b"})),
    ("pipe", "59", "Tabel 3.6", STRICT, code({"59": "CONTOH|SITI"})),
    ("version-not-first", "00", "4.6.1.1", STRICT, seal(S1[6:-8] + "000201")),
    ("version", "00", "4.7.1.1", BOTH, code({"00": "02"})),
    ("crc-not-last", "63", "4.6.1.2", BOTH, S1 + one("91", "x")),
    ("crc", "63", "4.7.16.1", BOTH, S1.replace("SITI", "SITA")),
    ("crc-letters", "63", "4.7.16.2", STRICT, S1[:-4] + SUM.lower()),
    ("initiation", "01", "4.7.2.1", STRICT, code({"01": "13"})),
    ("no-account", "", "4.7.3.1", BOTH, code({"01": "12"}, without=("26", "51"))),
    ("no-repository", "51", "4.7.7", STRICT, code(without=("51",))),
    ("repository-domain", "51.00", "Tabel 4.5", NEITHER, repository({"00": "ID.CO.CONTOH.WWW"})),
    ("nmid-shape", "51.02", "Tabel 4.5", NEITHER, repository({"02": "CONTOH123"})),
    ("nns", "26.01", "4.7.5.5", STRICT, acquirer({"01": "9360099"})),
    ("criteria", "26.03", "Tabel 4.6", STRICT, acquirer({"03": "UMK"})),
    ("criteria-differ", "51.03", "", NEITHER, repository({"03": "UKE"})),
    ("not-digits", "52", "4.7.6.1", STRICT, code({"52": "58A2"})),
    ("currency", "53", "4.7.7.1", BOTH, code({"53": "840"})),
    ("country", "58", "4.7.12.1", STRICT, code({"58": "QQ"})),
    ("foreign", "58", "4.7.12.1", NEITHER, code({"58": "MY", "53": "458"})),
    ("amount", "54", "4.7.8.1", BOTH, code({"54": "1000,00"})),
    ("amount", "54", "4.7.8.1", BOTH, code({"54": "1 000"})),
    ("amount", "54", "4.7.8.1", BOTH, code({"54": "-1000"})),
    ("amount-decimals", "54", "4.7.8.1", STRICT, code({"54": "1.000"})),
    ("amount-cents", "54", "", NEITHER, code({"54": "1000.50"})),
    ("amount-zero", "54", "4.7.8.1", STRICT, code({"54": "0"})),
    ("tip", "55", "4.7.9.1", STRICT, code({"55": "04"})),
    ("tip-missing", "56", "Tabel 3.6", STRICT, code({"55": "02"})),
    ("tip-uncalled", "57", "Tabel 3.6", STRICT, code({"55": "02", "56": "500", "57": "5"})),
    ("tip-percent", "57", "4.7.11.1", STRICT, code({"55": "03", "57": "100"})),
    ("tip-percent", "57", "4.7.11.1", STRICT, code({"55": "03", "57": "00.00"})),
    ("empty-template", "62", "4.8.1.1", STRICT, code({"62": "x"})),
    ("consumer-data", "62.09", "4.8.1.3", STRICT, code({"62": one("09", "MM")})),
    ("proprietary", "62.99.00", "Tabel 4.8", STRICT, code({"62": one("99", "0002010101a")})),
    ("language", "64.00", "4.9.2.1", STRICT, code({"64": "0005en_IN0104Siti"})),
    ("transfer-static", "01", "4.2", BOTH, transfer({"01": "11"})),
    ("transfer-category", "52", "4.2", BOTH, transfer({"52": "5812"})),
    ("longer-than-advised", "", "4.1", NEITHER, code({str(n): "x" * 99 for n in range(80, 85)})),
    ("empty", "", "", BOTH, " \n"),
    ("not-text", "", "", BOTH, b"000201"),
    ("not-a-code", "", "4.6.1.1", BOTH, "https://qris.contoh.example"),
    ("buyer-code", "", "", BOTH, "hQVDUFYwMWETTwegAAAGAiAgUAdRUklTQ1BN"),
    ("too-long", "", "ISO/IEC 18004", BOTH, "0" * 7090),
]  # fmt: skip


def test_the_code_that_is_broken_below_breaks_nothing_itself():
    assert code() == S1
    assert validate(code()).findings == ()
    assert validate(transfer()).findings == ()


@pytest.mark.parametrize(("rule", "path", "clause", "who", "payload"), BROKEN)
def test_breach_is_found_with_its_clause(rule, path, clause, who, payload):
    for strictness in Strictness:
        verdict = validate(payload, strictness)
        found = {(f.rule, f.path): f for f in verdict.findings}
        assert (rule, path) in found
        finding = found[rule, path]
        refused = who == BOTH or (who == STRICT and strictness is Strictness.STRICT)
        assert finding.clause == clause
        assert finding.level is (Level.REFUSAL if refused else Level.WARNING)
        assert verdict.accepted is (max(f.level for f in verdict.findings) is Level.WARNING)
        assert (verdict.code is None) is not verdict.accepted


def test_every_rule_is_broken_above():
    assert {rule for rule, *_ in BROKEN} == set(RULES)


@pytest.mark.parametrize("payload", [payload for *_, payload in BROKEN])
def test_findings_speak_to_a_shopkeeper_and_show_no_hidden_character(payload):
    for finding in validate(payload).findings:
        assert finding.plain[0].isupper()
        assert finding.plain[-1] in ".!"
        assert (finding.plain + finding.detail).isprintable()
        assert "{" not in finding.plain


# The specification's own examples of clause 4.7.8.1, for Rp1.000,00.
@pytest.mark.parametrize("text", ["1000.00", "1000", "1000."])
def test_amounts_the_specification_allows(text):
    verdict = validate(code({"54": text}))
    assert verdict.findings == ()
    assert verdict.code.amount == 1000


@pytest.mark.parametrize("text", ["1000,00", "1.000", "1 000"])
def test_amounts_the_specification_forbids(text):
    assert not validate(code({"54": text})).accepted


# The specification's own examples of clause 4.8.1.3.
@pytest.mark.parametrize(("asked", "allowed"), [("AME", True), ("EA", True), ("MM", False)])
def test_consumer_data_the_specification_allows(asked, allowed):
    assert validate(code({"62": one("09", asked)})).accepted is allowed


def test_three_asterisks_ask_the_payer():
    payload = code({"62": one("01", "***")})
    assert validate(payload).accepted
    assert next(e for e in explain(payload) if e.path == "62.01").meaning == (
        "aplikasi pembeli menanyakannya"
    )


@pytest.mark.parametrize("payload", [f" {S1}", f"\ufeff{S1}", f"{S1}\n"])
def test_blanks_on_one_side_only(payload):
    assert [f.rule for f in validate(payload).findings] == ["surroundings"]
    assert validate(payload, Strictness.LENIENT).code == validate(S1).code


def test_what_a_transfer_may_lack_and_what_not():
    found = validate(seal(transfer()[:-8].replace("52044829", ""))).findings
    assert found == ()
    nameless = transfer()[:-8].replace(one("59", "WARUNG CONTOH BU SITI"), "")
    assert [(f.rule, f.path) for f in validate(seal(nameless)).findings] == [
        ("missing-vital", "59")
    ]


def test_a_transfer_s_account_has_a_form_of_its_own_and_unknown_accounts_none():
    short = validate(transfer(account={**TRANSFER, "01": "9" * 15})).findings
    assert [(f.rule, f.path) for f in short] == [("wrong-length", "40.01")]
    assert validate(code({"46": "halo"})).findings == ()


def test_what_makes_a_transfer():
    purpose = one("08", "DMCT")
    assert validate(code({"62": purpose})).code.kind is Kind.PAYMENT  # no object 40
    acquirer40 = code({"40": template(ACQUIRER)}, without=("26",))
    assert validate(acquirer40).findings == ()  # no transfer's purpose: an acquirer like 26
    assert validate(acquirer40).code.kind is Kind.PAYMENT
    assert validate(transfer()).code.kind is Kind.TRANSFER
    cash = transfer(extra=one("08", "CWDL"))
    assert read_merchant(parse(cash)).kind is Kind.CASH
    assert summarize(cash).startswith("Kode setor atau tarik tunai")


def test_proprietary_data_has_its_own_lengths():
    too_long = code({"62": one("99", one("00", "00") + one("01", "x" * 82))})
    assert [(f.rule, f.path) for f in validate(too_long).findings] == [("wrong-length", "62.99.01")]
    assert validate(code({"62": one("99", one("00", "00") + one("01", "x" * 81))})).findings == ()


@pytest.mark.parametrize("pan", ["93600999X", "9360099", ""])
def test_no_acquirer_is_read_out_of_a_number_that_is_none(pan):
    assert Account("26", "", pan, "", "").nns == ""


def test_a_repeated_object_is_named():
    (name,) = validate(seal(S1[:-8] + one("59", "TOKO LAIN"))).findings
    assert name.plain.startswith("Nama toko tertulis dua kali")
    (part,) = validate(code({"26": template(ACQUIRER) + one("03", "UMI")})).findings
    assert part.plain.startswith("Bagian 03 tertulis dua kali")


def test_lengths_are_told_as_the_tables_have_them():
    (name,) = validate(code({"59": "CONTOH" * 5})).findings
    assert name.plain == "Nama toko: 30 huruf, seharusnya 1-25."
    (category,) = validate(code({"52": "581"})).findings
    assert category.plain == "Jenis usaha: 3 huruf, seharusnya 4."


def test_an_amount_in_no_rupiah_is_never_shown_as_rupiah():
    for currency in ("840", "764"):
        payload = code({"53": currency, "54": "500", "58": "TH"})
        assert validate(payload).code.amount is None
        assert next(e for e in explain(payload) if e.path == "54").meaning == ""
    dollars = code({"53": "840", "54": "500"})
    assert "Rp" not in summarize(dollars) + "".join(e.meaning for e in explain(dollars))
    unnamed = code({"54": "500"}, without=("53",))
    assert validate(unnamed, Strictness.LENIENT).code.amount == 500


def test_the_longest_text_looked_into():
    assert [f.rule for f in validate("0" * 7089).findings] != ["too-long"]
    assert [f.rule for f in validate("0" * 7090).findings] == ["too-long"]


def test_root_objects_stand_in_any_order_between_version_and_checksum():
    turned = seal("000201" + "".join(reversed([
        one("01", "11"), one("26", template(ACQUIRER)), one("51", template(REPOSITORY)), "52045812",
        "5303360", "5802ID", one("59", "CONTOH"), one("60", "SERANG"), "610542111",
    ])))  # fmt: skip
    assert validate(turned).findings == ()


def test_several_acquirers_in_one_code():
    second = template(ACQUIRER, {"00": "ID.CO.CONTOHDUA.WWW", "01": "936009990000000026"})
    verdict = validate(code({"27": second}))
    assert verdict.findings == ()
    assert [account.tag for account in verdict.code.accounts] == ["26", "27"]


def test_a_lying_length_in_a_template_leaks_into_no_other_object():
    payload = code({"26": template(ACQUIRER).replace("0118", "0199")})
    assert not validate(payload, Strictness.LENIENT).accepted
    assert next(e for e in explain(payload) if e.path == "59").value == "WARUNG CONTOH BU SITI"


def test_summary_tells_whose_and_how_much():
    assert summarize(S1) == (
        "QRIS tetap milik WARUNG CONTOH BU SITI, KOTA SERANG. Jumlahnya diketik oleh pembeli."
    )
    assert summarize(PRACTICE["S2"]) == (
        "QRIS sekali pakai milik WARUNG CONTOH BU SITI, KOTA SERANG. "
        "Jumlahnya sudah terisi: Rp25.000."
    )
    assert summarize(PRACTICE["S3"]).endswith(
        "Jumlahnya sudah terisi: Rp50.000, ditambah tip 5% dari jumlah bayar."
    )
    assert summarize("halo") == ""
