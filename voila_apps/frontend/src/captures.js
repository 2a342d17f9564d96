// Which Output widget catches what the kernel prints: the latest one that named the message.

export class Captures {
  constructor() {
    this.byWidget = new Map();
  }
  set(widget, messageId) {
    this.byWidget.delete(widget);
    if (messageId) this.byWidget.set(widget, messageId);
  }
  /** The widget that catches output of this message, or undefined. */
  catcher(messageId) {
    let found;
    for (const [widget, id] of this.byWidget) if (id === messageId) found = widget;
    return found;
  }
}
