"""Accessibility checks of a page: axe-core, target sizes, narrow screens, large text, dark mode."""

from __future__ import annotations

import os
import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

#: The accessibility tree of each page. `UMKM_ARIA=write` rewrites it: read the difference as a screen
#: reader would, before committing it.
TREES = Path(__file__).parents[1] / "browser" / "aria"
#: The smallest size of a touch target, in CSS pixels.
FINGER = 48

DAYS = "Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu"
MONTHS = "Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember"

#: Text that differs from run to run.
MASKS = (
    (re.compile(r"srg-(?!siti1)[a-z0-9]{5,6}\b"), "srg-XXXXX"),
    (re.compile(r"KRM-[A-Z0-9]{4}-[A-Z0-9]{4}"), "KRM-XXXX-XXXX"),
    (re.compile(r"Kode \d+ dari \d+"), "Kode N dari N"),
    (re.compile(r"\d+ persen sudah terkirim"), "N persen sudah terkirim"),
    (re.compile(r"Bu Peserta \d+"), "Bu Peserta N"),
    (re.compile(r"\d{1,2} \w+ \d{4} pukul \d\d\.\d\d WIB"), "TANGGAL pukul JAM WIB"),
    (re.compile(rf"(?:(?:{DAYS}), )?\d{{1,2}} (?:{MONTHS}) 20(?:2[6-9]|[3-9]\d)"), "TANGGAL"),
    (re.compile(r"\d\d/\d\d/20\d\d"), "TANGGAL"),
)

SMALL_TARGETS = """
(least) => {
  const found = [];
  const things = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  for (const node of document.querySelectorAll(things)) {
    // A radio button, a box to tick or a choice of a file is as large as its label.
    const touched = node.matches("[type=radio], [type=checkbox], [type=file]") && node.labels[0] || node;
    const box = touched.getBoundingClientRect();
    const isShown = node.checkVisibility({visibilityProperty: true}) && box.right > 0 && box.width > 0;
    if (isShown && Math.min(box.width, box.height) < least - 0.5)
      found.push(`${Math.round(box.width)} x ${Math.round(box.height)}: ${node.outerHTML.slice(0, 90)}`);
  }
  return found;
}
"""

LAYOUT_PROBLEMS = """
() => {
  const found = [];
  scrollTo(0, 0);
  const root = document.scrollingElement;
  if (root.scrollWidth > innerWidth) found.push(`scrolls sideways: ${root.scrollWidth} of ${innerWidth}`);
  const texts = [];
  // A bar that stays in its place lies over what can be scrolled from under it.
  const pinnedTo = (node) => {
    for (let at = node; at; at = at.parentElement)
      if (["fixed", "sticky"].includes(getComputedStyle(at).position)) return at;
    return null;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    const isShown = parent.checkVisibility({ visibilityProperty: true }) && !parent.closest("select, textarea");
    if (!node.data.trim() || !isShown) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.right <= 0) continue;
      // A line's box reaches above and below its letters.
      texts.push({ node, bar: pinnedTo(parent), text: node.data.trim().slice(0, 30), left: box.left, right: box.right,
        top: box.top + box.height * 0.2, bottom: box.bottom - box.height * 0.2 });
    }
  }
  for (let i = 0; i < texts.length; i += 1) for (let j = i + 1; j < texts.length; j += 1) {
    const [a, b] = [texts[i], texts[j]];
    const isBeside = a.left >= b.right - 1 || b.left >= a.right - 1 || a.top >= b.bottom - 1 || b.top >= a.bottom - 1;
    if (a.node !== b.node && a.bar === b.bar && !isBeside) found.push(`overlap: ${a.text} / ${b.text}`);
  }
  for (const node of document.body.querySelectorAll("*")) {
    if (node.matches("select, textarea, input") || !node.checkVisibility()) continue;
    const style = getComputedStyle(node);
    const isCut = (style.overflowX !== "visible" && node.scrollWidth > node.clientWidth + 1)
      || (style.overflowY === "hidden" && node.scrollHeight > node.clientHeight + 1);
    if (isCut && node.clientWidth) found.push(`cut: ${node.outerHTML.slice(0, 90)}`);
  }
  return found;
}
"""


def violations(page, within=None, **options):
    """Return the findings of axe-core, one line each; `within` a selector, or on the whole page."""
    settings = {"resultTypes": ["violations"], **options}
    found = Axe().run(page, context=within, options=settings).response
    return [
        f"{rule['id']}: {node['html'][:120]} | {node['failureSummary'][:300]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def tree_of(page, part="body"):
    """Return the accessibility tree, without text that differs from run to run."""
    tree = page.locator(part).aria_snapshot()
    for pattern, mask in MASKS:
        tree = pattern.sub(mask, tree)
    return tree.rstrip() + "\n"


def check_tree(page, name, part):
    """Compare the page's accessibility tree with the stored one, and return the difference."""
    kept, now = TREES / f"{name}.yml", tree_of(page, part)
    if os.environ.get("UMKM_ARIA") == "write":
        kept.write_text(now, encoding="utf-8")
    if not kept.exists() or kept.read_text(encoding="utf-8") != now:
        return [f"tree differs from {kept.name}; UMKM_ARIA=write writes it anew. Now:\n{now}"]
    return []


def look(page, name, part="body"):
    """Return all problems of the page in its present state, as text.

    The tree that is kept is of a part of the page, or of none where it differs from day to day.
    """
    # Colours must not be read during a transition.
    page.emulate_media(reduced_motion="reduce")
    found = [f"light, {line}" for line in violations(page)]
    page.emulate_media(color_scheme="dark")
    only_contrast = {"runOnly": ["color-contrast", "link-in-text-block"]}
    found += [f"dark, {line}" for line in violations(page, **only_contrast)]
    page.emulate_media(color_scheme="light")
    found += [f"small, {line}" for line in page.evaluate(SMALL_TARGETS, FINGER)]
    page.set_viewport_size({"width": 320, "height": 740})
    found += [f"320 px, {line}" for line in page.evaluate(LAYOUT_PROBLEMS)]
    page.set_viewport_size({"width": 360, "height": 740})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found += [f"200 %, {line}" for line in page.evaluate(LAYOUT_PROBLEMS)]
    page.evaluate("document.documentElement.style.fontSize = ''")
    found += check_tree(page, name, part) if part else []
    if folder := os.environ.get("UMKM_SHOTS"):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=f"{folder}/{name}-{scheme}.png", full_page=True)
        page.emulate_media(color_scheme="light")
    return [f"{name}: {line}" for line in found]


def check(page, name, part="body"):
    """Assert that the page has no problems."""
    found = look(page, name, part)
    assert found == [], "\n".join(found)
