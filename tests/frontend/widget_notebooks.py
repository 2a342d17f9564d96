# ruff: noqa: E501  # one widget a line reads better
"""The notebook of the conformance tests: each core widget, shown once, watched by Python.

Python writes what it sees into a label, `seen`, so that a test reads Python's side on the page.
"""

from __future__ import annotations

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

FIRST = """
import ipywidgets as w, json, datetime, anywidget, traitlets, threading
from IPython.display import display
seen = w.Textarea(disabled=True); seen.add_class('t-seen')
log = {}
def watch(widget, name, trait='value'):
    widget.add_class('t-' + name)
    def note(change):
        value = change['new']
        log[name] = value if isinstance(value, (int, float, str, bool, type(None))) else str(value)
        seen.value = json.dumps(log)
    widget.observe(note, trait)
    return widget
display(seen)
"""

CONTROLS = {
    "IntSlider": "w.IntSlider(3, 0, 10, continuous_update=True)",
    "FloatSlider": "w.FloatSlider(1.5, min=0, max=5)",
    "FloatLogSlider": "w.FloatLogSlider(10)",
    "IntRangeSlider": "w.IntRangeSlider(value=(2, 4), min=0, max=10)",
    "FloatRangeSlider": "w.FloatRangeSlider(value=(2, 4), min=0, max=10)",
    "SelectionSlider": "w.SelectionSlider(options=['a', 'b', 'c'])",
    "SelectionRangeSlider": "w.SelectionRangeSlider(options=['a', 'b', 'c'], index=(0, 1))",
    "IntProgress": "w.IntProgress(4, 0, 10)",
    "FloatProgress": "w.FloatProgress(0.5, min=0, max=1)",
    "IntText": "w.IntText(7)",
    "BoundedIntText": "w.BoundedIntText(7, min=0, max=100)",
    "FloatText": "w.FloatText(7.5)",
    "BoundedFloatText": "w.BoundedFloatText(7.5, min=0, max=100)",
    "Text": "w.Text('halo', continuous_update=True)",
    "Textarea": "w.Textarea('panjang')",
    "Password": "w.Password(value='rahasia')",
    "Combobox": "w.Combobox(value='a', options=['a', 'b'])",
    "Dropdown": "w.Dropdown(options=['a', 'b', 'c'])",
    "RadioButtons": "w.RadioButtons(options=['a', 'b', 'c'])",
    "Select": "w.Select(options=['a', 'b', 'c'])",
    "SelectMultiple": "w.SelectMultiple(options=['a', 'b', 'c'])",
    "ToggleButtons": "w.ToggleButtons(options=['a', 'b', 'c'])",
    "Checkbox": "w.Checkbox(False, description='setuju')",
    "ToggleButton": "w.ToggleButton(False, description='tekan')",
    "Valid": "w.Valid(True, description='sah')",
    "Label": "w.Label('label')",
    "HTML": "w.HTML('<b>tebal</b><script>window.harm=1</script>')",
    "HTMLMath": "w.HTMLMath('<i>x</i> $x^2$')",
    "ColorPicker": "w.ColorPicker(value='#112233')",
    "DatePicker": "w.DatePicker(value=datetime.date(2026, 1, 2))",
    "NaiveDatetimePicker": "w.NaiveDatetimePicker(value=datetime.datetime(2026, 1, 2, 3, 4))",
    "DatetimePicker": "w.DatetimePicker()",
    "TimePicker": "w.TimePicker(value=datetime.time(3, 4))",
    "TagsInput": "w.TagsInput(value=['a'])",
    "ColorsInput": "w.ColorsInput(value=['red'])",
    "IntsInput": "w.IntsInput(value=[1])",
    "FloatsInput": "w.FloatsInput(value=[1.5])",
    "Play": "w.Play(value=1)",
}

