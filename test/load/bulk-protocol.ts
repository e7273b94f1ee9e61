/**
 * One end of a byte stream in a process of its own, and what the measuring process asks of it. The
 * ends are our load clients, native clients or tabs of a browser.
 */
export type BulkRole = "sender" | "receiver";

export type BulkReport = {
  /** Chunks sent or received whole. */
  readonly chunks: number;
  /** Of their contents. */
  readonly bytes: number;
  readonly duplicates: number;
  readonly disordered: number;
  /** Chunks with a content other than sent. */
  readonly corrupt: number;
  /** The stream's end has been sent or received. */
  readonly isEnded: boolean;
};

export type BulkOrder =
  /** Of the sender; as fast as it goes without a rate. */
  | { readonly kind: "start"; readonly bytesPerSecond?: number }
  | { readonly kind: "stop" }
  | { readonly kind: "report" };

export type BulkAnswer =
  | { readonly kind: "ready" }
  | { readonly kind: "report"; readonly report: BulkReport }
  | { readonly kind: "failed"; readonly reason: string };

/** What measures sees of an end. */
export interface BulkEnd {
  order(order: Exclude<BulkOrder, { kind: "report" }>): Promise<void>;
  report(): Promise<BulkReport>;
  close(): Promise<void>;
}

/** What a process that is an end implements. */
export interface BulkWorker {
  start(bytesPerSecond: number | undefined): void | Promise<void>;
  stop(): void | Promise<void>;
  report(): BulkReport | Promise<BulkReport>;
  /** Before the process ends. */
  close?(): Promise<void>;
}

/** The process's side, once it has joined; the process ends with the one that measures. */
export function serveBulkOrders(worker: BulkWorker): void {
  const obey = async (order: BulkOrder): Promise<void> => {
    if (order.kind === "start") await worker.start(order.bytesPerSecond);
    else if (order.kind === "stop") await worker.stop();
    else answer({ kind: "report", report: await worker.report() });
  };
  const end = async (): Promise<void> => {
    await worker.close?.().catch(() => {});
    process.exit(0);
  };
  process.on("message", (order: BulkOrder) => {
    obey(order).catch((error: unknown) => answer({ kind: "failed", reason: String(error) }));
  });
  process.on("disconnect", end);
  process.on("SIGTERM", end);
  answer({ kind: "ready" });
}

function answer(message: BulkAnswer): void {
  process.send?.(message);
}

const READY_MS = 40_000;
const REPORT_MS = 20_000;

/** The measuring process's side of an end in a process. */
export class BulkProcess implements BulkEnd {
  readonly #child: Bun.Subprocess;
  readonly #ready = Promise.withResolvers<void>();
  #report = Promise.withResolvers<BulkReport>();

  private constructor(command: readonly string[]) {
    this.#child = Bun.spawn([...command], {
      stdio: ["ignore", "ignore", "inherit"],
      serialization: "json",
      ipc: (message: BulkAnswer) => this.#take(message),
      onExit: (_child, code) => this.#fail(`a client ended with code ${code}`),
    });
  }

  /** Resolves when it has joined and can send or receive. */
  static async start(command: readonly string[]): Promise<BulkProcess> {
    const end = new BulkProcess(command);
    const timer = setTimeout(() => end.#fail("a client did not get ready"), READY_MS);
    try {
      await end.#ready.promise;
    } catch (error) {
      await end.close();
      throw error;
    } finally {
      clearTimeout(timer);
    }
    return end;
  }

  async order(order: BulkOrder): Promise<void> {
    this.#child.send(order);
  }

  async report(): Promise<BulkReport> {
    this.#report = Promise.withResolvers();
    this.#child.send({ kind: "report" });
    const timer = setTimeout(() => this.#fail("a client does not answer"), REPORT_MS);
    return await this.#report.promise.finally(() => clearTimeout(timer));
  }

  async close(): Promise<void> {
    this.#child.kill();
    await this.#child.exited;
  }

  #take(message: BulkAnswer): void {
    if (message.kind === "ready") this.#ready.resolve();
    else if (message.kind === "report") this.#report.resolve(message.report);
    else this.#fail(message.reason);
  }

  #fail(reason: string): void {
    const error = new Error(`The byte stream broke off: ${reason}`);
    this.#ready.promise.catch(() => {});
    this.#report.promise.catch(() => {});
    this.#ready.reject(error);
    this.#report.reject(error);
  }
}
