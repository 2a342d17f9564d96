// The controls most notebooks use.
// What puts the style on the page is in the main script already; naming it here would split it off.
export { default as styleSheet } from "css:./controls.css";

export * from "@jupyter-widgets/controls/lib/widget_bool.js";
export * from "@jupyter-widgets/controls/lib/widget_box.js";
export * from "@jupyter-widgets/controls/lib/widget_button.js";
export * from "@jupyter-widgets/controls/lib/widget_description.js";
export * from "@jupyter-widgets/controls/lib/widget_float.js";
export * from "@jupyter-widgets/controls/lib/widget_image.js";
export * from "@jupyter-widgets/controls/lib/widget_int.js";
export * from "@jupyter-widgets/controls/lib/widget_link.js";
export * from "@jupyter-widgets/controls/lib/widget_selection.js";
export * from "@jupyter-widgets/controls/lib/widget_selectioncontainer.js";
export * from "@jupyter-widgets/controls/lib/widget_string.js";
export * from "@jupyter-widgets/controls/lib/widget_upload.js";
