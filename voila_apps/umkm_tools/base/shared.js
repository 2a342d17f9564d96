// What the script of a tool outside this repository imports as "umkm_tools" (see scripts.py).

export * from "../../../widgets/umkm_widgets/photo_upload.js";
export * from "./dom.js";
export * from "./form_tool.js";
export * from "./multiplayer.js";
export * from "./scanner.js";

/** @param {{default: object}} script */
export const widgetOf = (script) => script.default;
