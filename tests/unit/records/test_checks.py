from umkm_records import Check, checks_of, record_event


def test_checks_are_given_back_by_sheet_oldest_first(records, siti, budi):
    for sheet, verdict in [("kas/01", "wrong"), ("kas/02", "right"), ("kas/01", "right")]:
        record_event(records, siti.code, "checked", sheet, {"question": "laba", "verdict": verdict})
    record_event(records, siti.code, "opened", "kas/01")
    record_event(records, budi.code, "checked", "kas/01", {"question": "laba", "verdict": "right"})
    found = checks_of(records, siti.code, ["kas/01"])
    assert [(one.question, one.verdict) for one in found] == [("laba", "wrong"), ("laba", "right")]
    assert all(isinstance(one, Check) and one.at.tzinfo for one in found)
    assert checks_of(records, "srg-nobody", ["kas/01"]) == []
