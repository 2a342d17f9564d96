// Carries requests to the server, and says in one word what came of each.

import { hear } from "./clock.js";

const LIMIT = 6000;
const LONG_LIMIT = 25000;
const POOL = 6;
const LAG = 3000; // more than this is no delay on the way: the laptop's clock has been set forward

export const DONE = "done";
export const NO_SIGNAL = "no signal"; // ask again later
export const LOG_IN = "log in";
export const OTHER_PERSON = "other person";
export const BUSY = "busy"; // the server asks to wait, and may say why
export const REFUSED = "refused"; // asking again would not help

/**
 * The address where answers of a sheet are handed in.
 * @param {string} baseUrl
 * @param {string} sheet
 */
export function answersUrl(baseUrl, sheet) {
  return `${baseUrl}${sheet.includes("/") ? "pelajaran" : "tugas"}/${sheet}/jawaban`;
}

/**
 * The address where an answer to an exercise is checked.
 * @param {string} baseUrl
 * @param {string} sheet
 */
export const checkUrl = (baseUrl, sheet) => `${baseUrl}pelajaran/${sheet}/periksa`;

export class Courier {
  /** @param {string} [token] against forged requests */
  constructor(token) {
    this.token = token;
    /** @type {(behind: number) => void} */
    this.onLag = () => {};
    this.failed = 0;
  }

  /**
   * @param {string} url
   * @param {object} [body] what is handed in; without one the server is only asked
   * @returns {Promise<Found>}
   */
  async ask(url, body) {
    const found = await this.once(url, body);
    // A page that stood open for long holds a token that is too old. The server gives a new one.
    if (found.status !== 403 || !body) return found;
    const renewed = await this.once(url.replace(/\/kirim$/, "").replace(/periksa$/, "jawaban"));
    if (renewed.what !== DONE) return renewed;
    this.token = renewed.content.token;
    return this.once(url, body);
  }

  /**
   * @param {string} url
   * @param {object} [body]
   * @returns {Promise<Found>}
   */
  async once(url, body) {
    const given = new AbortController();
    // Mostly short: a browser may try one dead connection of its pool after the other. Now and then
    // long: a slow line may need more time than a broken one deserves.
    const timer = setTimeout(() => given.abort(), this.failed % 4 === 3 ? LONG_LIMIT : LIMIT);
    try {
      const answer = await fetch(url, {
        method: body ? "POST" : "GET",
        body: body && JSON.stringify(body),
        headers: body ? { "Content-Type": "application/json", "X-XSRFToken": this.token || "" } : {},
        cache: "no-store",
        credentials: "same-origin",
        redirect: "manual",
        signal: given.signal,
        // A page that is being left still gets its last words out.
        keepalive: Boolean(body) && document.visibilityState === "hidden",
      });
      const content = await answer.json();
      // A hotspot's own page may answer too, in HTML or in any other way.
      if (!Number.isFinite(content.now)) return { what: NO_SIGNAL };
      const behind = hear(content.now);
      if (behind > LAG) this.onLag(behind);
      this.failed = 0;
      return {
        what: meaning(answer.status),
        status: answer.status,
        content,
        wait: Number(answer.headers.get("Retry-After")),
      };
    } catch {
      if (given.signal.aborted) this.failed += 1;
      // A browser keeps six connections to a server; after a change of network each may be dead.
      return { what: NO_SIGNAL, mayBeDead: given.signal.aborted && this.failed <= POOL };
    } finally {
      clearTimeout(timer);
    }
  }
}

/** @param {number} status */
function meaning(status) {
  if (status === 200) return DONE;
  if (status === 401) return LOG_IN;
  if (status === 409) return OTHER_PERSON;
  if (status === 429 || status >= 500) return BUSY;
  return REFUSED;
}
