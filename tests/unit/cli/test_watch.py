"""When a page of the trainer's JupyterLab says that it is cut off: its script, at times that the test gives."""

import json
import subprocess
import sys
from pathlib import Path

from umkm_tools.base.freshness import Freshness

SCRIPT = (
    Path(__file__).parents[3] / "src/umkm_cli/share/jupyter/voila/templates/umkm-pelatih/watch.js"
)
#: Seconds between two looks of the script.
EVERY = 2
#: A page to watch, made of no more than the script asks of it. Each look is [seconds, stamp, does the kernel live].
PAGE = """
const { readFileSync } = require("node:fs");
const { looks, kernel } = JSON.parse(readFileSync(0, "utf8"));
const OPENED = Date.UTC(2026, 10, 23, 3); // 10.00 in Serang
let now = OPENED, stamp = looks[0][1], lives = true, timer, cover, reloads = 0;
Date.now = () => now;
globalThis.window = globalThis;
window.parent = window;
globalThis.location = { pathname: "/voila/render/Pantau kelas.ipynb" };
globalThis.sessionStorage = { getItem: () => null, setItem: () => {} };
globalThis.document = {
  createElement: () => (cover = { style: {}, isConnected: true, textContent: "", setAttribute() {} }),
  querySelectorAll: (asked) => {
    if (asked !== "[data-umkm-refreshed]") throw new Error(asked);
    return stamp === null ? [] : [{ dataset: { umkmRefreshed: stamp } }];
  },
  addEventListener() {},
};
globalThis.setInterval = (look) => { timer = look; };
globalThis.fetch = async (path) => {
  const found = lives || path === "/api/status";
  return { ok: found, status: found ? 200 : 404, json: async () => ({ started: "x" }) };
};
globalThis.AbortSignal = { timeout: () => undefined };
const settled = () => new Promise((resolve) => setImmediate(resolve));
(async () => {
  (0, eval)(readFileSync(process.argv[1], "utf8"));
  umkmWatch({ base: "/", kernel, reload: () => { reloads += 1; } });
  await settled();
  const told = [];
  for (const [seconds, seen, alive] of looks) {
    now = OPENED + seconds * 1000;
    stamp = seen;
    lives = alive;
    timer();
    await settled();
    told.push(cover.style.display === "flex" ? cover.textContent : "");
  }
  console.log(JSON.stringify({ told, reloads }));
})();
"""


def watched(looks, kernel="k"):
    """What the page says at each look, by its second, and how often it was loaded anew."""
    looks = [(*look, True)[:3] for look in looks]
    node = Path(sys.executable).with_name("node")
    done = subprocess.run(
        [node, "-e", PAGE, SCRIPT], input=json.dumps({"looks": looks, "kernel": kernel}),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert not done.stderr, done.stderr
    said = json.loads(done.stdout)
    return dict(zip((look[0] for look in looks), said["told"], strict=True)), said["reloads"]


def until(end, stamp, begin=0):
    """Looks at what is refreshed, or not: `stamp` gives what the page holds at a second."""
    return [(second, stamp(second)) for second in range(begin, end, EVERY)]


def test_a_page_that_is_refreshed_is_never_covered():
    told, reloads = watched(until(120, lambda second: str(second // 3)))
    assert set(told.values()) == {""}
    assert reloads == 0


def test_a_page_that_stands_still_for_ten_seconds_says_since_when_and_goes_on_by_itself():
    last = 60
    told, reloads = watched(until(200, lambda second: str(last if last < second < 180 else second)))
    assert {second for second, said in told.items() if said} == set(range(last + 12, 180, EVERY))
    assert told[last + 12].startswith("Terputus sejak 10.01.\n")
    # Since when stays, and nothing is loaded anew: the kernel is there.
    assert len(set(told.values())) == 2
    assert reloads == 0


def test_a_page_without_a_stamp_refreshes_nothing():
    assert set(watched(until(60, lambda _: None))[0].values()) == {""}


def test_jupyterlab_itself_asks_no_page_inside_it():
    assert set(watched(until(60, lambda _: "1"), kernel="")[0].values()) == {""}


def test_a_laptop_that_slept_gets_another_ten_seconds():
    slept = until(20, str) + until(3600 + 60, lambda _: "18", begin=3600)
    told, _ = watched(slept)
    assert {second for second, said in told.items() if said} == set(range(3612, 3660, EVERY))


def test_a_kernel_that_is_gone_is_told_as_before():
    told, reloads = watched([(0, "1"), (2, "2"), (4, "2", False)])
    assert (told[2], reloads) == ("", 1)
    assert told[4].startswith("Terputus sejak 10.00.\nMemuat ulang")


def test_the_stamp_is_where_the_script_looks(monkeypatch):
    times = iter([1_000_000, 2_000_000])
    monkeypatch.setattr("umkm_tools.base.freshness.time.time_ns", lambda: next(times))
    kept = Freshness(None, None, "", 1)
    assert kept.stamp.value == "<span data-umkm-refreshed='1'></span>"
    kept._renew_stamp()
    assert kept.stamp.value == "<span data-umkm-refreshed='2'></span>"
