// The few Lumino classes that widgets draw with, from the sources the package ships: its built
// file is one block of namespaces, of which a bundler can drop nothing.
export { Panel } from "../../node_modules/@lumino/widgets/src/panel.ts";
export { PanelLayout } from "../../node_modules/@lumino/widgets/src/panellayout.ts";
export { TabBar } from "../../node_modules/@lumino/widgets/src/tabbar.ts";
export { Title } from "../../node_modules/@lumino/widgets/src/title.ts";
export { Widget } from "../../node_modules/@lumino/widgets/src/widget.ts";
