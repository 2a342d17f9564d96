// Takes a photo: makes it small, keeps it on the phone until the laptop has it,
// and sends it piece by piece. A line that breaks costs a piece, a page that closes costs nothing.

const PHOTO_SIDE = 1600;
const PHOTO_PIECE = 64 * 1024;
const PHOTO_LARGEST = 15 * 1024 * 1024;
const PHOTO_KINDS = /^image\/(jpeg|png|webp|avif|heic|heif)$/;
const PHOTO_PATIENCE = 20000;
const PHOTO_FIRST_PAUSE = 1000;
const PHOTO_LONGEST_PAUSE = 30000;

/** A photo as a JPEG of at most 1600 pixels a side, upright; as it is where this browser cannot open it. */
export async function shrinkPhoto(file) {
  if (!PHOTO_KINDS.test(file.type)) return file;
  const address = URL.createObjectURL(file);
  try {
    // An <img> is drawn the way up that its EXIF says.
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const { naturalWidth: wide, naturalHeight: high } = picture;
    const scale = Math.min(1, PHOTO_SIDE / Math.max(wide, high));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [Math.max(1, Math.round(wide * scale)), Math.max(1, Math.round(high * scale))];
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.imageSmoothingQuality = "high";
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const small = await new Promise((done) => {
      canvas.toBlob(done, "image/jpeg", 0.85);
    });
    return small?.size ? small : file;
  } catch {
    return file;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** What is under way to the laptop: IndexedDB, or this page's memory where the browser refuses that. */
class PhotoShelf {
  constructor() {
    this.memory = new Map();
    this.opened = new Promise((resolve) => {
      try {
        const asked = indexedDB.open("umkm-foto", 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore("photos", { keyPath: "name" });
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = asked.onblocked = () => resolve(null);
        setTimeout(() => resolve(null), 4000);
      } catch {
        resolve(null);
      }
    });
  }

  async run(mode, work) {
    const database = await this.opened;
    if (!database) throw new Error("no database");
    return new Promise((resolve, reject) => {
      const transaction = database.transaction("photos", mode);
      const asked = work(transaction.objectStore("photos"));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  }

  /** Keep a photo; gives whether it would outlive the page. */
  async put(row) {
    try {
      await this.run("readwrite", (rows) => rows.put(row));
      return true;
    } catch {
      this.memory.set(row.name, row);
      return false;
    }
  }

  async remove(name) {
    this.memory.delete(name);
    await this.run("readwrite", (rows) => rows.delete(name)).catch(() => {});
  }

  /** What one person has under way for one place; another's is never looked at. */
  async of(participant, place) {
    const found = await this.run("readonly", (rows) => rows.getAll()).catch(() => []);
    const rows = [...found, ...this.memory.values()];
    return rows.filter((row) => row.participant === participant && row.place === place);
  }
}

/**
 * How a photo's way stands: `what` is "sending", "waiting", "login", "failed" or "done".
 * @typedef {{what?: string, part?: number, message?: string, photo?: any, received?: number, wait?: number}} Stand
 */

/** Hands photos to the trainees' server. `tell` hears each stand, and whether the photo is safe on the phone. */
class PhotoPost {
  /** @param {DOMStringMap} page what the server told this page */
  constructor({ participant, baseUrl, leave }) {
    this.participant = participant || "";
    this.baseUrl = baseUrl || "";
    this.token = leave || "";
    this.shelf = new PhotoShelf();
  }

  /** Send a file that belongs to a place of the page; gives what ends it. */
  async send(place, file, tell) {
    const letters = crypto.getRandomValues(new Uint8Array(12));
    const name = [...letters].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const content = await (await shrinkPhoto(file)).arrayBuffer();
    if (content.byteLength > PHOTO_LARGEST) {
      tell({ what: "failed", message: "Foto ini terlalu besar. Kirim yang paling besar 15 MB." });
      return { cancel: () => {} };
    }
    const row = { name, participant: this.participant, place, content };
    const isSafe = await this.shelf.put(row);
    return this.begin(row, isSafe, tell);
  }

  /** Go on with what an earlier page of this phone had begun. */
  async resume(place, tell) {
    const rows = await this.shelf.of(this.participant, place);
    return rows.map((row) => this.begin(row, true, tell(row)));
  }

  begin(row, isSafe, tell) {
    const job = {
      row,
      over: false,
      cancel: () => {
        job.over = true;
        this.shelf.remove(row.name);
      },
    };
    const hear = (told) => {
      if (!job.over) tell({ isSafe, ...told });
    };
    this.carry(row, job, hear);
    return job;
  }

  async carry(row, job, tell) {
    let pause = PHOTO_FIRST_PAUSE;
    let furthest = 0;
    while (!job.over) {
      const found = await this.advance(row, job, tell);
      if (job.over) return;
      if (found.photo || found.what === "failed") {
        await this.shelf.remove(row.name);
        tell(found.photo ? { what: "done", part: 1, photo: found.photo } : found);
        job.over = true;
        return;
      }
      if (found.part > furthest) pause = PHOTO_FIRST_PAUSE;
      furthest = Math.max(furthest, found.part);
      tell({ ...found, part: furthest });
      await this.rest(Math.max(pause * (0.5 + Math.random() / 2), (found.wait || 0) * 1000));
      pause = Math.min(PHOTO_LONGEST_PAUSE, pause * 2);
    }
  }

  /**
   * Ask how far it has come, then send piece after piece until it is there or something stops it.
   * @returns {Promise<Stand & {part: number}>}
   */
  async advance(row, job, tell) {
    const { content } = row;
    const total = content.byteLength;
    let stands = await this.ask(row.name);
    let received = 0;
    while (!job.over) {
      received = stands.received ?? received;
      const part = received / total;
      if (stands.photo || stands.what) return { part, ...stands };
      tell({ what: "sending", part });
      const piece = content.slice(received, received + PHOTO_PIECE);
      stands = await this.ask(row.name, received, total, piece);
      if (!stands.photo && !stands.what && (stands.received ?? 0) <= received) return { what: "waiting", part };
    }
    return { what: "waiting", part: received / total };
  }

  /**
   * @param {string} name
   * @param {number} [start]
   * @param {number} [total]
   * @param {ArrayBuffer} [piece]
   * @returns {Promise<Stand>}
   */
  async ask(name, start, total, piece) {
    const given = new AbortController();
    const timer = setTimeout(() => given.abort(), PHOTO_PATIENCE);
    const about = piece
      ? `?${new URLSearchParams({ peserta: this.participant, mulai: String(start), ukuran: String(total) })}`
      : "";
    try {
      const answer = await fetch(`${this.baseUrl}foto/kirim/${name}${about}`, {
        method: piece ? "POST" : "GET",
        body: piece,
        headers: piece ? { "Content-Type": "application/octet-stream", "X-XSRFToken": this.token } : {},
        cache: "no-store",
        credentials: "same-origin",
        redirect: "manual",
        signal: given.signal,
      });
      const content = await answer.json();
      // A hotspot's own page may answer too, in any way.
      if (!Number.isFinite(content.now)) return { what: "waiting" };
      if (content.participant && content.participant !== this.participant) return { what: "login" };
      this.token = content.token || this.token;
      return this.meaning(answer, content);
    } catch {
      return { what: "waiting" };
    } finally {
      clearTimeout(timer);
    }
  }

  /** @returns {Stand} */
  meaning({ status, headers }, { received, photo, message }) {
    if (status === 200) return { received, photo };
    if (status === 401 || status === 409) return { what: "login", message };
    // 403: the token was too old; the next round asks for a new one.
    if (status === 403 || status === 429 || status >= 500)
      return { what: "waiting", message, wait: Number(headers.get("Retry-After")) };
    return { what: "failed", message: message || "Foto ini tidak bisa dikirim. Muat ulang halaman, lalu coba lagi." };
  }

  /**
   * Pause, but no longer than until the phone wakes or the network is back.
   * @returns {Promise<void>}
   */
  rest(pause) {
    return new Promise((resolve) => {
      const awake = () => {
        if (document.visibilityState === "hidden") return;
        clearTimeout(timer);
        window.removeEventListener("online", awake);
        document.removeEventListener("visibilitychange", awake);
        resolve();
      };
      const timer = setTimeout(() => {
        window.removeEventListener("online", awake);
        document.removeEventListener("visibilitychange", awake);
        resolve();
      }, pause);
      window.addEventListener("online", awake);
      document.addEventListener("visibilitychange", awake);
    });
  }
}

/** The post of a served page; null elsewhere, as in JupyterLab. */
export function photoPost() {
  return document.body.dataset.participant ? new PhotoPost(document.body.dataset) : null;
}

/** How a sending stands, in words. */
export function photoWords({ what, part, message, isSafe }) {
  const percent = `${Math.floor((part || 0) * 100)} persen`;
  if (what === "sending") return part < 1 ? `Mengirim foto: ${percent}.` : "Foto terkirim, sedang disimpan.";
  if (what === "login") return `${message || "Silakan masuk lagi."} Foto menunggu di HP ini.`;
  if (what === "failed" || (what === "waiting" && message)) return message;
  if (what !== "waiting") return "";
  return isSafe
    ? `Menunggu sinyal. Foto aman di HP ini, ${percent} sudah terkirim.`
    : "Menunggu sinyal. Jangan tutup halaman ini.";
}
