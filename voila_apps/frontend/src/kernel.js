// Ours in place of @jupyterlab/services: 44 KB (gzipped) of the 90 KB a first visit may take, and it can execute code.
// Comms, outputs and kernel status over a line; nothing here can execute code.

import { GONE, Line, OPEN } from "./line.js";
import { decode, encode } from "./wire.js";

const OUTPUTS = new Set(["stream", "display_data", "execute_result", "error", "clear_output", "update_display_data"]);
const ENDINGS = new Set(["restarting", "autorestarting", "dead"]);

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** One side of a conversation with a Python comm. Keeps what arrives before anybody listens. */
export class Comm {
  constructor(kernel, target, id) {
    this.kernel = kernel;
    this.target_name = target;
    this.comm_id = id;
    this.early = [];
    this.listener = null;
    this.closer = null;
  }
  on_msg(listener) {
    this.listener = listener;
    this.early.splice(0).forEach((message) => listener(message));
  }
  on_close(closer) {
    this.closer = closer;
  }
  hear(message) {
    if (this.listener) this.listener(message);
    else this.early.push(message);
  }
  open(data, callbacks, metadata, buffers) {
    return this.kernel.sayComm("comm_open", this, data, { callbacks, metadata, buffers });
  }
  send(data, callbacks, metadata, buffers) {
    return this.kernel.sayComm("comm_msg", this, data, { callbacks, metadata, buffers });
  }
  close(data, callbacks, metadata, buffers) {
    this.kernel.comms.delete(this.comm_id);
    return this.kernel.sayComm("comm_close", this, data || {}, { callbacks, metadata, buffers });
  }
}

export class Kernel {
  /**
   * @param {object} config `baseUrl`, `kernelId`, `maxMessage`.
   * @param {object} calls `onOpen()`, `onState(state)`, `onCommOpen(comm, message)`, `onOutput(message)`, `onTooBig()`.
   */
  constructor(config, calls) {
    this.calls = calls;
    this.session = newId();
    this.maxMessage = config.maxMessage;
    this.comms = new Map();
    this.replies = new Map(); // message id -> what waits for its status
    this.count = 0;
    const root = new URL(config.baseUrl, location.href);
    const kernel = new URL(`api/kernels/${config.kernelId}`, root);
    const socket = new URL(`${kernel.href}/channels?session_id=${this.session}`);
    socket.protocol = root.protocol === "https:" ? "wss:" : "ws:";
    this.line = new Line(
      { socketUrl: socket.href, probeUrl: kernel.href },
      {
        onOpen: () => calls.onOpen(),
        onState: (state) => {
          if (state !== OPEN) this.forget();
          calls.onState(state);
        },
        onMessage: (bytes) => this.hear(decode(bytes)),
        ping: () => this.say("control", "kernel_info_request", {}, { once: true }),
      },
    );
  }

  /**
   * @param {string} channel
   * @param {string} type
   * @param {object} content
   * @param {{callbacks?: object, metadata?: object, buffers?: ArrayBufferView[], once?: boolean}} [options]
   */
  say(channel, type, content, { callbacks, metadata = {}, buffers = [], once = false } = {}) {
    this.count += 1;
    const id = `${this.session}-${this.count}`;
    const header = {
      msg_id: id,
      msg_type: type,
      session: this.session,
      username: "",
      version: "5.3",
      date: new Date().toISOString(),
    };
    const bytes = encode(channel, { header, parent_header: {}, metadata, content }, buffers);
    if (bytes.byteLength > this.maxMessage) {
      this.calls.onTooBig();
      throw new Error("message too big for the line");
    }
    if (!once) this.replies.set(id, callbacks || {});
    this.line.say(bytes, once ? null : id);
    return id;
  }

  sayComm(type, comm, data, options) {
    const content = { comm_id: comm.comm_id, data };
    if (type === "comm_open") content.target_name = comm.target_name;
    return this.say("shell", type, content, options);
  }

  newComm(target, id = newId()) {
    const comm = new Comm(this, target, id);
    this.comms.set(id, comm);
    return comm;
  }

  hear(message) {
    const type = message.header.msg_type;
    const { content } = message;
    const parent = message.parent_header.msg_id;
    if (type === "status") this.hearStatus(content.execution_state, parent, message);
    else if (type === "comm_msg") {
      const comm = this.comms.get(content.comm_id);
      if (comm) {
        this.calls.beforeComm(comm, message);
        comm.hear(message);
      }
    } else if (type === "comm_open") {
      if (!this.comms.has(content.comm_id)) this.calls.onCommOpen(message);
    } else if (type === "comm_close") {
      const comm = this.comms.get(content.comm_id);
      this.comms.delete(content.comm_id);
      if (comm?.closer) comm.closer(message);
    } else if (OUTPUTS.has(type)) this.calls.onOutput(message);
  }

  hearStatus(state, parent, message) {
    if (ENDINGS.has(state)) {
      // A kernel that started again knows nothing of this page.
      this.line.give();
      return;
    }
    if (parent) this.line.answered(parent);
    if (state === "idle") this.settle(parent, message);
  }

  settle(id, message) {
    const callbacks = this.replies.get(id);
    this.replies.delete(id);
    if (callbacks?.iopub?.status) callbacks.iopub.status(message);
  }

  /** What goes another way once the line is down is not said again by it. */
  forget() {
    for (const [id, { once }] of this.replies) if (once) this.line.answered(id);
  }

  /** Ids of what was said and has not been seen through. */
  pending() {
    return [...this.replies.keys()];
  }

  /** Take these as done: their "idle" was lost with an old line. */
  settleAll(ids) {
    for (const id of ids) {
      this.line.answered(id);
      this.settle(id, {
        header: { msg_type: "status" },
        parent_header: { msg_id: id },
        content: { execution_state: "idle" },
      });
    }
  }

  /** Why the server ended the page: "work", "memory" or "". */
  get reason() {
    return this.line.reason;
  }

  get gone() {
    return this.line.state === GONE;
  }
}
