// Tabs cannot be dragged about here.
export class Drag {
  start() {
    return Promise.resolve("none");
  }
  dispose() {}
}
