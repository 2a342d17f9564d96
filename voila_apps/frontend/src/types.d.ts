// What several modules name in their JSDoc; `tsc --checkJs` reads it, no browser does.

import type { Courier } from "./outbox/courier.js";
import type { Outbox } from "./outbox/outbox.js";
import type { Store } from "./outbox/store.js";

declare global {
  /** An answer that was changed on this phone; known by its writer and count. */
  interface Change {
    participant: string;
    sheet: string;
    question: string;
    answer: unknown;
    writer: string;
    seq: number;
    /** Milliseconds of the server's clock. */
    acted: number;
    /** Whether this page made it. */
    mine?: boolean;
    /** Whether it would be lost with the page. */
    inMemory?: boolean;
    /** The newer answer of another phone that took its place. */
    other?: { answer: unknown };
    key?: undefined;
  }

  /** A sheet that is to be sent once all its answers are safe; known by its key. */
  interface Wish {
    participant: string;
    sheet: string;
    key: string;
    acted: number;
    inMemory?: boolean;
    receipt?: { code: string; url: string; at: string };
    refusal?: string;
    writer?: undefined;
    seq?: undefined;
  }

  /** A question on a page: its sheet, and the page's sheet where that is another one (*Ingat*). */
  interface Spot {
    sheet: string;
    question: string;
    page: string;
  }

  /** An answer that is to be checked without the page's line; known by its key. */
  interface Check extends Spot {
    participant: string;
    answer: unknown;
    key: string;
    inMemory?: boolean;
    /** What the server says that the question's widget shows. */
    traits?: Record<string, unknown>;
    refusal?: string;
    writer?: undefined;
    seq?: undefined;
  }

  /** How a check stands, as a question is told. */
  interface CheckLook {
    words: string;
    answer?: unknown;
    key?: string;
    traits?: Record<string, unknown>;
  }

  /** What came of a request: `what` is one of courier.js's words. */
  interface Found {
    what: string;
    status?: number;
    // biome-ignore lint/suspicious/noExplicitAny: each address answers in a form of its own
    content?: any;
    /** Seconds until the server wants to be asked again. */
    wait?: number;
    mayBeDead?: boolean;
  }

  /** How an answer stands, as a question is told. */
  interface Look {
    status: string;
    message?: string;
    answer?: unknown;
    own?: unknown;
    inMemory?: boolean;
    elsewhere?: boolean;
  }

  /** What the server told a page, in the attributes of its body. */
  interface AboutPage {
    participant: string;
    baseUrl: string;
    sheet: string;
    ticket?: string;
    token?: string;
    isKept?: boolean;
  }

  interface OutboxParts {
    store: Store;
    courier: Courier;
    /** Called whenever something has changed. */
    onChange: (outbox: Outbox) => void;
  }

  /** A question's way to the outbox of its page. */
  interface PageOutbox {
    keep(question: string, answer: unknown): Promise<{ writer: string; seq: number }>;
    again(): void;
    insist(question: string): Promise<unknown>;
    giveWay(question: string): Promise<void>;
    /** Calls `tell` with how an answer stands, now and whenever that changes; gives what ends it. */
    watch(question: string, tell: (news: Look & { words: string }) => void): () => void;
    /** Has an answer checked without the line; `from` is the lesson the question comes from, if another. */
    check(question: string, from: string | undefined, answer: unknown, key: string): Promise<void>;
    watchCheck(question: string, from: string | undefined, tell: (news: CheckLook) => void): () => void;
    dropCheck(question: string, from: string | undefined): Promise<void>;
  }

  /** What a widget's script sees of its model (anywidget's contract). */
  interface WidgetModel {
    // biome-ignore lint/suspicious/noExplicitAny: each trait has a form of its own
    get(name: string): any;
    // biome-ignore lint/suspicious/noExplicitAny: each event tells something of its own
    on(name: string, call: (...told: any[]) => void): void;
    // biome-ignore lint/suspicious/noExplicitAny: as above
    off(name: string, call: (...told: any[]) => void): void;
    send(content: object, callbacks?: object, buffers?: ArrayBuffer[]): void;
    /** Show a state as if Python had said it; on a served page. */
    take?(state: Record<string, unknown>): void;
  }

  interface Window {
    umkmPage?: { line: { state: string }; askAgain(): void };
    umkmOutbox: PageOutbox;
    BarcodeDetector?: typeof BarcodeDetector;
  }

  /** Not in every browser: https://wicg.github.io/shape-detection-api/#barcode-detection-api */
  class BarcodeDetector {
    constructor(options: { formats: string[] });
    static getSupportedFormats(): Promise<string[]>;
    detect(picture: CanvasImageSource): Promise<{ rawValue: string }[]>;
  }
}
