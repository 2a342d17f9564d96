// The streamed page: finds what the server has written so far, as it comes in.

/** Calls `found(element)` once for each element that matches, now and later. */
export function whenFound(selector, found) {
  const seen = new WeakSet();
  const look = () => {
    for (const node of document.querySelectorAll(selector)) {
      if (!seen.has(node)) {
        seen.add(node);
        found(node);
      }
    }
  };
  const observer = new MutationObserver(look);
  observer.observe(document.documentElement, { childList: true, subtree: true });
  look();
  return () => observer.disconnect();
}

/** The kernel's address stands in attributes: text could be half streamed when it is read. */
export function whenConfigured(call) {
  const stop = whenFound("#slim-config", (node) => {
    queueMicrotask(() => stop());
    call({
      baseUrl: node.dataset.baseUrl,
      kernelId: node.dataset.kernelId,
      maxMessage: Number(node.dataset.maxMessage) || 9 * 1000 * 1000,
      isKept: node.dataset.kept !== undefined,
    });
  });
}

/**
 * Outputs come after the text: each goes to its slot when the mark behind it says it is whole.
 * Before that, `onStates(states)` gets the states of the widgets in it, if the server knew them.
 */
export function fillSlots(onStates) {
  whenFound("[data-slim-end]", (mark) => {
    const name = mark.dataset.slimEnd;
    const states = document.querySelector(`script[data-slim-states="${name}"]`);
    if (states) {
      onStates(JSON.parse(states.textContent));
      states.remove();
    }
    /** @type {HTMLTemplateElement | null} */
    const filling = document.querySelector(`template[data-slim-for="${name}"]`);
    const slot = document.querySelector(`[data-slim-slot="${name}"]`);
    if (!filling || !slot) return;
    slot.replaceChildren(filling.content);
    slot.removeAttribute("aria-busy");
    filling.remove();
    mark.remove();
  });
  const end = () =>
    document.querySelectorAll(".slim-slot[aria-busy]").forEach((slot) => slot.removeAttribute("aria-busy"));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => setTimeout(end));
  else end();
}

export function whenMountPoint(call) {
  whenFound("[data-widget-model]", call);
}
