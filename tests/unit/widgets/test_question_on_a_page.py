"""What a thumb, a keyboard and a screen reader meet: the widget in a real Chromium."""

import pytest

from umkm.exercise import long_text, rupiah, single_choice
from umkm_widgets import assess, practice

pytestmark = pytest.mark.browser

EVIL = '<img src=x onerror="document.title=`XSS`"><script>document.title="XSS"</script>'
DRAWER = single_choice(
    f"Laci mana? {EVIL}", {"usaha": "Laci usaha", "rumah": "Laci rumah", "aneh": EVIL}
)
PROFIT = rupiah("Berapa labanya?")
PLAN = long_text("Apa rencana Anda?", max_chars=80)


def state(card):
    return card.get_attribute("data-save")


def test_a_change_shows_saving_at_once_and_saved_only_when_it_is(open_page, store):
    page = open_page()
    card = page.show(assess("rencana", PLAN, points=5))
    assert card.locator(".umkm-save").inner_text() == ""
    page.connected = False
    card.get_by_label("Apa rencana Anda?").fill("Dua kaleng")
    assert card.get_by_text("Menyimpan…").is_visible()
    page.pass_time(3_000)
    assert (state(card), store.stored) == ("saving", {})
    page.connected = True
    page.until(lambda: state(card) == "saved")
    assert card.get_by_text("Tersimpan").is_visible()
    assert store.stored == {"rencana": "Dua kaleng"}


def test_typing_is_sent_once_it_pauses(open_page, store):
    page = open_page()
    card = page.show(assess("rencana", PLAN, points=5))
    field = card.get_by_label("Apa rencana Anda?")
    for letter in "kaleng":
        field.press(letter)
        page.pass_time(100)
    assert page.messages == []
    page.until(lambda: state(card) == "saved")
    assert [(message["answer"], message["seq"]) for message in page.messages] == [("kaleng", 6)]


@pytest.mark.parametrize("event", ["pagehide", "blur"])
def test_leaving_sends_what_was_typed_at_once(open_page, store, event):
    page = open_page()
    card = page.show(assess("rencana", PLAN, points=5))
    field = card.get_by_label("Apa rencana Anda?")
    field.fill("Dua kaleng")
    if event == "blur":
        field.blur()
    else:
        page.tab.evaluate("window.dispatchEvent(new Event('pagehide'))")
    page.pass_time(1)
    assert store.stored == {"rencana": "Dua kaleng"}


def test_a_failure_is_told_and_tried_again_by_button_and_by_itself(open_page, store):
    page = open_page()
    card = page.show(assess("rencana", PLAN, points=5))
    store.break_down()
    card.get_by_label("Apa rencana Anda?").fill("Dua kaleng")
    page.until(lambda: state(card) == "failed")
    assert card.get_by_text("Belum tersimpan. Penyimpanan penuh. Beri tahu pengajar.").is_visible()
    card.get_by_role("button", name="Coba lagi").click()
    page.pass_time(100)
    assert state(card) == "failed"
    store.failure = None
    page.until(lambda: state(card) == "saved", turns=120)
    assert store.stored == {"rencana": "Dua kaleng"}
    assert card.get_by_role("button", name="Coba lagi").is_hidden()


def test_two_pages_of_one_widget_each_wait_for_their_own_answer(open_page, store):
    page = open_page()
    widget = assess("rencana", PLAN, points=5)
    card = page.show(widget)
    card.get_by_label("Apa rencana Anda?").fill("Dari HP ini")
    widget._handle_custom_msg(
        {"type": "change", "answer": "Dari HP lain", "writer": "lain", "seq": 9}, []
    )
    page.pass_time(10)
    assert state(card) == "saving"
    assert card.get_by_label("Apa rencana Anda?").input_value() == "Dari HP ini"
    page.until(lambda: state(card) == "saved")
    assert store.stored == {"rencana": "Dari HP ini"}
    widget._handle_custom_msg(
        {"type": "change", "answer": "Dari HP lain lagi", "writer": "lain", "seq": 10}, []
    )
    page.pass_time(10)
    assert card.get_by_label("Apa rencana Anda?").input_value() == "Dari HP lain lagi"


def test_without_a_keeper_there_is_no_line_about_saving(open_page):
    page = open_page()
    card = page.show(practice("rencana", PLAN))
    card.get_by_label("Apa rencana Anda?").fill("Dua kaleng")
    page.pass_time(7_000)
    assert card.locator(".umkm-save").is_hidden()
    assert [message["type"] for message in page.messages] == ["change"]


def test_without_a_keeper_an_answer_set_in_python_is_shown(open_page):
    page = open_page()
    widget = practice("rencana", PLAN)
    card = page.show(widget)
    field = card.get_by_label("Apa rencana Anda?")
    field.fill("Dua kaleng")
    page.until(lambda: widget.answer == "Dua kaleng")
    page.pass_time(1)
    widget.answer = "Tiga kaleng"
    page.pass_time(1)
    assert field.input_value() == "Tiga kaleng"


