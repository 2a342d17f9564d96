"""Groups of customers, on a list small enough to rank by hand."""

from datetime import date

from umkm.marketing import Customer, Group, Order, customers_of

TODAY = date(2026, 11, 23)


def test_six_customers_by_hand():
    orders = [
        Order("Bu Ida", date(2026, 11, 20), 50_000),
        Order("Bu Ida", date(2026, 10, 1), 40_000),
        Order("Pak Amin", date(2026, 11, 18), 30_000),
        Order("Teh Nia", date(2026, 9, 2), 20_000),
        Order("Teh Nia", date(2026, 8, 2), 90_000),
        Order("Pak Udin", date(2026, 8, 30), 15_000),
        Order("Bu Sri", date(2026, 3, 1), 10_000),
        Order("Kang Deni", date(2026, 2, 1), 5_000),
    ]
    found = {one.name: one for one in customers_of(orders, TODAY)}
    # By last visit: Ida, Amin | Nia, Udin | Sri, Deni. By money: Nia, Ida | Amin, Udin | Sri, Deni.
    assert {name: one.recency for name, one in found.items()} == {
        "Bu Ida": 3, "Pak Amin": 3, "Teh Nia": 2, "Pak Udin": 2, "Bu Sri": 1, "Kang Deni": 1,
    }  # fmt: skip
    assert (found["Teh Nia"].money, found["Bu Ida"].money, found["Bu Sri"].money) == (3, 3, 1)
    # Two visits are the most and shared by two; all others share one visit, the third rank of six.
    assert (found["Bu Ida"].frequency, found["Pak Amin"].frequency) == (3, 2)
    assert found["Bu Ida"].group is Group.LOYAL
    assert found["Pak Amin"].group is Group.NEW
    assert found["Bu Sri"].group is Group.SLEEPING
    assert found["Bu Ida"].reason == "Membeli 2 kali, terakhir 3 hari lalu, seluruhnya Rp90.000."


def test_alike_customers_get_alike_scores():
    same = [Order(name, TODAY, 10_000) for name in ("A", "B", "C", "D")]
    scores = {(one.recency, one.frequency, one.money) for one in customers_of(same, TODAY)}
    assert len(scores) == 1


def test_returns_and_days_to_come_are_no_visits():
    assert customers_of([Order("A", date(2026, 12, 1), 5), Order("B", TODAY, -5)], TODAY) == []
    assert customers_of([], TODAY) == []


def test_who_spent_most_stands_first():
    two = [Order("Kecil", TODAY, 1_000), Order("Besar", TODAY, 9_000)]
    names: list[Customer] = customers_of(two, TODAY)
    assert [one.name for one in names] == ["Besar", "Kecil"]
