import type { Log } from "../base/log.ts";
import type { Cancel, Scheduler } from "../base/scheduler.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGQUIT"] as const;
const DRAIN_CHECK_MS = 1_000;
/** How often a drain says that it is still waiting. */
const WAITING_LOG_MS = 5_000;

/** Where signals come from: the process, but in tests. */
export interface SignalSource {
  on(signal: string, run: (signal: string) => void): unknown;
  off(signal: string, run: (signal: string) => void): unknown;
}

/**
 * When to stop. The first signal drains: the server goes on until the last participant has left;
 * the second one forces (spec-operations 3.7).
 */
export class Shutdown {
  readonly #log: Log;
  readonly #source: SignalSource;
  readonly #scheduler: Scheduler;
  readonly #done: PromiseWithResolvers<void> = Promise.withResolvers<void>();
  readonly #onSignal = (signal: string): void => this.#signalled(signal);
  #participants: () => number = () => 0;
  #cancelCheck: Cancel | undefined;
  #signals = 0;
  exitCode = 0;

  /** Listens from now on, so that no signal during the start is lost. */
  constructor(log: Log, source: SignalSource, scheduler: Scheduler) {
    this.#log = log;
    this.#source = source;
    this.#scheduler = scheduler;
    for (const signal of SIGNALS) source.on(signal, this.#onSignal);
  }

  /** Something is broken for good: stop now, with exit code 1. */
  fail(reason: string): void {
    this.#log.error(reason);
    this.exitCode = 1;
    this.#finish();
  }

  /** Resolves when the server is to stop. */
  async requested(participants: () => number): Promise<void> {
    this.#participants = participants;
    if (this.#signals > 0) this.#drain();
    await this.#done.promise;
  }

  #signalled(signal: string): void {
    this.#signals += 1;
    const force = this.#signals > 1;
    this.#log.info("exit requested, shutting down", { signal, force });
    if (force) this.#finish();
    else this.#drain();
  }

  #drain(): void {
    if (this.#cancelCheck !== undefined) return;
    let waitedMs = 0;
    const check = (): void => {
      const participants = this.#participants();
      if (participants === 0) this.#finish();
      else if (waitedMs % WAITING_LOG_MS === 0) {
        this.#log.info("waiting for participants to exit", { participants });
      }
      waitedMs += DRAIN_CHECK_MS;
    };
    this.#cancelCheck = this.#scheduler.every(DRAIN_CHECK_MS, check);
    check();
  }

  #finish(): void {
    this.#cancelCheck?.();
    for (const signal of SIGNALS) this.#source.off(signal, this.#onSignal);
    this.#done.resolve();
  }
}
