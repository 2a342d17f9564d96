"""Each core widget: set from Python, changed by the reader, seen by Python.

Every test runs twice: in our template and in Voila's stock one, which is the reference.
"""

import json
import re

import ipywidgets
import pytest
from ipywidgets import DOMWidget
from ipywidgets.widgets.widget import _registry
from playwright.sync_api import expect
from tests.frontend.conftest import Visit
from tests.frontend.zoo import CONTROLS, zoo_notebook

pytestmark = pytest.mark.browser

#: What only our page promises: stock gives up on a module that loads for more than two seconds, runs
#: the scripts of outputs, and asks other hosts.
OURS = pytest.mark.parametrize("zoo", ["slim"], indirect=True)


@pytest.fixture(scope="module", params=["slim", "stock"])
def zoo(request, chromium, notebooks):
    visit = Visit(chromium)
    visit.is_stock = request.param == "stock"
    server = request.getfixturevalue("stock_voila" if visit.is_stock else "small_voila")
    # What stock asks of other hosts would only keep it waiting here.
    visit.context.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), lambda route: route.abort())
    visit.page.goto(server.address("zoo"))
    expect(visit.page.locator(".t-setter")).to_be_visible()
    # The counter's own module takes three seconds on purpose.
    expect(visit.page.locator(".c-plus")).to_be_visible()
    yield visit
    visit.context.close()


def at(zoo, name):
    return zoo.page.locator(f".t-{name}")


def python_sees(zoo, name, expected):
    zoo.page.wait_for_function(
        "([name, value]) => { const s = document.querySelector('.t-seen textarea').value;"
        " return s && JSON.stringify(JSON.parse(s)[name]) === value; }",
        arg=[name, json.dumps(expected, separators=(",", ":"))],
        timeout=10_000,
    )


@pytest.mark.parametrize("name", CONTROLS)
def test_is_drawn(zoo, name):
    expect(at(zoo, name)).to_have_count(1)


#: Parts of other widgets, with no place of their own on a page.
PARTS = {"Axis", "_Media"}


def test_no_core_widget_is_missing():
    """By ipywidgets' own register."""
    kinds = {kind for _, kind in _registry.items()}
    core = {kind.__name__ for kind in kinds if issubclass(kind, DOMWidget)} - PARTS
    core = {name for name in core if hasattr(ipywidgets, name)}
    assert len(core) > 45
    shown = zoo_notebook()
    assert {name for name in core if f"w.{name}(" not in shown} == set()


@OURS
def test_one_widget_cannot_be_drawn_and_says_so(zoo):
    """It belongs to no package that the page knows."""
    expect(zoo.page.locator(".slim-rusak")).to_have_count(1)
    expect(zoo.page.locator(".slim-rusak")).to_contain_text("belum bisa ditampilkan")


def test_media_controller_box(zoo):
    audio = zoo.page.locator("audio.t-Audio, .t-Audio audio").first
    zoo.page.wait_for_function("e => e.duration > 0", arg=audio.element_handle())
    assert audio.evaluate("e => e.duration.toFixed(1)") == "0.1"
    assert zoo.page.locator("video.t-Video, .t-Video video").count() == 1
    expect(at(zoo, "Controller")).to_contain_text("gamepad")
    expect(at(zoo, "Box")).to_have_text("kotak")


TYPED = {
    "IntText": ("input", "12", 12),
    "BoundedIntText": ("input", "13", 13),
    "FloatText": ("input", "1.25", 1.25),
    "BoundedFloatText": ("input", "2.25", 2.25),
    "Text": ("input", "ketik", "ketik"),
    "Textarea": ("textarea", "ketik", "ketik"),
    "Password": ("input", "sandi", "sandi"),
    "Combobox": ("input", "b", "b"),
    "DatePicker": ("input", "2028-02-29", "2028-02-29"),
    "NaiveDatetimePicker": ("input", "2028-02-29T10:20", "2028-02-29 10:20:00"),
    "TimePicker": ("input", "10:20", "10:20:00"),
}


