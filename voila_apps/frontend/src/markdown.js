// Markdown that Python displays while the page lives; what a notebook holds is drawn by the server.

import { once } from "./once.js";
import { sanitizeBlocks } from "./sanitize.js";

const reader = once(() => import("./late/markdown.js"));

/** Draw Markdown in a place; its source stands there until then, and stays when its reader cannot be had. */
export async function drawMarkdown(place, source) {
  place.textContent = source;
  try {
    const { markdownToHtml } = await reader();
    place.innerHTML = sanitizeBlocks(markdownToHtml(source));
  } catch (error) {
    console.warn("Markdown not drawn", error);
  }
}
