// Also what the controls draw with. Apart, since what two parts of the bundle use stands in the part that
// each page waits for: tabs were a fifth of it.
export { PanelLayout } from "../../node_modules/@lumino/widgets/src/panellayout.ts";
export { TabBar } from "../../node_modules/@lumino/widgets/src/tabbar.ts";
export { Title } from "../../node_modules/@lumino/widgets/src/title.ts";
export * from "./lumino-widgets.js";
