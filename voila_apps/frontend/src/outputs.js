// Outputs as they stand in a notebook, drawn while the page lives. Nothing in them is executed.
// What the main script has (a widget's place, formulas, Markdown) is handed in: importing it here would
// split it off into a file of its own, one request more for everybody.

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal begin with one
const ANSI = /\u001b\[[0-9;]*m/g;
const IMAGES = ["image/png", "image/jpeg", "image/gif", "image/webp"];

const textOf = (value) => (Array.isArray(value) ? value.join("") : String(value));

function element(tag, className, text) {
  const node = document.createElement(tag);
  node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function drawData(data, page) {
  const view = data["application/vnd.jupyter.widget-view+json"];
  if (view) {
    const place = element("div", "slim-output");
    place.dataset.widgetModel = view.model_id;
    page.mount(place);
    return place;
  }
  if (data["text/html"] !== undefined) {
    const place = element("div", "slim-output slim-html");
    place.innerHTML = textOf(data["text/html"]); // the page's policy lets no script of it run
    page.drawFormulas(place);
    return place;
  }
  if (data["text/markdown"] !== undefined) {
    const place = element("div", "slim-output slim-markdown");
    page.drawMarkdown(place, textOf(data["text/markdown"]));
    return place;
  }
  if (data["text/latex"] !== undefined) {
    const place = element("div", "slim-output slim-latex", textOf(data["text/latex"]));
    page.drawFormulas(place);
    return place;
  }
  for (const type of IMAGES) {
    if (data[type] === undefined) continue;
    const image = element("img", "slim-output");
    image.alt = textOf(data["text/plain"] || "");
    image.src = `data:${type};base64,${textOf(data[type]).trim()}`;
    return image;
  }
  if (data["image/svg+xml"] !== undefined) {
    const image = element("img", "slim-output");
    image.alt = "";
    image.src = `data:image/svg+xml,${encodeURIComponent(textOf(data["image/svg+xml"]))}`;
    return image;
  }
  return element("pre", "slim-output", textOf(data["text/plain"] ?? ""));
}

/** An element that shows one output; `page` (the manager) draws what is more than text and pictures. */
export function drawOutput(output, page) {
  switch (output.output_type) {
    case "stream":
      return element("pre", `slim-output slim-${output.name}`, textOf(output.text).replace(ANSI, ""));
    case "error": {
      const words = (output.traceback || []).join("\n") || `${output.ename}: ${output.evalue}`;
      const place = element("details", "slim-output slim-error");
      place.append(
        element("summary", "", `Ada kesalahan: ${output.ename}`),
        element("pre", "", words.replace(ANSI, "")),
      );
      return place;
    }
    default:
      return drawData(output.data || {}, page);
  }
}

/** A kernel's output message as an output of a notebook, or null. */
export function outputOf({ header, content }) {
  switch (header.msg_type) {
    case "stream":
      return { output_type: "stream", name: content.name, text: content.text };
    case "error":
      return { output_type: "error", ename: content.ename, evalue: content.evalue, traceback: content.traceback };
    case "execute_result":
    case "display_data":
      return {
        output_type: header.msg_type,
        data: content.data,
        metadata: content.metadata,
        ...(header.msg_type === "execute_result" ? { execution_count: content.execution_count ?? null } : {}),
      };
    default:
      return null;
  }
}
