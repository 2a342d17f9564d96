// A server of answers on loopback that keeps one answer a question and knows a change by its writer and count.

import { once } from "node:events";
import { createServer } from "node:http";

export class AnswerServer {
  constructor() {
    this.requests = [];
    this.answers = new Map();
    this.isCut = false;
    /** Called with a change; gives what became of it, or nothing for "saved". */
    this.judge = () => undefined;
    /** Called with the body of a check; gives the status and the content, or a promise of them. */
    this.check = () => [404, {}];
    this.http = createServer((request, response) => this.serve(request, response));
  }

  async start() {
    this.http.listen(0, "127.0.0.1");
    await once(this.http, "listening");
    this.baseUrl = `http://127.0.0.1:${this.http.address().port}/`;
    return this;
  }

  stop() {
    this.http.closeAllConnections();
    this.http.close();
  }

  async serve(request, response) {
    let text = "";
    for await (const chunk of request) text += chunk;
    const body = text ? JSON.parse(text) : null;
    this.requests.push({ path: request.url, body });
    if (this.isCut) return request.socket.destroy();
    const [status, content] = await this.reply(request.url, body);
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(JSON.stringify({ now: Date.now(), ...content }));
  }

  reply(path, body) {
    if (path.endsWith("/kirim")) return [200, { receipt: { code: "T-123", url: "/terima/T-123", at: "10.15" } }];
    if (path.endsWith("/periksa")) return this.check(body);
    const outcomes = body.changes.map(({ question, answer, writer, seq }) => {
      const judged = this.judge({ question, answer, writer, seq }) ?? { state: "saved" };
      if (judged.state === "saved") this.answers.set(question, answer);
      return { question, writer, seq, ...judged };
    });
    return [200, { outcomes }];
  }

  /** All changes that were handed in, in their order. */
  get changes() {
    return this.requests.flatMap(({ body }) => body?.changes ?? []);
  }
}
