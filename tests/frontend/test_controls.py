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
from tests.frontend.widget_notebooks import CONTROLS, widgets_notebook

pytestmark = pytest.mark.browser

#: What only our page promises: stock gives up on a module that loads for more than two seconds, runs
#: the scripts of outputs, and asks other hosts.
OURS = pytest.mark.parametrize("widgets", ["slim"], indirect=True)


@pytest.fixture(scope="module", params=["slim", "stock"])
def widgets(request, chromium, notebooks):
    visit = Visit(chromium)
    visit.is_stock = request.param == "stock"
    server = request.getfixturevalue("stock_voila" if visit.is_stock else "small_voila")
    # What stock asks of other hosts would only keep it waiting here.
    visit.context.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), lambda route: route.abort())
    visit.page.goto(server.address("widgets"))
    expect(visit.page.locator(".t-setter")).to_be_visible()
    # The counter's own module takes three seconds on purpose.
    expect(visit.page.locator(".c-plus")).to_be_visible()
    yield visit
    visit.context.close()


def at(widgets, name):
    return widgets.page.locator(f".t-{name}")


def python_sees(widgets, name, expected):
    widgets.page.wait_for_function(
        "([name, value]) => { const s = document.querySelector('.t-seen textarea').value;"
        " return s && JSON.stringify(JSON.parse(s)[name]) === value; }",
        arg=[name, json.dumps(expected, separators=(",", ":"))],
        timeout=10_000,
    )


@pytest.mark.parametrize("name", CONTROLS)
def test_is_drawn(widgets, name):
    expect(at(widgets, name)).to_have_count(1)


#: Parts of other widgets, with no place of their own on a page.
PARTS = {"Axis", "_Media"}


def test_no_core_widget_is_missing():
    """By ipywidgets' own register."""
    kinds = {kind for _, kind in _registry.items()}
    core = {kind.__name__ for kind in kinds if issubclass(kind, DOMWidget)} - PARTS
    core = {name for name in core if hasattr(ipywidgets, name)}
    assert len(core) > 45
    shown = widgets_notebook()
    assert {name for name in core if f"w.{name}(" not in shown} == set()


@OURS
def test_one_widget_cannot_be_drawn_and_says_so(widgets):
    """It belongs to no package that the page knows."""
    expect(widgets.page.locator(".slim-rusak")).to_have_count(1)
    expect(widgets.page.locator(".slim-rusak")).to_contain_text("belum bisa ditampilkan")


def test_media_controller_box(widgets):
    audio = widgets.page.locator("audio.t-Audio, .t-Audio audio").first
    widgets.page.wait_for_function("e => e.duration > 0", arg=audio.element_handle())
    assert audio.evaluate("e => e.duration.toFixed(1)") == "0.1"
    assert widgets.page.locator("video.t-Video, .t-Video video").count() == 1
    expect(at(widgets, "Controller")).to_contain_text("gamepad")
    expect(at(widgets, "Box")).to_have_text("kotak")


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
def test_typed_by_the_reader(widgets, name):
    tag, text, expected = TYPED[name]
    field = at(widgets, name).locator(tag).first
    field.fill(text)
    field.press("Tab")
    python_sees(widgets, name, expected)


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
def test_slid_by_the_reader(widgets, name, key, expected):
    at(widgets, name).locator(".noUi-handle").first.press(key)
    python_sees(widgets, name, expected)


def test_chosen_by_the_reader(widgets):
    at(widgets, "Dropdown").locator("select").select_option("c")
    at(widgets, "RadioButtons").locator("input").nth(2).check()
    at(widgets, "Select").locator("select").select_option("c")
    at(widgets, "SelectMultiple").locator("select").select_option(["a", "c"])
    at(widgets, "ToggleButtons").locator("button").nth(2).click()
    at(widgets, "Checkbox").locator("input").check()
    at(widgets, "ToggleButton").click()
    at(widgets, "ColorPicker").locator("input[type=text]").fill("#0a0b0c")
    at(widgets, "ColorPicker").locator("input[type=text]").press("Tab")
    for name in ("Dropdown", "RadioButtons", "Select", "ToggleButtons"):
        python_sees(widgets, name, "c")
    python_sees(widgets, "SelectMultiple", "('a', 'c')")
    python_sees(widgets, "Checkbox", expected=True)
    python_sees(widgets, "ToggleButton", expected=True)
    python_sees(widgets, "ColorPicker", "#0a0b0c")


def test_tags_are_added(widgets):
    at(widgets, "TagsInput").click()
    field = at(widgets, "TagsInput").locator("input")
    field.fill("baru")
    field.press("Enter")
    python_sees(widgets, "TagsInput", "['a', 'baru']")
    # The field goes as the focus does, and what stands below moves up.
    widgets.page.locator("h1").click()
    expect(field).to_be_hidden()