@pytest.mark.parametrize("name", TYPED)
def test_typed_by_the_reader(zoo, name):
    tag, text, expected = TYPED[name]
    field = at(zoo, name).locator(tag).first
    field.fill(text)
    field.press("Tab")
    python_sees(zoo, name, expected)


@pytest.mark.parametrize(
    ("name", "key", "expected"),
    [
        ("IntSlider", "ArrowRight", 4),
        ("FloatSlider", "ArrowRight", 1.6),
        ("SelectionSlider", "ArrowRight", "b"),
        ("IntRangeSlider", "ArrowRight", "(3, 4)"),
        ("FloatRangeSlider", "ArrowRight", "(2.1, 4.0)"),
    ],
)
def test_slid_by_the_reader(zoo, name, key, expected):
    at(zoo, name).locator(".noUi-handle").first.press(key)
    python_sees(zoo, name, expected)


def test_chosen_by_the_reader(zoo):
    at(zoo, "Dropdown").locator("select").select_option("c")
    at(zoo, "RadioButtons").locator("input").nth(2).check()
    at(zoo, "Select").locator("select").select_option("c")
    at(zoo, "SelectMultiple").locator("select").select_option(["a", "c"])
    at(zoo, "ToggleButtons").locator("button").nth(2).click()
    at(zoo, "Checkbox").locator("input").check()
    at(zoo, "ToggleButton").click()
    at(zoo, "ColorPicker").locator("input[type=text]").fill("#0a0b0c")
    at(zoo, "ColorPicker").locator("input[type=text]").press("Tab")
    for name in ("Dropdown", "RadioButtons", "Select", "ToggleButtons"):
        python_sees(zoo, name, "c")
    python_sees(zoo, "SelectMultiple", "('a', 'c')")
    python_sees(zoo, "Checkbox", expected=True)
    python_sees(zoo, "ToggleButton", expected=True)
    python_sees(zoo, "ColorPicker", "#0a0b0c")


def test_tags_are_added(zoo):
    at(zoo, "TagsInput").click()
    field = at(zoo, "TagsInput").locator("input")
    field.fill("baru")
    field.press("Enter")
    python_sees(zoo, "TagsInput", "['a', 'baru']")
    # The field goes as the focus does, and what stands below moves up.
    zoo.page.locator("h1").click()
    expect(field).to_be_hidden()


def test_button_counts(zoo):
    at(zoo, "Button").click()
    at(zoo, "Button").click()
    expect(at(zoo, "presses")).to_have_text("2")


def test_tab_accordion_stack(zoo):
    expect(at(zoo, "Tab").get_by_text("isi dua")).to_be_hidden()
    at(zoo, "Tab").locator(".lm-TabBar-tab").nth(1).click()
    expect(at(zoo, "Tab").get_by_text("isi dua")).to_be_visible()
    python_sees(zoo, "Tab", 1)
    at(zoo, "Accordion").locator(".jupyter-widget-Collapse-header").nth(1).click()
    expect(at(zoo, "Accordion").get_by_text("lipat dua")).to_be_visible()
    python_sees(zoo, "Accordion", 1)
    expect(at(zoo, "Stack")).to_have_text("tumpuk satu")


def test_jslink_without_python(zoo):
    at(zoo, "linkA").locator(".noUi-handle").press("ArrowRight")
    expect(at(zoo, "linkB").locator("input")).to_have_value("2")


def test_picture_from_bytes(zoo):
    assert zoo.page.evaluate("document.querySelector('img.t-Image').naturalWidth") == 1


def test_upload_of_300_kb(zoo):
    with zoo.page.expect_file_chooser() as chooser:
        at(zoo, "FileUpload").click()
    photo = {"name": "foto.bin", "mimeType": "application/octet-stream", "buffer": bytes(300_000)}
    chooser.value.set_files(photo)
    python_sees(zoo, "FileUpload", ["foto.bin", 300_000])


