// Ours in place of @jupyterlab/services (see kernel.js), whose connection neither notices a dead line nor says again
// what was not answered.
// The page's line to its kernel. It comes back by itself, says again what was not answered, and
// notices a line that is dead though nobody closed it (a phone that slept, a new address).

const PROTOCOL = "v1.kernel.websocket.jupyter.org";
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30000;
const OPENING_LIMIT = 10000;
const ANSWER_LIMIT = 5000;
const QUIET_CHECK = 20000;
const TAP_CHECK = 2500;

// Close codes of the server (umkm_apps/page_sessions/kernel_line.py, kernel_manager.py): newer lines took the place of this one, or
// the page has ended for a reason.
const GAVE_WAY = 4001;
const REASONS = { 4003: "work", 4004: "memory" };

export const CLOSED = "closed";
export const OPEN = "open";
export const GONE = "gone";

export class Line {
  /**
   * @param {object} at `socketUrl`, `probeUrl`: where the kernel is, and where to ask whether it still is.
   * @param {object} calls `onOpen()`, `onMessage(bytes)`, `onState(state)`, `ping()`.
   */
  constructor(at, calls) {
    this.at = at;
    this.calls = calls;
    this.state = CLOSED;
    this.pause = FIRST_PAUSE;
    /** @type {WebSocket | null} */
    this.socket = null;
    this.reason = ""; // why the server ended the page, where it said so
    this.heard = 0;
    this.waiting = new Map(); // what the kernel has not answered, in the order it was said
    this.timers = {};
    this.watchThePhone();
  }

  open() {
    if (this.state === GONE || this.socket) return;
    clearTimeout(this.timers.again);
    const socket = new WebSocket(this.at.socketUrl, [PROTOCOL]);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    this.timers.opening = setTimeout(() => this.drop(), OPENING_LIMIT);
    socket.onopen = () => this.opened();
    socket.onmessage = (event) => {
      this.heard = Date.now();
      clearTimeout(this.timers.answer);
      this.timers.answer = 0;
      this.calls.onMessage(event.data);
    };
    socket.onclose = (event) => {
      this.forgetSocket();
      this.reason = REASONS[event.code] || "";
      if (this.reason) this.give();
      // A tab that nobody looks at must not push out those somebody reads; it is back when it is looked at.
      else if (event.code === GAVE_WAY && document.visibilityState === "hidden") this.rest();
      else this.tryAgain();
    };
  }

  opened() {
    clearTimeout(this.timers.opening);
    this.heard = Date.now();
    this.pause = FIRST_PAUSE;
    this.setState(OPEN);
    // The very same bytes: the kernel itself refuses what it has already seen.
    for (const bytes of this.waiting.values()) this.socket?.send(bytes);
    this.calls.onOpen();
    this.timers.quiet = setInterval(() => this.check(), QUIET_CHECK);
  }

  /** Say something; `id` marks what must be said again until `answered(id)`. */
  say(bytes, id) {
    if (id) this.waiting.set(id, bytes);
    if (this.state !== OPEN) return;
    this.socket?.send(bytes);
    if (id && !this.timers.tap) this.timers.tap = setTimeout(() => this.checkTap(), TAP_CHECK);
  }

  answered(id) {
    this.waiting.delete(id);
  }

  checkTap() {
    this.timers.tap = 0;
    if (!this.waiting.size || this.state !== OPEN) return;
    const quiet = Date.now() - this.heard;
    if (quiet >= TAP_CHECK) this.check();
    // A kernel at work answers late: go on looking until it has.
    this.timers.tap = setTimeout(() => this.checkTap(), quiet < TAP_CHECK ? TAP_CHECK - quiet : TAP_CHECK);
  }

  /** Ask for a sign of life, and drop the line if none comes. */
  check() {
    if (this.state !== OPEN) {
      if (this.state === CLOSED) this.open();
      return;
    }
    if (document.visibilityState === "hidden" || this.timers.answer) return;
    this.calls.ping();
    this.timers.answer = setTimeout(() => this.drop(), ANSWER_LIMIT);
  }

  drop() {
    if (this.socket) {
      this.socket.onclose = this.socket.onmessage = this.socket.onopen = null;
      this.socket.close();
    }
    this.forgetSocket();
    this.tryAgain(0);
  }

  forgetSocket() {
    clearTimeout(this.timers.opening);
    clearTimeout(this.timers.answer);
    clearTimeout(this.timers.tap);
    clearInterval(this.timers.quiet);
    this.timers = {};
    this.socket = null;
  }

  tryAgain(pause = this.pause * (0.5 + Math.random() / 2)) {
    if (this.state === GONE) return;
    this.setState(CLOSED);
    // The socket first: a probe may sit in the browser's pool on a connection that is dead too.
    this.timers.again = setTimeout(() => {
      this.open();
      this.probe();
    }, pause);
    this.pause = Math.min(LONGEST_PAUSE, this.pause * 2);
  }

  rest() {
    this.setState(CLOSED);
    this.timers.again = -1;
  }

  /** A socket that fails does not say why; a plain request does. */
  async probe() {
    try {
      const answer = await fetch(this.at.probeUrl, {
        cache: "no-store",
        redirect: "manual",
        credentials: "same-origin",
      });
      const refused = answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status);
      if (refused && this.state !== OPEN) this.give();
    } catch {
      // No network: the next try will tell.
    }
  }

  /** The kernel is gone for good. */
  give() {
    this.setState(GONE);
    if (this.socket) {
      this.socket.onclose = null;
      this.socket.close();
    }
    this.forgetSocket();
  }

  setState(state) {
    if (this.state === state) return;
    this.state = state;
    this.calls.onState(state);
  }

  watchThePhone() {
    const awake = () => {
      if (document.visibilityState === "hidden" || this.state === GONE) return;
      this.pause = FIRST_PAUSE;
      if (this.state === OPEN) this.check();
      else if (this.timers.again) this.open();
    };
    document.addEventListener("visibilitychange", awake);
    document.addEventListener("resume", awake);
    ["online", "focus", "pageshow"].forEach((name) => window.addEventListener(name, awake));
  }
}
