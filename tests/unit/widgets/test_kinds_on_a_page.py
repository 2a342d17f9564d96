"""Each kind of question under a thumb, a keyboard and large letters, in a real Chromium."""

import pytest
from tests.unit.umkm.kinds import CASES, LONG, PHOTO

from umkm.exercise import KINDS, rupiah, vary
from umkm_widgets import assess, practice

pytestmark = pytest.mark.browser

WITH_KEY = {question.kind: (question, key) for question, key in reversed(CASES)}
#: Marked by people: the question, and an answer.
BY_STAFF = {"long_text": (LONG, "Dua kaleng"), "photo": (PHOTO, ["ab" * 32])}
ALL = [*WITH_KEY, *BY_STAFF]

SMALL_TARGETS = """(card) => [...card.querySelectorAll("button, select, input, textarea, label.umkm-option")]
  .filter((one) => one.offsetParent && !(one.matches("input") && one.closest("label")))
  .map((one) => [one.textContent || one.id, one.getBoundingClientRect().height, one.getBoundingClientRect().width])
  .filter(([, height, width]) => height < 47.5 || width < 47.5)"""
ENABLED = """(card) => [...card.querySelectorAll("button, select, input, textarea")]
  .filter((one) => one.offsetParent && !one.matches(":disabled, [readonly]")).length"""
NAMELESS = """(card) => [...card.querySelectorAll("button, select, input, textarea")]
  .filter((one) => one.offsetParent && !one.textContent.trim() && !one.getAttribute("aria-label"))
  .filter((one) => !(one.labels && one.labels.length))
  .map((one) => one.outerHTML)"""


def practice_question(kind, **more):
    if kind in BY_STAFF:
        return practice("soal", BY_STAFF[kind][0])
    question, key = WITH_KEY[kind]
    return practice(
        "soal", question, key.right, near=dict(key.near) if more.pop("near", 0) else None, **more
    )


def checked(page, card):
    card.get_by_role("button", name="Periksa").click()
    page.until(lambda: card.locator(".umkm-feedback").inner_text() != "")
    return card.locator(".umkm-feedback").inner_text()


def do(page, *keys):
    for key in keys:
        page.tab.keyboard.press(key)
        page.pass_time(20)


def test_every_registered_kind_is_tried_here():
    assert set(WITH_KEY) == {kind for kind, question in KINDS.items() if not question.by_staff}
    assert set(BY_STAFF) == {kind for kind, question in KINDS.items() if question.by_staff}
    assert set(RIGHT) == set(WITH_KEY)


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize(("width", "size"), [(320, "16px"), (320, "32px")], ids=["plain", "large"])
def test_it_fits_a_small_screen_with_targets_for_a_thumb(open_page, kind, width, size):
    page = open_page(width)
    page.tab.add_style_tag(content=f"html {{ font-size: {size} }}")
    card = page.show(practice_question(kind))
    page.pass_time(100)
    assert page.tab.evaluate("document.documentElement.scrollWidth") <= width
    assert card.evaluate(SMALL_TARGETS) == []
    assert card.evaluate(NAMELESS) == []
    assert card.evaluate("(card) => getComputedStyle(card).transitionDuration") == "0s"


@pytest.mark.parametrize("kind", ALL)
def test_a_kept_answer_is_shown_again_and_locked_when_graded(open_page, store, kind):
    question, answer = BY_STAFF.get(kind) or (WITH_KEY[kind][0], RIGHT[kind])
    store.stored["soal"] = answer
    store.locked = True
    page = open_page()
    card = page.show(assess("soal", question, points=2))
    page.pass_time(100)
    assert card.evaluate(ENABLED) == 0
    assert store.kept == []


RIGHT = {
    "single_choice": "rumah",
    "several_choices": ["plastik", "sewa"],
    "rupiah": "250rb",
    "number": "25",
    "short_text": "prive",
    "match_pairs": {"beras": "stok", "bon": "piutang", "dapur": "prive"},
    "put_in_order": ["hitung", "tulis", "cocok", "kunci"],
    "sort_into_bins": {"plastik": "usaha", "listrik": "rumah", "beras": "usaha", "spp": "rumah"},
    "table_entry": [
        {"arah": "masuk", "jumlah": "500rb"},
        {"untuk": "Plastik", "arah": "keluar", "jumlah": "75rb"},
    ],
    "fill_statement": {"laba-kotor": "300rb", "laba": "200rb"},
    "spot_it": ["total"],
}


