"""What a widget's description and late Markdown may carry: some HTML, and nothing that could act.

The vectors are of the kinds that the OWASP cheat sheet on filter evasion and DOMPurify's test
suite list: handlers, addresses that are scripts, elements that load or run, markup that changes
its meaning when it is parsed a second time, and names that shadow the document's own.
"""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

SOURCES = Path(__file__).parents[2] / "voila_apps" / "frontend"
ALLOWED = {"a", "abbr", "b", "code", "em", "i", "img", "li", "ol", "span", "strong", "ul"}
BLOCKS = {"blockquote", "br", "del", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "kbd", "p", "pre", "sub",
          "sup", "table", "tbody", "td", "th", "thead", "tr"}  # fmt: skip
ATTRIBUTES = {"class", "title", "href", "src", "alt"}

VECTORS = [
    "<script>harm()</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>harm()</scr</script>ipt>",
    "<img src=x onerror=harm()>",
    "<img src=x onerror\n=\nharm()>",
    '<img src="x` `<script>harm()</script>"` `>',
    "<img src=javascript:harm()>",
    "<img src=//evil.example/p.png>",
    "<img src='data:image/svg+xml,<svg onload=harm()>'>",
    "<img srcset='//evil.example/p.png 1x' src=/a.png>",
    "<a href=javascript:harm()>x</a>",
    "<a href='java\tscript:harm()'>x</a>",
    "<a href='&#106;avascript:harm()'>x</a>",
    "<a href='\x01javascript:harm()'>x</a>",
    "<a href='data:text/html,<script>harm()</script>'>x</a>",
    "<a href='vbscript:harm()'>x</a>",
    "<a href='//evil.example/'>x</a>",
    "<a href=/ok onclick=harm() onmouseover=harm() style='x:expression(harm())'>x</a>",
    "<a href=/ok target=_top ping=//evil.example/>x</a>",
    "<svg onload=harm()><g><a xlink:href=javascript:harm()>x</a></g></svg>",
    "<svg><script>harm()</script></svg>",
    "<svg><style><img src=x onerror=harm()></style></svg>",
    "<math><mi xlink:href=javascript:harm()>x</mi></math>",
    "<math><mtext><table><mglyph><style><img src=x onerror=harm()></style></mglyph></table></mtext></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=harm()>",
    "<noscript><p title='</noscript><img src=x onerror=harm()>'></noscript>",
    "<textarea></textarea><img src=x onerror=harm()>",
    "<title></title><img src=x onerror=harm()>",
    "<template><img src=x onerror=harm()></template>",
    "<xmp><p title='</xmp><img src=x onerror=harm()>'></xmp>",
    "<iframe src=javascript:harm()></iframe><iframe srcdoc='<script>parent.harm()</script>'></iframe>",
    "<object data=javascript:harm()></object><embed src=javascript:harm()>",
    "<base href=//evil.example/><link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=javascript:harm()'>",
    "<form action=javascript:harm()><input name=body><button formaction=javascript:harm()>x</button></form>",
    "<input autofocus onfocus=harm()>",
    "<details open ontoggle=harm()>x</details>",
    "<video><source onerror=harm()></video><audio src=x onerror=harm()></audio>",
    "<body onload=harm()><marquee onstart=harm()>x</marquee>",
    "<style>@import '//evil.example/x.css'; body { display: none }</style>",
    "<span style='position:fixed;inset:0' id=isi name=cookie>x</span>",
    "<img name=getElementById src=/a.png id=sambungan>",
    "<x-y onclick=harm() is=script>x</x-y>",
    "<b is=x-y contenteditable onfocus=harm() tabindex=0>x</b>",
    "<!--><img src=x onerror=harm()>-->",
    "<![CDATA[<img src=x onerror=harm()>]]>",
    '<p title="--&gt;&lt;img src=x onerror=harm()&gt;">x',
    "&lt;img src=x onerror=harm()&gt;",
]

CLEAN = """
([html, name]) => {
  const sanitize = window.sanitizer[name];
  const place = document.createElement("div");
  document.body.append(place);
  place.innerHTML = sanitize(html);
  const nodes = [...place.querySelectorAll("*")].map((node) => [
    node.localName, node.namespaceURI.endsWith("xhtml"),
    [...node.attributes].map(({ name, value }) => [name, value]),
  ]);
  const again = sanitize(place.innerHTML);
  return { nodes, text: place.textContent, stable: again === place.innerHTML };
}
"""


@pytest.fixture(scope="module")
def page(chromium, tmp_path_factory):
    """An empty page under no policy at all, with the sanitizer and nothing else."""
    script = tmp_path_factory.mktemp("sanitizer") / "sanitizer.js"
    node = Path(sys.executable).with_name("node")
    esbuild = SOURCES / "node_modules" / "esbuild" / "bin" / "esbuild"
    subprocess.run(
        [node, esbuild, "src/sanitize.js", "--bundle", "--format=iife", "--global-name=sanitizer",
         f"--outfile={script}", "--log-level=error"],
        cwd=SOURCES, check=True,
    )  # fmt: skip
    context = chromium.new_context()
    opened = context.new_page()
    opened.set_content("<!DOCTYPE html><title>kosong</title>")
    opened.add_script_tag(content=script.read_text("utf-8") + ";window.sanitizer=sanitizer;")
    opened.evaluate("() => { window.harmed = 0; window.harm = () => { window.harmed += 1; }; }")
    opened.asked = []
    opened.on("request", lambda request: opened.asked.append(request.url))
    yield opened
    context.close()


@pytest.mark.parametrize("vector", VECTORS)
@pytest.mark.parametrize(
    ("name", "allowed"), [("sanitize", ALLOWED), ("sanitizeBlocks", ALLOWED | BLOCKS)]
)
def test_nothing_acts(page, vector, name, allowed):
    found = page.evaluate(CLEAN, [vector, name])
    for tag, is_html, attributes in found["nodes"]:
        assert is_html
        assert tag in allowed
        for attribute, value in attributes:
            assert attribute in ATTRIBUTES or attribute.startswith("aria-")
            assert "script:" not in value.replace("\t", "").lower() or attribute == "title"
            assert "evil" not in value
    # What is clean stays as it is when a browser reads it again.
    assert found["stable"]


def test_none_of_them_has_acted(page):
    """After all of them, and whatever they might have loaded or focused."""
    page.wait_for_timeout(300)
    assert page.evaluate("() => window.harmed") == 0
    assert [url for url in page.asked if "evil" in url] == []


@pytest.mark.parametrize(
    "html",
    ["<b>tebal</b> dan <em>miring</em>", '<a href="https://contoh.example/a?b=1">tautan</a>',
     '<span class="x" title="y" aria-label="z">isi</span>', "1 &lt; 2 &amp; 3",
     '<ul><li>satu</li><li><code>dua</code></li></ul>',
     '<img alt="titik" src="data:image/png;base64,iVBORw0KGgo=">'],
)  # fmt: skip
def test_what_is_harmless_stays(page, html):
    assert page.evaluate("([html]) => window.sanitizer.sanitize(html)", [html]) == html


def test_blocks_stay_in_late_markdown(page):
    html = (
        '<h2>Judul</h2><table><thead><tr><th align="right">a</th></tr></thead></table><ol start="3"><li>tiga</li></ol>'
        '<p>x<span data-formula="a" data-display="">a</span></p>'
    )
    assert page.evaluate("([html]) => window.sanitizer.sanitizeBlocks(html)", [html]) == html
    # Within a line neither stands.
    within = page.evaluate("([html]) => window.sanitizer.sanitize(html)", [html])
    assert "<table" not in within