def test_what_python_sends_late_never_replaces_what_is_being_typed(open_page, store):
    page = open_page()
    widget = assess("rencana", PLAN, points=5)
    card = page.show(widget)
    field = card.get_by_label("Apa rencana Anda?")
    field.fill("Dua")
    page.until(lambda: widget.answer == "Dua")
    field.press_sequentially(" kaleng")
    page.pass_time(10)
    assert field.input_value() == "Dua kaleng"
    page.until(lambda: store.stored == {"rencana": "Dua kaleng"})


def test_a_choice_is_practised_with_the_keyboard_alone(open_page, store):
    page = open_page()
    card = page.show(practice("laci", DRAWER, "rumah", near={"usaha": (0, f"Bukan. {EVIL}")}))
    for key in ("Tab", "Space", "Tab", "Enter"):
        page.tab.keyboard.press(key)
        page.pass_time(50)
    assert card.get_by_role("status").filter(has_text="Bukan.").is_visible()
    for key in ("Shift+Tab", "ArrowDown", "Tab", "Enter"):
        page.tab.keyboard.press(key)
        page.pass_time(50)
    assert card.get_by_role("status").filter(has_text="Benar.").is_visible()
    assert store.checks == [("laci", "wrong"), ("laci", "right")]


def test_text_is_text_wherever_it_comes_from(open_page, store):
    store.stored = {"rencana": EVIL[:80], "laba": EVIL}
    page = open_page()
    page.show(assess("laci", DRAWER, points=2))
    page.show(assess("laba", PROFIT, points=2))
    page.show(assess("rencana", PLAN, points=2))
    page.pass_time(500)
    assert page.tab.title() == "Latihan"
    assert page.tab.locator("img, body script").count() == 0
    assert page.tab.get_by_label(EVIL).count() == 1
    assert page.tab.get_by_role("group", name="Laci mana?").count() == 1


def test_an_amount_that_means_two_things_is_asked_back_and_picked(open_page, store):
    page = open_page()
    card = page.show(practice("laba", PROFIT, 15_000))
    field = card.get_by_label("Berapa labanya?")
    field.fill("15")
    page.until(lambda: card.get_by_text("Maksud Anda Rp15 atau Rp15.000?").is_visible())
    card.get_by_role("button", name="Rp15.000 lima belas ribu rupiah").click()
    page.until(lambda: card.get_by_text("(lima belas ribu rupiah)").is_visible())
    assert field.input_value() == "Rp15.000"
    card.get_by_role("button", name="Periksa").click()
    page.until(lambda: card.get_by_text("Benar.").is_visible())
    assert store.stored == {"laba": "Rp15.000"}


def test_a_number_pad_reaches_thousands_and_millions(open_page, store):
    page = open_page()
    card = page.show(assess("laba", PROFIT, points=2))
    field = card.get_by_label("Berapa labanya?")
    assert field.get_attribute("inputmode") == "decimal"
    field.fill("1,5")
    card.get_by_role("button", name="Tambah kata ribu").click()
    card.get_by_role("button", name="Tambah kata juta").click()
    page.until(lambda: card.get_by_text("(satu juta lima ratus ribu rupiah)").is_visible())
    assert store.stored == {"laba": "1,5 juta"}


def test_a_sheet_sent_from_elsewhere_locks_and_shows_what_was_sent(open_page, store):
    store.stored = {"laci": "usaha"}
    page = open_page()
    card = page.show(assess("laci", DRAWER, points=2))
    store.locked = True
    card.get_by_label("Laci rumah").check()
    page.until(lambda: card.get_by_text("Jawaban sudah dikirim").is_visible())
    assert card.get_by_label("Laci usaha").is_checked()
    assert card.get_by_label("Laci rumah").is_disabled()
    assert store.stored == {"laci": "usaha"}


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_every_target_fits_the_screen_and_the_thumb(open_page, store, width):
    page = open_page(width)
    store.break_down()
    page.show(practice("laba", PROFIT, 15_000))
    store.failure = None
    page.show(practice("laci", DRAWER, "rumah"))
    card = page.show(practice("laba-dua", PROFIT, 15_000))
    card.get_by_label("Berapa labanya?").fill("15")
    store.break_down()
    page.until(lambda: state(card) == "failed")
    assert page.tab.evaluate("document.documentElement.scrollWidth") == width
    heights = page.tab.evaluate(
        "[...document.querySelectorAll('button, .umkm-option, .umkm-input')].filter((node) => node.offsetParent)"
        ".map((node) => node.getBoundingClientRect().height)"
    )
    assert len(heights) > 10
    assert min(heights) >= 48