FRAMES = """
button = w.Button(description='Tekan', icon='check'); button.add_class('t-Button')
presses = w.Label('0'); presses.add_class('t-presses')
button.on_click(lambda _: setattr(presses, 'value', str(int(presses.value) + 1)))
tab = watch(w.Tab([w.Label('isi satu'), w.Label('isi dua')], titles=['Satu', 'Dua']), 'Tab', 'selected_index')
fold = watch(w.Accordion([w.Label('lipat satu'), w.Label('lipat dua')], titles=['L1', 'L2']), 'Accordion', 'selected_index')
stack = w.Stack([w.Label('tumpuk satu'), w.Label('tumpuk dua')], selected_index=0); stack.add_class('t-Stack')
grid = w.GridBox([w.Label('g1'), w.Label('g2')]); grid.add_class('t-GridBox')
picture = w.Image(value=bytes.fromhex('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082'), width=9)
picture.add_class('t-Image')
upload = w.FileUpload(); upload.add_class('t-FileUpload')
upload.observe(lambda c: (log.__setitem__('FileUpload', [c['new'][0].name, len(c['new'][0].content)]), setattr(seen, 'value', json.dumps(log))), 'value')
a, b = w.IntSlider(1, description='a'), w.IntText(1, description='b'); a.add_class('t-linkA'); b.add_class('t-linkB')
link = w.jslink((a, 'value'), (b, 'value'))
# 0.1 s of silence: forty-four bytes of header and 800 samples.
silence = b'RIFF' + (836).to_bytes(4, 'little') + b'WAVEfmt ' + bytes([16, 0, 0, 0, 1, 0, 1, 0, 64, 31, 0, 0, 64, 31, 0, 0, 1, 0, 8, 0]) + b'data' + (800).to_bytes(4, 'little') + bytes([128]) * 800
sound = w.Audio(value=silence, format='wav', autoplay=False, loop=False); sound.add_class('t-Audio')
film = w.Video(value=silence, format='wav', autoplay=False); film.add_class('t-Video')
pad = w.Controller(index=0); pad.add_class('t-Controller')
box = w.Box([w.Label('kotak')]); box.add_class('t-Box')
display(sound, film, pad, box)
display(w.HBox([button, presses]), tab, fold, stack, grid, picture, upload, a, b)
"""

OUTPUT = """
out = w.Output(); out.add_class('t-Output')
say = w.Button(description='Cetak'); say.add_class('t-print')
def speak(_):
    with out:
        print('baris satu'); display(w.Label('widget di dalam'))
say.on_click(speak)
wipe = w.Button(description='Hapus'); wipe.add_class('t-wipe')
wipe.on_click(lambda _: out.clear_output())
crash = w.Button(description='Gagal'); crash.add_class('t-crash')
def fall(_):
    with out:
        1 / 0
crash.on_click(fall)
held = w.Output(); held.append_stdout('dari awal'); held.add_class('t-held')
display(w.VBox([say, wipe, crash, out, held]))
"""

ANYWIDGET = '''
class Counter(anywidget.AnyWidget):
    _esm = """
    await new Promise((done) => setTimeout(done, 3000)); // longer than stock anywidget waits
    export default {
      initialize({ model }) { model.set("started", true); model.save_changes(); },
      render({ model, el, experimental }) {
        const b = document.createElement("button"), t = document.createElement("span"), c = document.createElement("i");
        b.className = "c-plus"; t.className = "c-text"; c.className = "c-call";
        const show = () => { b.textContent = "hitung " + model.get("value"); };
        b.onclick = () => { model.set("value", model.get("value") + 1); model.save_changes(); };
        model.on("change:value", show); show();
        model.on("msg:custom", (m, buffers) => {
          if (m.kind === "echo") t.textContent = m.text + " " + new Uint8Array(buffers[0].buffer).join(",");
        });
        t.onclick = () => model.send({ text: "halo" }, undefined, [new Uint8Array([1, 2, 3]).buffer]);
        c.onclick = async () => { c.textContent = (await experimental.invoke("double", 21))[0]; };
        t.textContent = "kirim"; c.textContent = "panggil";
        el.append(b, t, c);
        return () => { window.counterGone = true; };
      },
    };
    """
    _css = ".c-plus { color: rgb(1, 2, 3); }"
    value = traitlets.Int(0).tag(sync=True)
    started = traitlets.Bool(False).tag(sync=True)
    @anywidget.experimental.command
    def double(self, message, buffers):
        return message * 2, buffers
counter = watch(Counter(), 'Counter')
counter.on_msg(lambda _, m, buffers: m.get('text') and counter.send({'kind': 'echo', 'text': m['text']}, [bytes(reversed(bytes(buffers[0])))]))
class Numb(w.DOMWidget):
    _model_name = traitlets.Unicode('NumbModel').tag(sync=True); _model_module = traitlets.Unicode('numb').tag(sync=True)
    _view_name = traitlets.Unicode('NumbView').tag(sync=True); _view_module = traitlets.Unicode('numb').tag(sync=True)
display(counter, Numb())
'''

