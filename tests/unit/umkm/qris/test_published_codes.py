"""What others published, judged: expectations come from their sources and the specification."""

from fractions import Fraction

import pytest
from tests.unit.umkm.qris.payloads import (
    ALTERED_ACCOUNT,
    LOST_BLANK,
    NOT_HEXADECIMAL,
    PRACTICE,
    PUBLISHED,
    seal,
)

from umkm.qris import Account, Kind, Level, Strictness, Tip, parse, read_merchant, validate


def found(text, strictness=Strictness.STRICT, level=Level.REFUSAL):
    return {
        (finding.rule, finding.path)
        for finding in validate(text, strictness).findings
        if finding.level is level
    }


@pytest.mark.parametrize("name", ["P1", "P2", "P3", "P4", "P5", "P6", "P8", "S1", "S2", "S3", "S4"])
@pytest.mark.parametrize("strictness", Strictness)
def test_codes_of_licensed_issuers_keep_every_rule(name, strictness):
    verdict = validate({**PUBLISHED, **PRACTICE}[name], strictness)
    assert verdict.accepted
    assert verdict.code is not None


def test_without_category_postal_code_and_criteria_strict_refuses_and_lenient_warns():
    breaches = {("missing", "52"), ("missing", "61"), ("missing", "26.03"), ("nns", "26.01")}
    assert found(PUBLISHED["P7"]) == breaches
    assert found(PUBLISHED["P7"], Strictness.LENIENT) == set()
    assert breaches < found(PUBLISHED["P7"], Strictness.LENIENT, Level.WARNING)


@pytest.mark.parametrize("strictness", Strictness)
@pytest.mark.parametrize("text", [NOT_HEXADECIMAL, ALTERED_ACCOUNT])
def test_wrong_checksums_are_refused_and_the_right_one_named(text, strictness):
    assert ("crc", "63") in found(text, strictness)
    (finding,) = [f for f in validate(text, strictness).findings if f.rule == "crc"]
    assert finding.clause == "4.7.16.1"
    assert seal(text[:-8])[-4:] in finding.detail


def test_a_public_copy_whose_account_lies_about_its_length():
    # ID.CO.QRIS.WWW has fourteen characters; whoever put it in wrote thirteen.
    assert ("broken-account", "26") in found(ALTERED_ACCOUNT, Strictness.LENIENT)


@pytest.mark.parametrize("strictness", Strictness)
def test_a_blank_lost_in_copying_shifts_everything_after_it(strictness):
    assert not validate(LOST_BLANK, strictness).accepted


def test_a_code_of_another_country_is_read_and_named():
    verdict = validate(PUBLISHED["P9"])
    assert [(f.rule, f.level) for f in verdict.findings] == [("foreign", Level.WARNING)]
    code = verdict.code
    assert (code.name, code.country, code.currency) == ("BEST TRANSPORT", "CN", "156")
    assert (code.amount, code.amount_text) == (None, "23.72")  # Yuan, not Rupiah
    assert (code.language, code.name_in_language, code.city_in_language) == (
        "ZH",
        "最佳运输",
        "北京",
    )
    assert code.accounts[0].pan == code.nmid == ""


def test_two_classes_in_one_code_are_pointed_out():
    # P8 says UMI to its acquirer and UKE to the central repository: two different fees.
    assert ("criteria-differ", "51.03") in found(PUBLISHED["P8"], level=Level.WARNING)


def test_what_a_static_code_says():
    code = read_merchant(parse(PUBLISHED["P1"]))
    assert code.kind is Kind.PAYMENT
    assert code.static is True
    assert (code.name, code.city, code.postal_code) == ("GREEN PAW", "TANGSEL", "15323")
    assert code.accounts == (
        Account("26", "ID.CO.BCA.WWW", "936000140001287667", "000885001287667", "UKE"),
    )
    assert code.accounts[0].nns == "93600014"
    assert (code.nmid, code.criteria, code.category) == ("ID1021081861606", "UKE", "0742")
    assert (code.amount, code.tip) == (None, None)
    assert code.additional == {"07": "A01"}


@pytest.mark.parametrize(
    ("name", "amount", "tip"),
    [
        ("P2", 4_548_051, None),
        ("P3", 39_000, None),
        ("P4", 1_000, Tip(fixed=500)),
        ("P5", 500_000, Tip(percent=Fraction(7, 10))),
        ("P8", 1_337, Tip(fixed=666)),
        ("S2", 25_000, None),
        ("S3", 50_000, Tip(percent=Fraction(5))),
        ("S4", 50_000, Tip(fixed=2_000)),
    ],
)
def test_amounts_and_tips(name, amount, tip):
    code = read_merchant(parse({**PUBLISHED, **PRACTICE}[name]))
    assert code.static is False
    assert (code.amount, code.tip) == (amount, tip)
