// Tells the server that a page is left, so that its kernel can end.

export function releaseKernelOnLeave() {
  const { baseUrl, leave } = document.body.dataset;
  window.addEventListener("pagehide", (event) => {
    if (event.persisted) return; // the browser may show this very page again
    const page = document.getElementById("slim-config");
    if (!page || !leave) return;
    const form = new FormData();
    form.append("_xsrf", leave);
    form.append("kernel", page.dataset.kernelId || "");
    navigator.sendBeacon(`${baseUrl}selesai-halaman`, form);
  });
}