def test_button_counts(widgets):
    at(widgets, "Button").click()
    at(widgets, "Button").click()
    expect(at(widgets, "presses")).to_have_text("2")


def test_tab_accordion_stack(widgets):
    expect(at(widgets, "Tab").get_by_text("isi dua")).to_be_hidden()
    at(widgets, "Tab").locator(".lm-TabBar-tab").nth(1).click()
    expect(at(widgets, "Tab").get_by_text("isi dua")).to_be_visible()
    python_sees(widgets, "Tab", 1)
    at(widgets, "Accordion").locator(".jupyter-widget-Collapse-header").nth(1).click()
    expect(at(widgets, "Accordion").get_by_text("lipat dua")).to_be_visible()
    python_sees(widgets, "Accordion", 1)
    expect(at(widgets, "Stack")).to_have_text("tumpuk satu")


def test_jslink_without_python(widgets):
    at(widgets, "linkA").locator(".noUi-handle").press("ArrowRight")
    expect(at(widgets, "linkB").locator("input")).to_have_value("2")


def test_picture_from_bytes(widgets):
    assert widgets.page.evaluate("document.querySelector('img.t-Image').naturalWidth") == 1


def test_upload_of_300_kb(widgets):
    with widgets.page.expect_file_chooser() as chooser:
        at(widgets, "FileUpload").click()
    photo = {"name": "foto.bin", "mimeType": "application/octet-stream", "buffer": bytes(300_000)}
    chooser.value.set_files(photo)
    python_sees(widgets, "FileUpload", ["foto.bin", 300_000])


def test_output_catches(widgets):
    at(widgets, "print").click()
    expect(at(widgets, "Output")).to_contain_text("baris satu")
    expect(at(widgets, "Output").locator(".widget-label")).to_have_text("widget di dalam")
    at(widgets, "crash").click()
    expect(at(widgets, "Output")).to_contain_text("ZeroDivisionError")
    at(widgets, "wipe").click()
    expect(at(widgets, "Output")).to_have_text("")
    expect(at(widgets, "held")).to_have_text("dari awal")


@OURS
def test_anywidget(widgets):
    plus = widgets.page.locator(".c-plus")
    plus.click()
    expect(plus).to_have_text("hitung 1")
    python_sees(widgets, "Counter", 1)
    assert plus.evaluate("e => getComputedStyle(e).color") == "rgb(1, 2, 3)"
    widgets.page.locator(".c-text").click()
    expect(widgets.page.locator(".c-text")).to_have_text("halo 3,2,1")
    widgets.page.locator(".c-call").click()
    expect(widgets.page.locator(".c-call")).to_have_text("42")


def test_our_question(widgets):
    field = at(widgets, "Question").locator("input")
    field.fill("15rb")
    python_sees(widgets, "Question", "15rb")
    at(widgets, "Question").get_by_text("Periksa").click()
    expect(at(widgets, "Question").locator(".umkm-feedback")).to_contain_text("✓")
    at(widgets, "fill").click()
    expect(field).to_have_value("25 ribu")


def test_plain_outputs(widgets):
    expect(widgets.page.locator(".t-html")).to_have_text("html")
    expect(widgets.page.get_by_text("tebal", exact=True).last).to_be_visible()
    expect(widgets.page.get_by_text("keluar")).to_be_visible()


#: A drawn formula: KaTeX's, and those of the MathJax that stock has.
FORMULA = ".katex, mjx-container"


def formulas(place, count, displayed=0):
    expect(place.locator(FORMULA)).to_have_count(count)
    expect(place.locator(".katex-display, mjx-container[display=true]")).to_have_count(displayed)


def test_formulas_of_the_text(widgets):
    text = widgets.page.locator("div", has_text="Laba").filter(has_text="harga").last
    expect(text.locator("em")).to_have_text("miring")
    expect(text.locator("code")).to_have_text("$kode$")
    # Alike in both: a fraction of its own line, with a part above and a part below.
    whole = widgets.page.locator("body")
    expect(whole.locator(".mfrac, mjx-mfrac").first).to_be_visible()


def test_an_escaped_dollar_is_money(widgets):
    """Stock takes what stands between two of them for a formula."""
    line = widgets.page.locator("p", has_text="Laba")
    formulas(line, 2 if widgets.is_stock else 1)
    if not widgets.is_stock:
        expect(line).to_contain_text("harga $5 atau $10")


