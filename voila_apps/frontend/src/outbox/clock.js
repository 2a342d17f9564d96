// What time it is on the trainer's laptop, from its last word and what has gone by since.
// A phone's own date may be years off, so it is never used as such.

const COOKIE = "umkm-jam";

let word = { server: read() || Date.now(), running: performance.now(), wall: Date.now() };

function read() {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${COOKIE}=`));
  return found ? Number(found.slice(COOKIE.length + 1)) : 0;
}

/**
 * Take note of a time the server just told; gives by how much our own reckoning lagged behind it.
 * @param {number} server
 * @returns {number}
 */
export function hear(server) {
  const behind = server - now();
  word = { server, running: performance.now(), wall: Date.now() };
  return behind;
}

/**
 * The laptop's time in milliseconds: never later than it is there, unless the phone's clock was set
 * forward meanwhile, which the server evens out. So of two pages of one phone the one that was
 * opened later always dates its answers later, however long a message is under way.
 */
export function now() {
  // A sleeping phone stops one of its two clocks.
  const gone = Math.max(performance.now() - word.running, Date.now() - word.wall);
  return Math.round(word.server + gone);
}