def test_output_catches(zoo):
    at(zoo, "print").click()
    expect(at(zoo, "Output")).to_contain_text("baris satu")
    expect(at(zoo, "Output").locator(".widget-label")).to_have_text("widget di dalam")
    at(zoo, "crash").click()
    expect(at(zoo, "Output")).to_contain_text("ZeroDivisionError")
    at(zoo, "wipe").click()
    expect(at(zoo, "Output")).to_have_text("")
    expect(at(zoo, "held")).to_have_text("dari awal")


@OURS
def test_anywidget(zoo):
    plus = zoo.page.locator(".c-plus")
    plus.click()
    expect(plus).to_have_text("hitung 1")
    python_sees(zoo, "Counter", 1)
    assert plus.evaluate("e => getComputedStyle(e).color") == "rgb(1, 2, 3)"
    zoo.page.locator(".c-text").click()
    expect(zoo.page.locator(".c-text")).to_have_text("halo 3,2,1")
    zoo.page.locator(".c-call").click()
    expect(zoo.page.locator(".c-call")).to_have_text("42")


def test_our_question(zoo):
    field = at(zoo, "Question").locator("input")
    field.fill("15rb")
    python_sees(zoo, "Question", "15rb")
    at(zoo, "Question").get_by_text("Periksa").click()
    expect(at(zoo, "Question").locator(".umkm-feedback")).to_contain_text("✓")
    at(zoo, "fill").click()
    expect(field).to_have_value("25 ribu")


def test_plain_outputs(zoo):
    expect(zoo.page.locator(".t-html")).to_have_text("html")
    expect(zoo.page.get_by_text("tebal", exact=True).last).to_be_visible()
    expect(zoo.page.get_by_text("keluar")).to_be_visible()


#: A drawn formula: KaTeX's, and those of the MathJax that stock has.
FORMULA = ".katex, mjx-container"


def formulas(place, count, displayed=0):
    expect(place.locator(FORMULA)).to_have_count(count)
    expect(place.locator(".katex-display, mjx-container[display=true]")).to_have_count(displayed)


def test_formulas_of_the_text(zoo):
    text = zoo.page.locator("div", has_text="Laba").filter(has_text="harga").last
    expect(text.locator("em")).to_have_text("miring")
    expect(text.locator("code")).to_have_text("$kode$")
    # Alike in both: a fraction of its own line, with a part above and a part below.
    whole = zoo.page.locator("body")
    expect(whole.locator(".mfrac, mjx-mfrac").first).to_be_visible()


def test_an_escaped_dollar_is_money(zoo):
    """Stock takes what stands between two of them for a formula."""
    line = zoo.page.locator("p", has_text="Laba")
    formulas(line, 2 if zoo.is_stock else 1)
    if not zoo.is_stock:
        expect(line).to_contain_text("harga $5 atau $10")


def test_formulas_of_widgets(zoo):
    formulas(at(zoo, "FormulaLabel"), 1)
    formulas(at(zoo, "FormulaHTML"), 2, displayed=1)
    formulas(at(zoo, "FormulaCheckbox"), 1)
    expect(at(zoo, "FormulaCheckbox")).to_contain_text("setuju")


@OURS
def test_a_broken_formula_stays_as_it_was_written(zoo):
    expect(at(zoo, "FormulaBroken")).to_have_text(r"Rusak $\salah{1}$")


def test_formulas_of_what_a_cell_displays(zoo):
    formulas(at(zoo, "FormulaPlain"), 1)
    if not zoo.is_stock:
        formulas(zoo.page.locator(".output_latex"), 2)
        formulas(zoo.page.locator(".output_markdown", has_text="l"), 1)


