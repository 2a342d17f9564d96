"""The statements on paper, read back by another library."""

import io
import re
from datetime import date

from pypdf import PdfReader

from umkm.bookkeeping import Ledger, Transaction, receivables, statements
from umkm_tools.cash_book.printing import printed
from umkm_tools.cash_book.sample import sample_book_store

TODAY = date(2026, 11, 25)


def pages(ledger, name="Warung Bu Siti"):
    made = statements(ledger, date(2026, 11, 1), TODAY)
    reader = PdfReader(io.BytesIO(printed(ledger, made, name)))
    return [page.extract_text() for page in reader.pages], made


def test_three_statements_on_three_pages():
    (income, position, notes), made = pages(sample_book_store(TODAY).read())
    assert "Laporan laba rugi" in income
    assert "1 November 2026 sampai 25 November 2026" in income
    assert f"{made.income.profit:,}".replace(",", ".") in income
    assert f"{made.position.assets:,}".replace(",", ".") in position
    assert "SAK EMKM" in notes


def test_what_goes_to_a_bank_names_no_customer():
    """UU 27/2022: what a customer owes is between them and the shop."""
    shop = sample_book_store(TODAY).read()
    owed = receivables(shop, TODAY)
    texts, _ = pages(shop)
    assert owed
    assert [debt.person for debt in owed if debt.person in "".join(texts)] == []
    assert "Bon pelanggan" in texts[-1]
    assert f"Dari {len(owed)} pelanggan." in texts[-1]
    total = sum(debt.amount for debt in owed)
    by_age = [int(found.replace(".", "")) for found in re.findall(r"hari: Rp([\d.]+)\.", texts[-1])]
    assert sum(by_age) == total


def test_labels_stand_left_and_amounts_right():
    made = statements(sample_book_store(TODAY).read(), date(2026, 11, 1), TODAY)
    paper = PdfReader(io.BytesIO(printed(sample_book_store(TODAY).read(), made, "Warung")))
    for page, rows in zip(paper.pages, (made.income.rows, made.position.rows), strict=False):
        places = {}
        page.extract_text(
            visitor_text=lambda text, cm, tm, *_, p=places: p.update({text.strip(): tm[4]})
        )
        for row in rows:
            assert 18 / 25.4 * 72 <= places[row.label] < 90, row.label
            if row.amount:
                amount = f"{row.amount:,}".replace(",", ".").replace("-", "-Rp")
                right = places[amount if row.amount < 0 else f"Rp{amount}"]
                assert 400 < right < 595 - 36, row.label


def test_an_empty_book_and_a_name_that_no_font_has():
    (income, *_), _ = pages(Ledger.of("jasa"), "Cukur 💈 Udin")
    assert "Cukur  Udin" in income.replace("Cukur Udin", "Cukur  Udin")


def test_many_lenders_run_over_to_the_next_page():
    many = [
        Transaction(f"t{n}", "beli-stok-utang", TODAY, 1_000, f"Agen {n}", category="barang")
        for n in range(120)
    ]
    texts, _ = pages(Ledger.of("dagang", many))
    assert len(texts) > 3
    assert "Agen 119" in "".join(texts)