@pytest.mark.parametrize("kind", RIGHT)
def test_an_answer_set_from_outside_reads_back_as_it_is(open_page, store, kind):
    question, _ = WITH_KEY[kind]
    question = {"spot_it": next(q for q, _ in CASES if q.kind == "spot_it")}.get(kind, question)
    store.stored["soal"] = RIGHT[kind]
    page = open_page()
    card = page.show(assess("soal", question, points=2))
    page.pass_time(100)
    assert card.locator(".umkm-feedback").is_hidden()
    page.tab.evaluate("window.dispatchEvent(new Event('pagehide'))")
    page.pass_time(50)
    assert store.kept == []  # what the page shows is what was kept: nothing to send


def test_several_choices_with_the_keyboard(open_page, store):
    page = open_page()
    card = page.show(practice_question("several_choices"))
    assert card.get_by_text("Boleh pilih lebih dari satu.").is_visible()
    do(page, "Tab", "Space", "Tab", "Tab", "Space")
    page.until(lambda: store.stored == {"soal": ["plastik", "arisan"]})
    assert "Sudah benar: 1 dari 2." in checked(page, card)
    assert card.get_by_role("img", name="benar").count() == 1
    assert card.get_by_role("img", name="belum tepat").count() == 1


def test_a_number_says_its_unit(open_page, store):
    page = open_page()
    card = page.show(practice_question("number"))
    field = card.get_by_label("Berapa persen marginnya?")
    assert field.get_attribute("inputmode") == "decimal"
    described = field.get_attribute("aria-describedby").split()[0]
    assert page.tab.locator(f"[id='{described}']").inner_text() == "persen (%)"
    field.fill("25")
    page.until(lambda: store.stored == {"soal": "25"})
    assert "Benar." in checked(page, card)


def test_pairs_are_picked_from_lists(open_page, store):
    page = open_page()
    card = page.show(practice_question("match_pairs", near=False))
    card.get_by_label("Uang dapur").select_option("Prive")
    card.get_by_label("Bu Ani bon sabun").select_option("Persediaan")
    page.until(lambda: store.stored == {"soal": {"dapur": "prive", "bon": "stok"}})
    assert "Sudah benar: 1 dari 3." in checked(page, card)


def test_steps_move_with_buttons_that_keep_the_focus(open_page, store):
    page = open_page()
    card = page.show(practice_question("put_in_order"))
    page.pass_time(500)
    assert store.stored == {}
    card.get_by_role("button", name="Turunkan: Cocokkan").focus()
    do(page, "Enter", "Enter")
    page.until(lambda: store.stored == {"soal": ["hitung", "tulis", "cocok", "kunci"]})
    assert page.tab.evaluate("document.activeElement.ariaLabel") == "Turunkan: Cocokkan"
    assert card.get_by_text("Cocokkan: sekarang nomor 3 dari 4").count() == 1
    assert "Benar." in checked(page, card)


def test_an_item_is_tapped_then_its_bin_and_taken_up_again(open_page, store):
    page = open_page()
    card = page.show(practice_question("sort_into_bins"))
    assert card.get_by_role("button", name="Taruh di Laci usaha").is_disabled()
    for item, drawer_name in [("Plastik", "usaha"), ("SPP", "usaha"), ("SPP", "rumah")]:
        card.get_by_role("button", name=item, exact=True).click()
        card.get_by_role("button", name=f"Taruh di Laci {drawer_name}").click()
    page.until(lambda: store.stored == {"soal": {"plastik": "usaha", "spp": "rumah"}})
    at_home = card.get_by_role("group", name="Laci rumah")
    assert at_home.get_by_role("button", name="SPP").count() == 1
    assert page.tab.evaluate("document.activeElement.textContent") == "Token rumah"
    do(page, "Enter", "Tab", "Tab")  # take it up; the next item, then the first bin's content
    assert card.get_by_text("Sekarang ketuk tempat untuk: Token rumah").is_visible()


def test_rows_are_added_changed_deleted_and_brought_back(open_page, store):
    page = open_page()
    card = page.show(practice_question("table_entry"))
    undo = card.get_by_role("button", name="Urungkan")
    assert undo.is_disabled()
    card.get_by_label("Jumlah").fill("500rb")
    card.get_by_label("Masuk atau keluar").select_option("Masuk")
    card.get_by_role("button", name="+ Tambah baris").click()
    assert page.tab.evaluate("document.activeElement.labels[0].textContent") == "Keterangan"
    card.get_by_label("Jumlah").nth(1).fill("75rb")
    page.until(lambda: len(store.stored.get("soal", [])) == 2)
    card.get_by_role("button", name="Hapus baris 1").click()
    page.until(lambda: store.stored == {"soal": [{"jumlah": "75rb"}]})
    undo.click()
    page.until(lambda: len(store.stored["soal"]) == 2)
    assert store.stored["soal"][0] == {"jumlah": "500rb", "arah": "masuk"}
    undo.click()  # the amount of the second row
    page.until(lambda: store.stored["soal"][1] == {})
    assert card.get_by_label("Jumlah").nth(1).input_value() == ""
    card.get_by_role("button", name="Hapus baris 2").click()
    card.get_by_role("button", name="Hapus baris 1").click()
    page.until(lambda: store.stored == {"soal": None})