TEXT_WITH_FORMULAS = r"""
Laba $a_1 - a_2 < b^2$ *miring*, harga \$5 atau \$10, `$kode$`.

$$\frac{a_1}{b_2}$$

\begin{align}
p &= q \\
r &= s
\end{align}
"""

FORMULAS = r'''
from IPython.display import HTML, Latex, Markdown, Math
def place(widget, name):
    widget.add_class('t-' + name)
    return widget
signed = place(w.Label('Luas $y^2$'), 'FormulaLabel')
drawn = place(w.HTMLMath('<b>x</b> \\(z_1\\) dan $$z_2$$'), 'FormulaHTML')
ticked = place(w.Checkbox(description='$q$ setuju'), 'FormulaCheckbox')
broken = place(w.Label(r'Rusak $\salah{1}$'), 'FormulaBroken')
caught = place(w.Output(), 'FormulaOutput')
late = """
## Judul

**tebal** $m_1^2$ dan $m_2^2$ \\$5

| a | b |
|---|---|
| 1 | $n$ |

- [x] sudah

<script>window.harm=2</script><img src="data:," onerror="window.harm=3"><b onclick="window.harm=4">b</b>

$$
o_1^2 + p
$$
"""
def show(_):
    with caught:
        display(Markdown(late), Latex(r'$$\sqrt{2}$$'), Math(r'e^{i\pi}'), HTML('<p>$h$</p>'))
    signed.value = 'Keliling $4y$'
shown = place(w.Button(description='Rumus'), 'formulas')
shown.on_click(show)
display(signed, drawn, ticked, broken, shown, caught)
display(Latex(r'$k$'), Math('j'), Markdown('**l** $l$'), HTML('<p class="t-FormulaPlain">$o$</p>'))
'''

QUESTION = """
from umkm_widgets import practice, rupiah
question = practice('modal-awal', rupiah('Berapa modal?'), 15000)
question.add_class('t-Question')
question.observe(lambda c: (log.__setitem__('Question', c['new']), setattr(seen, 'value', json.dumps(log))), 'answer')
ask = w.Button(description='Isi dari Python'); ask.add_class('t-fill')
ask.on_click(lambda _: setattr(question, 'answer', '25 ribu'))
display(question, ask)
"""

PLAIN = """
from IPython.display import HTML, Markdown
display(HTML('<p class="t-html">html</p><script>window.harm=1</script>')); display(Markdown('**tebal**')); print('keluar')
"""

