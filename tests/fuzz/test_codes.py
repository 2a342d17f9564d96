"""4,000 damaged QR texts: parsed, judged, explained, whatever stands in them."""

from tests.fuzz.mutations import damaged_texts
from tests.unit.time_limit import limited
from tests.unit.umkm.qris.payloads import PUBLISHED

from umkm.qris import explain, parse, summarize

CODES = list(PUBLISHED.values())


def test_damaged_codes():
    with limited(60):
        for _, text in damaged_texts(CODES, 4_000):
            parsed = parse(text)
            assert parsed is not None
            for part in explain(text):
                part_text = str(part)
                assert part_text
            assert isinstance(summarize(text), str)
