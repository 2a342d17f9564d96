"""PINs that are guessed first are refused: the 200 commonest of zxcvbn's count, and dates."""

import random
from datetime import date, timedelta

import pytest

from umkm import InputError
from umkm.identity import check_pin
from umkm.weak_pins import weakness

pytestmark = pytest.mark.slow

#: The first 200 six-digit passwords of zxcvbn 4.5.0's frequency list, in its order.
COMMONEST = """
    123456 111111 123123 696969 666666 123321 654321 000000 112233 131313 159753 123654 159357 789456
    102030 315475 007007 111222 147258 010203 147852 420420 123789 852456 159951 134679 124578 135790
    142536 741852 456123 666999 246810 753951 314159 321654 141627 951753 911911 112358 555666 121314
    456852 123098 258456 102938 123987 445566 987456 456654 753159 223344 906090 789654 666777 123457
    132435 963852 000007 362436 128500 789123 321123 100000 150781 222333 321456 332211 420247 162534
    456321 000001 789987 135246 122333 200000 778899 555777 112211 192837 777888 333666 336699 123451
    784512 235689 787898 147369 794613 654123 111333 000111 369963 123455 120676 147963 159632 010180
    655321 123465 998877 147741 258852 225588 369258 369852 123000 153624 333777 111000 987123 135791
    172839 420000 635241 987321 196969 100500 415263 224466 142857 999666 258369 132456 357159 145236
    741963 258963 333444 147896 123567 875421 357951 111777 996633 556677 223322 123459 132465 515000
    222777 777999 777333 888999 115599 321678 951357 123450 334455 111555 123890 777666 963258 456987
    333555 159263 918273 114477 444555 902100 999888 999000 741258 852258 986532 214365 895623 777555
    515051 124038 258000 748596 651550 666333 110442 232425 333999 153759 123412 987789 666555 615243
    753357 555222 837519 222555 665544 141516 007700 159852 777111 555333 357753 335577 823762 777000
    699669 362514 222444 885522
""".split()  # noqa: SIM905 - a table of figures


def test_the_two_hundred_commonest_are_refused():
    assert len(set(COMMONEST)) == 200
    for pin in COMMONEST:
        with pytest.raises(InputError, match="mudah ditebak"):
            check_pin(pin)


@pytest.mark.parametrize("pin", ["170845", "311299", "123199", "900131", "081990", "199008"])
def test_dates_are_refused_and_named_as_dates(pin):
    with pytest.raises(InputError, match="mirip tanggal"):
        check_pin(pin)


def test_every_birthday_of_a_century_is_refused():
    days = (date(1930, 1, 1) + timedelta(days) for days in range(36_525))
    kept = {
        written
        for day in days
        for written in (f"{day:%d%m%y}", f"{day:%m%d%y}", f"{day:%y%m%d}")
        if weakness(written) is None
    }
    assert kept == set()


def test_the_pin_that_the_readme_prints_is_nobodys_to_choose():
    assert weakness("246813") == "pattern"


def test_nine_in_ten_pins_are_free_to_choose():
    drawn = random.Random(13).sample(range(1_000_000), 20_000)
    free = sum(weakness(f"{number:06d}") is None for number in drawn)
    assert free / len(drawn) > 0.88
