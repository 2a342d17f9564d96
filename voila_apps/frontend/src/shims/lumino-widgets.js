// The few Lumino classes that every widget draws with, from the sources the package ships: its built
// file is one block of namespaces, of which a bundler can drop nothing.
export { Panel } from "../../node_modules/@lumino/widgets/src/panel.ts";
export { Widget } from "../../node_modules/@lumino/widgets/src/widget.ts";