def test_a_cell_that_means_two_things_is_asked_back(open_page, store):
    page = open_page()
    card = page.show(practice_question("table_entry"))
    card.get_by_label("Jumlah").fill("15")
    page.until(lambda: card.get_by_text("Baris 1, Jumlah: Maksud Anda Rp15").is_visible())


def test_a_statement_marks_a_line_that_follows_from_a_mistake(open_page, store):
    page = open_page()
    card = page.show(practice_question("fill_statement"))
    assert card.get_by_text("Rp900.000").is_visible()
    card.get_by_label("Laba kotor").fill("250rb")
    card.get_by_label("Laba bersih").fill("150rb")
    page.until(lambda: store.stored == {"soal": {"laba-kotor": "250rb", "laba": "150rb"}})
    assert "Sudah benar: 1 dari 2." in checked(page, card)
    signs = card.locator(".umkm-mark")
    assert [sign.get_attribute("aria-label") for sign in signs.all()] == ["belum tepat", "benar"]


def test_the_wrong_part_of_a_paper_is_tapped_with_the_keyboard_too(open_page, store):
    spot = next(
        question for question, _ in CASES if question.kind == "spot_it" and question.most == 2
    )
    page = open_page()
    card = page.show(practice("soal", spot, ["nama", "jumlah"]))
    do(page, "Tab", "Space", "Tab", "Space", "Tab", "Space")
    assert card.get_by_text("Sudah 2 bagian. Lepas satu dulu.").count() == 1
    page.until(lambda: store.stored == {"soal": ["jam", "nama"]})
    do(page, "Shift+Tab", "Shift+Tab", "Space", "Tab", "Tab", "Space")
    page.until(lambda: store.stored == {"soal": ["nama", "jumlah"]})
    assert card.locator("[aria-pressed=true]").count() == 2
    assert "Benar." in checked(page, card)


PROFIT = vary(rupiah("Jual {jual:rp}. Laba?"), {"jual": (400_000, 900_000, 10_000)})


def test_other_numbers_are_asked_for_and_the_reckoning_opens(open_page, store):
    page = open_page()
    widget = practice("laba", PROFIT, "jual / 2", why=["Bagi dua: {jual / 2:rp}"])
    card = page.show(widget)
    explain = card.get_by_role("button", name="Lihat caranya")
    assert explain.is_disabled()
    first = card.locator(".umkm-prompt").inner_text()
    card.locator("input").fill("1rb")
    checked(page, card)
    explain.click()
    page.until(lambda: card.get_by_text("Bagi dua: Rp").is_visible())
    card.get_by_role("button", name="Coba angka lain").click()
    page.until(lambda: card.locator(".umkm-prompt").inner_text() != first)
    assert card.locator("input").input_value() == ""
    assert page.tab.evaluate("document.activeElement.tagName") == "INPUT"
    card.locator("input").fill("2rb")
    attempt = widget.question["attempt"]
    assert attempt > 1
    page.until(lambda: store.stored == {"laba": {"attempt": attempt, "answer": "2rb"}})
    page.until(lambda: card.get_attribute("data-save") == "saved")


@pytest.mark.parametrize("kind", RIGHT)
def test_nothing_moves_when_feedback_appears(open_page, kind):
    page = open_page()
    page.tab.evaluate(
        "() => { window.moved = 0; new PerformanceObserver((list) => list.getEntries().forEach((one) => "
        "{ window.moved += one.value; })).observe({ type: 'layout-shift', buffered: false }); }"
    )
    question, key = WITH_KEY[kind]
    widget = practice("soal", question, key.right)
    card = page.show(widget)
    widget.answer = RIGHT[kind]
    page.pass_time(100)
    page.tab.wait_for_timeout(50)
    page.tab.evaluate("window.moved = 0")
    below = "(card) => card.getBoundingClientRect().height"
    before = card.evaluate(below)
    widget.check()
    page.until(lambda: card.get_by_text("Benar.").is_visible())
    page.tab.wait_for_timeout(50)
    assert card.evaluate(below) == before
    assert page.tab.evaluate("window.moved") == 0


@pytest.mark.parametrize("typed", ["9rb", "1.275.000", "9 juta 850 ribu"])
def test_the_button_stays_where_it_is_while_an_amount_is_typed(open_page, typed):
    page = open_page()
    card = page.show(practice("soal", rupiah("Laba?"), 9000))
    button = card.get_by_role("button", name="Periksa")
    before = button.bounding_box()
    card.locator("input").fill(typed)
    page.until(lambda: card.get_by_text("rupiah)").is_visible())
    assert button.bounding_box() == before