def test_formulas_and_markdown_that_come_later(zoo):
    at(zoo, "formulas").click()
    out = at(zoo, "FormulaOutput")
    formulas(out, 7, displayed=2)
    expect(out.locator("h2")).to_have_text(re.compile("^Judul"))
    expect(out.locator("strong")).to_have_text("tebal")
    expect(out.locator("td").first).to_have_text("1")
    expect(out).to_contain_text("$5")
    formulas(at(zoo, "FormulaLabel"), 1)
    expect(at(zoo, "FormulaLabel")).to_contain_text("Keliling")


@OURS
def test_formulas_bring_their_own_fonts(zoo):
    zoo.page.wait_for_function("() => document.fonts.check('16px KaTeX_Main')")
    fonts = [url for url in zoo.requests if url.endswith(".woff2")]
    assert 0 < len(fonts) < 10
    assert all("/aset/slim/font-" in url for url in fonts)


@OURS
def test_no_script_of_an_output_runs(zoo):
    assert zoo.page.evaluate("() => window.harm ?? null") is None


def test_set_from_python(zoo):
    """Last here: it changes everything."""
    at(zoo, "setter").click()
    expect(at(zoo, "done")).to_have_text("selesai")
    fields = {
        "IntText": "41", "BoundedIntText": "42", "FloatText": "4.25", "BoundedFloatText": "4.5",
        "Text": "dari Python", "Password": "baru", "Combobox": "b", "DatePicker": "2027-03-04",
        "NaiveDatetimePicker": "2027-03-04T05:06", "TimePicker": "05:06",
    }  # fmt: skip
    for name, value in fields.items():
        expect(at(zoo, name).locator("input").first).to_have_value(re.compile(f"^{value}"))
    expect(at(zoo, "Textarea").locator("textarea")).to_have_value("dari Python")
    expect(at(zoo, "ColorPicker").locator("input[type=text]")).to_have_value("#445566")
    for name in ("Dropdown", "Select"):
        expect(at(zoo, name).locator("select")).to_have_value("b")
    expect(at(zoo, "SelectMultiple").locator("select")).to_have_values(["b"])
    expect(at(zoo, "RadioButtons").locator("input").nth(1)).to_be_checked()
    expect(at(zoo, "ToggleButtons").locator("button").nth(1)).to_have_class(
        re.compile("mod-active")
    )
    expect(at(zoo, "Checkbox").locator("input")).to_be_checked()
    expect(at(zoo, "Label")).to_have_text("baru")
    expect(at(zoo, "HTML").locator("b")).to_have_text("baru")
    expect(at(zoo, "HTMLMath").locator(".widget-htmlmath-content > i")).to_have_text("y")
    formulas(at(zoo, "HTMLMath"), 1)
    slides = {
        "IntSlider": "8", "FloatSlider": "2.50", "FloatLogSlider": "100", "IntRangeSlider": "3 – 8",
        "FloatRangeSlider": "1.00 – 3.00", "SelectionSlider": "c", "SelectionRangeSlider": "b-c",
    }  # fmt: skip
    for name, text in slides.items():
        expect(at(zoo, name).locator(".widget-readout")).to_contain_text(text)
    tags = {"TagsInput": 2, "ColorsInput": 2, "IntsInput": 2, "FloatsInput": 2}
    for name, count in tags.items():
        expect(at(zoo, name).locator(".jupyter-widget-tag:not(input)")).to_have_count(count)
    expect(at(zoo, "Stack")).to_have_text("tumpuk dua")
    expect(at(zoo, "Tab").get_by_text("isi dua")).to_be_visible()


@OURS
def test_page_is_quiet(zoo):
    """No error but the one widget that nobody can draw; no host but ours."""
    unexpected = [
        p
        for p in zoo.problems
        if not re.search("numb|inline (script|event handler)", p, re.IGNORECASE)
    ]
    assert unexpected == []
    assert [
        url for url in zoo.requests if not url.startswith(("http://127.0.0.1:", "blob:", "data:"))
    ] == []