SETTER = """
new_values = {
    'IntSlider': 8, 'FloatSlider': 2.5, 'FloatLogSlider': 100, 'IntRangeSlider': (3, 8), 'FloatRangeSlider': (1, 3), 'SelectionSlider': 'c',
    'SelectionRangeSlider': ('b', 'c'), 'IntProgress': 9, 'FloatProgress': 0.75, 'IntText': 41, 'BoundedIntText': 42,
    'FloatText': 4.25, 'BoundedFloatText': 4.5, 'Text': 'dari Python', 'Textarea': 'dari Python', 'Password': 'baru', 'Combobox': 'b',
    'Dropdown': 'b', 'RadioButtons': 'b', 'Select': 'b', 'SelectMultiple': ('b',), 'ToggleButtons': 'b', 'Checkbox': True,
    'ToggleButton': True, 'Valid': False, 'Label': 'baru', 'HTML': '<b>baru</b>', 'HTMLMath': '<i>y</i> $y^2$', 'ColorPicker': '#445566',
    'DatePicker': datetime.date(2027, 3, 4), 'NaiveDatetimePicker': datetime.datetime(2027, 3, 4, 5, 6), 'TimePicker': datetime.time(5, 6),
    'TagsInput': ['a', 'b'], 'ColorsInput': ['red', 'blue'], 'IntsInput': [1, 2], 'FloatsInput': [1.5, 2.5], 'Play': 5,
}
setter = w.Button(description='Ubah semua'); setter.add_class('t-setter')
done = w.Label(''); done.add_class('t-done')
def set_all(_):
    for name, value in new_values.items():
        controls[name].value = value
    stack.selected_index = 1
    tab.selected_index = 1
    done.value = 'selesai'
setter.on_click(set_all)
display(setter, done)
"""


def widgets_notebook() -> str:
    """The notebook as JSON."""
    controls = "controls = {}\n" + "\n".join(
        f"controls['{name}'] = watch({code}, '{name}')" for name, code in CONTROLS.items()
    )
    sources = [FIRST, controls + "\ndisplay(*controls.values())", FRAMES, OUTPUT, ANYWIDGET]
    cells = [new_markdown_cell("# Kebun binatang\n\nTeks *lebih dulu*.")]
    cells += [new_code_cell(code) for code in sources]
    cells += [new_markdown_cell(TEXT_WITH_FORMULAS), new_code_cell(FORMULAS)]
    cells += [new_code_cell(code) for code in [QUESTION, PLAIN, SETTER]]
    return nbformat.writes(_notebook(cells))


TRIVIAL = """
import ipywidgets as w
button, label = w.Button(description='Tekan'), w.Label('0')
text = w.Text(continuous_update=True)
echo = w.Label('')
text.observe(lambda c: setattr(echo, 'value', c['new']), 'value')
ticks = w.Label('0')
label.add_class('t-count'); button.add_class('t-press'); text.add_class('t-text'); echo.add_class('t-echo')
button.on_click(lambda _: setattr(label, 'value', str(int(label.value) + 1)))
w.VBox([button, label, text, echo])
"""


def trivial_notebook(*, slow: bool = False) -> str:
    """A button that counts and a text that comes back; `slow` waits before either."""
    wait = "import time; time.sleep(4)\n" if slow else ""
    cells = [new_markdown_cell("# Judul\n\nTeks pelajaran."), new_code_cell(wait + TRIVIAL)]
    return nbformat.writes(_notebook(cells))


def stepwise_notebook() -> str:
    """A widget, a cell that takes its time, and another widget."""
    show = (
        "import ipywidgets as widgets\n"
        "button = widgets.Button(description='{0}')\n"
        "button.add_class('t-{0}')\n"
        "button"
    )
    sources = (show.format("awal"), "import time; time.sleep(1.5)", show.format("akhir"))
    return nbformat.writes(_notebook([new_code_cell(source) for source in sources]))


def assignment_notebook() -> str:
    """Eight questions, as an assignment shows them."""
    code = """
from IPython.display import display
from umkm_widgets import assess, rupiah, single_choice, long_text
for n in range(8):
    display(assess(f'soal-{n}', rupiah(f'Berapa laba ke-{n}?'), 1))
"""
    return nbformat.writes(_notebook([new_code_cell(code)]))


def _notebook(cells):
    for number, cell in enumerate(cells):
        cell["id"] = f"sel-{number}"
    notebook = new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    return notebook
