// The page of somebody who waits for room: asks for the number in the queue, and opens what was wanted when
// it is their turn.

const line = /** @type {HTMLElement} */ (document.getElementById("antrean"));
const number = /** @type {HTMLElement} */ (document.getElementById("nomor"));
const pause = Number(line.dataset.every) * 1000;
let timer = 0;

async function ask() {
  clearTimeout(timer);
  // Set before the question: an answer that never comes must not be the last one.
  timer = setTimeout(ask, pause);
  try {
    const answer = await fetch(line.dataset.ask || "", { cache: "no-store", redirect: "manual" });
    // Not logged in any more: the server will say so.
    const refused = answer.type === "opaqueredirect" || answer.status === 403;
    const turn = refused ? 0 : (await answer.json()).nomor;
    if (turn === 0) location.reload();
    // The same number again would make a screen reader repeat it.
    else if (number.textContent !== String(turn)) number.textContent = String(turn);
  } catch {
    // No signal, or the server is being started again: the next question will tell.
  }
}

timer = setTimeout(ask, pause);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") ask();
});
