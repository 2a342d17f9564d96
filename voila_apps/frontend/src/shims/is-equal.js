// ipywidgets compares attributes; Underscore, already here, does the same.
export { default } from "../../node_modules/underscore/modules/isEqual.js";
