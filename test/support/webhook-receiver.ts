import { WebhookReceiver as Verifier, type WebhookEvent } from "livekit-server-sdk";

export type ReceivedHook = {
  readonly event: WebhookEvent;
  /** Of the extra header. */
  readonly sequence: number;
  readonly status: number;
};

/** A real HTTP receiver of webhooks that verifies each with the public SDK. */
export class HookReceiver implements Disposable {
  /** What came, in its order, refused or not. */
  readonly attempts: ReceivedHook[] = [];
  /** Requests that the SDK refuses. */
  readonly problems: unknown[] = [];
  /** Answers each event with this status; a promise lets it wait. */
  answer: (event: WebhookEvent) => number | Promise<number> = () => 200;
  readonly #server: Bun.Server<unknown>;
  readonly #verifier: Verifier;

  constructor(key: string, secret: string) {
    this.#verifier = new Verifier(key, secret);
    this.#server = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      idleTimeout: 0,
      fetch: (request) => this.#receive(request),
    });
  }

  get url(): string {
    return `${this.#server.url}hook`;
  }

  /** What was taken, in its order. */
  get taken(): ReceivedHook[] {
    return this.attempts.filter(({ status }) => status === 200);
  }

  async #receive(request: Request): Promise<Response> {
    const body = await request.text();
    let event: WebhookEvent;
    try {
      event = await this.#verifier.receive(body, request.headers.get("Authorization") ?? "");
    } catch (error) {
      this.problems.push(error);
      return new Response("", { status: 401 });
    }
    const sequence = Number(request.headers.get("X-Parley-Sequence"));
    const status = await this.answer(event);
    this.attempts.push({ event, sequence, status });
    return new Response("", { status });
  }

  [Symbol.dispose](): void {
    void this.#server.stop(true);
  }
}
