/* Says on a page of the trainer's JupyterLab that it is no longer connected, and loads it anew once it can be.
   A page that refreshes itself holds an element with data-umkm-refreshed, another value each time (freshness.py):
   where that stands still though the kernel is there, the page is cut off too.

   umkmWatch({base, kernel, reload}): `base` is the server's address, `kernel` the id of the page's kernel,
   if it has one, `reload` what to do when another server or another kernel has to be asked. */
window.umkmWatch = ({ base, kernel = "", reload = () => location.reload() }) => {
  const EVERY = 2000; // ms between two looks
  const PATIENCE = 4000; // ms for one answer
  const SILENT = 4000; // ms that a question may go without an answer before the page says so
  const STILL = 10000; // ms that a page which refreshes itself may show the same
  const PAUSE = 10000; // ms between two reloads, so that a kernel that never stands keeps no laptop busy
  const RELOADED = `umkm-dimuat-ulang:${location.pathname}`;
  // JupyterLab watches its server for the pages inside it.
  const inside = window.parent !== window && window.parent.umkmWatched;
  window.umkmWatched = true;

  const clock = new Intl.DateTimeFormat("id-ID", {
    hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Jakarta",
  });
  let started = null; // when the server was started, as it says itself
  let good = Date.now();
  let unanswered = null; // since when it was asked in vain
  let looking = false;
  let stamp = ""; // of the last refresh that was seen, and when it was seen first
  let moved = Date.now();
  let looked = Date.now();

  const cover = document.createElement("div");
  cover.id = "umkm-terputus";
  cover.setAttribute("role", "alert");
  cover.style.cssText = "position:fixed;inset:0;z-index:100000;display:none;align-items:center;"
    + "justify-content:center;text-align:center;padding:2em;background:rgba(253,243,215,.94);color:#1c2b2a;"
    + "font:600 28px/1.4 system-ui,sans-serif;white-space:pre-line";

  const say = (what, since = good) => {
    if (!cover.isConnected) document.body.append(cover);
    const told = `Terputus sejak ${clock.format(since).replace(":", ".")}.\n${what}`;
    if (cover.textContent !== told) cover.textContent = told;
    cover.style.display = "flex";
  };

  const ask = (path) => fetch(base + path, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });

  // Whether what this page shows has not been refreshed for too long.
  const standsStill = () => {
    if (!kernel) return false; // of a notebook inside JupyterLab its kernel may have been ended on purpose
    const now = Date.now();
    const seen = [...document.querySelectorAll("[data-umkm-refreshed]")].map((each) => each.dataset.umkmRefreshed).join();
    // A laptop that slept, or a tab in the background, has seen nothing of what moved meanwhile.
    if (seen !== stamp || now - looked > STILL) moved = now;
    stamp = seen;
    looked = now;
    return seen !== "" && now - moved > STILL;
  };

  const again = () => {
    say("Memuat ulang…");
    if (Date.now() - Number(sessionStorage.getItem(RELOADED) || 0) < PAUSE) return;
    sessionStorage.setItem(RELOADED, String(Date.now()));
    reload();
  };

  const look = async () => {
    unanswered ??= Date.now();
    const still = standsStill();
    if (Date.now() - unanswered > SILENT) {
      say("Layar ini menyambung lagi sendiri. Bila tidak, lihat terminal tempat kelas dibuka.");
    }
    if (looking) return;
    looking = true;
    try {
      const answer = await ask("api/status");
      if (answer.status === 401 || answer.status === 403) {
        unanswered = null;
        say("Buka lagi alamat JupyterLab yang tertulis di terminal.");
        return;
      }
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const status = await answer.json();
      started ??= status.started;
      if (status.started !== started) {
        unanswered = null;
        if (!inside) again();
        return;
      }
      if (kernel && (await ask(`api/kernels/${kernel}`)).status === 404) {
        unanswered = null;
        again();
        return;
      }
      unanswered = null;
      good = Date.now();
      if (still) {
        say("Layar ini menyambung lagi sendiri. Bila tidak, muat ulang halaman ini.", moved);
      } else {
        cover.style.display = "none";
      }
    } catch {
      // No answer, or half of one: told above, when it has been so for a while.
    } finally {
      looking = false;
    }
  };

  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
  look();
};