def test_formulas_of_widgets(widgets):
    formulas(at(widgets, "FormulaLabel"), 1)
    formulas(at(widgets, "FormulaHTML"), 2, displayed=1)
    formulas(at(widgets, "FormulaCheckbox"), 1)
    expect(at(widgets, "FormulaCheckbox")).to_contain_text("setuju")


@OURS
def test_a_broken_formula_stays_as_it_was_written(widgets):
    expect(at(widgets, "FormulaBroken")).to_have_text(r"Rusak $\salah{1}$")


def test_formulas_of_what_a_cell_displays(widgets):
    formulas(at(widgets, "FormulaPlain"), 1)
    if not widgets.is_stock:
        formulas(widgets.page.locator(".output_latex"), 2)
        formulas(widgets.page.locator(".output_markdown", has_text="l"), 1)


def test_formulas_and_markdown_that_come_later(widgets):
    at(widgets, "formulas").click()
    out = at(widgets, "FormulaOutput")
    formulas(out, 7, displayed=2)
    expect(out.locator("h2")).to_have_text(re.compile("^Judul"))
    expect(out.locator("strong")).to_have_text("tebal")
    expect(out.locator("td").first).to_have_text("1")
    expect(out).to_contain_text("$5")
    formulas(at(widgets, "FormulaLabel"), 1)
    expect(at(widgets, "FormulaLabel")).to_contain_text("Keliling")


@OURS
def test_formulas_bring_their_own_fonts(widgets):
    widgets.page.wait_for_function("() => document.fonts.check('16px KaTeX_Main')")
    fonts = [url for url in widgets.requests if url.endswith(".woff2")]
    assert 0 < len(fonts) < 10
    assert all("/aset/slim/font-" in url for url in fonts)


@OURS
def test_no_script_of_an_output_runs(widgets):
    assert widgets.page.evaluate("() => window.harm ?? null") is None


def test_set_from_python(widgets):
    """Last here: it changes everything."""
    at(widgets, "setter").click()
    expect(at(widgets, "done")).to_have_text("selesai")
    fields = {
        "IntText": "41", "BoundedIntText": "42", "FloatText": "4.25", "BoundedFloatText": "4.5",
        "Text": "dari Python", "Password": "baru", "Combobox": "b", "DatePicker": "2027-03-04",
        "NaiveDatetimePicker": "2027-03-04T05:06", "TimePicker": "05:06",
    }  # fmt: skip
    for name, value in fields.items():
        expect(at(widgets, name).locator("input").first).to_have_value(re.compile(f"^{value}"))
    expect(at(widgets, "Textarea").locator("textarea")).to_have_value("dari Python")
    expect(at(widgets, "ColorPicker").locator("input[type=text]")).to_have_value("#445566")
    for name in ("Dropdown", "Select"):
        expect(at(widgets, name).locator("select")).to_have_value("b")
    expect(at(widgets, "SelectMultiple").locator("select")).to_have_values(["b"])
    expect(at(widgets, "RadioButtons").locator("input").nth(1)).to_be_checked()
    expect(at(widgets, "ToggleButtons").locator("button").nth(1)).to_have_class(
        re.compile("mod-active")
    )
    expect(at(widgets, "Checkbox").locator("input")).to_be_checked()
    expect(at(widgets, "Label")).to_have_text("baru")
    expect(at(widgets, "HTML").locator("b")).to_have_text("baru")
    expect(at(widgets, "HTMLMath").locator(".widget-htmlmath-content > i")).to_have_text("y")
    formulas(at(widgets, "HTMLMath"), 1)
    slides = {
        "IntSlider": "8", "FloatSlider": "2.50", "FloatLogSlider": "100", "IntRangeSlider": "3 – 8",
        "FloatRangeSlider": "1.00 – 3.00", "SelectionSlider": "c", "SelectionRangeSlider": "b-c",
    }  # fmt: skip
    for name, text in slides.items():
        expect(at(widgets, name).locator(".widget-readout")).to_contain_text(text)
    tags = {"TagsInput": 2, "ColorsInput": 2, "IntsInput": 2, "FloatsInput": 2}
    for name, count in tags.items():
        expect(at(widgets, name).locator(".jupyter-widget-tag:not(input)")).to_have_count(count)
    expect(at(widgets, "Stack")).to_have_text("tumpuk dua")
    expect(at(widgets, "Tab").get_by_text("isi dua")).to_be_visible()


@OURS
def test_page_is_quiet(widgets):
    """No error but the one widget that nobody can draw; no host but ours."""
    unexpected = [
        p
        for p in widgets.problems
        if not re.search("numb|inline (script|event handler)", p, re.IGNORECASE)
    ]
    assert unexpected == []
    assert [
        url
        for url in widgets.requests
        if not url.startswith(("http://127.0.0.1:", "blob:", "data:"))
    ] == []
