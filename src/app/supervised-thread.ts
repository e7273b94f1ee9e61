import { messageOf } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { Cancel, Scheduler } from "../base/scheduler.ts";
import type { MediaCommand } from "../bridge/commands.ts";
import type { MediaEvent } from "../bridge/events.ts";
import type { MediaCandidate, MediaThread } from "../bridge/media-thread.ts";
import type { WorkerThread } from "./media-threads.ts";
import type { RestartBudget } from "./restart-budget.ts";

/** How often a worker is looked after. */
const LOOK_MS = 1_000;
/**
 * Looks in a row that found nothing new of a worker before it counts as hung. It speaks every two
 * seconds by itself. Looks are counted, not time: when this thread or the whole machine stood still,
 * there were none.
 */
export const SILENT_LOOKS_MAX = 8;
/** A worker that takes longer to start, in looks, is hung as well. */
export const START_LOOKS_MAX = 15;
/** How long the one before may take to end and to leave its port. */
const END_MS = 5_000;
/** The port may be free a moment later only: so often, so far apart. */
const START_ATTEMPTS_MAX = 20;
const START_RETRY_MS = 250;
/** A stop waits no longer for a worker. */
const CLOSE_MS = 3_000;

/** "starting": another worker is to take its place. "dead": none will. "closed": by us. */
export type ThreadState = "live" | "starting" | "dead" | "closed";

export type SupervisedThreadOptions = {
  readonly index: number;
  readonly scheduler: Scheduler;
  readonly log: Log;
  /** Of all threads together. */
  readonly budget: RestartBudget;
  /** @param onDied as of `startWorkerThread` */
  start(onDied: (reason: string) => void): Promise<WorkerThread>;
  /** Somebody else can take the participants. */
  hasOther(): boolean;
  /** It will not come back. */
  onDead(reason: string): void;
};

/**
 * A media thread that outlives its worker (ADR 11). When the worker ends or hangs, its peers are
 * given up: those who have a session on it hear `thread-lost`, and another worker is started in its
 * place, with the same ports. Owner of the worker.
 *
 * Where no other thread is live the loss is told once the new worker is there, so that who comes back
 * at once finds one.
 */
export class SupervisedThread implements MediaThread {
  readonly index: number;
  onEvent: (event: MediaEvent) => void = () => {};
  readonly #options: SupervisedThreadOptions;
  readonly #log: Log;
  #worker: WorkerThread;
  #state: ThreadState = "live";
  readonly #cancelLook: Cancel;
  #cancelRetry: Cancel | undefined;
  #silentLooks = 0;
  /** The worker that was started last has had its looks; does nothing once it has an answer. */
  #startIsLate = (): void => {};
  #heardCount = 0;
  /** Who has a session on it has yet to hear that it was lost. */
  #isLossUntold = false;

  /** Starts the first worker. @throws ServerError when it cannot start */
  static async start(options: SupervisedThreadOptions): Promise<SupervisedThread> {
    let thread: SupervisedThread | undefined;
    let early: string | undefined;
    const worker = await options.start((reason) => {
      if (thread === undefined) early = reason;
      else thread.#died(reason);
    });
    thread = new SupervisedThread(options, worker);
    if (early !== undefined) thread.#died(early);
    return thread;
  }

  private constructor(options: SupervisedThreadOptions, worker: WorkerThread) {
    this.index = options.index;
    this.#options = options;
    this.#log = options.log.with({ worker: options.index });
    this.#worker = worker;
    this.#take(worker);
    this.#cancelLook = options.scheduler.every(LOOK_MS, () => this.#look());
  }

  get state(): ThreadState {
    return this.#state;
  }

  get isLive(): boolean {
    return this.#state === "live";
  }

  get fingerprint(): string {
    return this.#worker.fingerprint;
  }

  get candidates(): readonly MediaCandidate[] {
    return this.#worker.candidates;
  }

  get doorbell(): number {
    return this.#worker.doorbell;
  }

  post(command: MediaCommand): void {
    this.#worker.post(command);
  }

  #take(worker: WorkerThread): void {
    this.#worker = worker;
    this.#heardCount = worker.heardCount;
    this.#silentLooks = 0;
    worker.onEvent = (event) => {
      if (worker === this.#worker) this.onEvent(event);
    };
  }

  #look(): void {
    this.#silentLooks += 1;
    if (this.#state === "starting" && this.#silentLooks >= START_LOOKS_MAX) this.#startIsLate();
    if (this.#state !== "live") return;
    if (this.#worker.heardCount !== this.#heardCount) {
      this.#heardCount = this.#worker.heardCount;
      this.#silentLooks = 0;
    }
    if (this.#silentLooks < SILENT_LOOKS_MAX) return;
    this.#died(`it said nothing for ${(SILENT_LOOKS_MAX * LOOK_MS) / 1000} s`);
  }

  #died(reason: string): void {
    if (this.#state !== "live") return;
    this.#state = "starting";
    this.#worker.giveUp();
    this.#isLossUntold = true;
    const { budget, scheduler } = this.#options;
    const mayRestart = budget.take(scheduler.nowMs());
    this.#log.error("Media worker lost: its participants are told to reconnect", {
      reason,
      restarts: mayRestart,
    });
    if (!mayRestart) this.#end(`media workers were lost ${budget.max} times`);
    else {
      if (this.#options.hasOther()) this.#tellLoss();
      this.#restartAfter(this.#worker);
    }
  }

  #tellLoss(): void {
    if (!this.#isLossUntold) return;
    this.#isLossUntold = false;
    try {
      this.onEvent({ kind: "thread-lost" });
    } catch (error) {
      // as of any other event
      this.#log.error("Media event could not be handled", { event: "thread-lost", error });
    }
  }

  #restartAfter(lost: WorkerThread): void {
    let hasBegun = false;
    const begin = (): void => {
      if (hasBegun) return; // what waits now is the next attempt
      hasBegun = true;
      this.#cancelRetry?.();
      if (this.#state === "starting") this.#restart(1);
    };
    this.#cancelRetry = this.#options.scheduler.after(END_MS, begin);
    void lost.ended.then(begin);
  }

  #restart(attempt: number): void {
    this.#silentLooks = 0;
    let isOver = false;
    this.#options
      .start((reason) => this.#died(reason))
      .then(
        (worker) => {
          if (isOver) worker.giveUp();
          else if (worker.isLive) this.#restarted(worker);
          else this.#startFailed(attempt, "the new worker broke at once");
          isOver = true;
        },
        (error: unknown) => {
          if (isOver) return;
          isOver = true;
          this.#startFailed(attempt, messageOf(error));
        },
      );
    this.#startIsLate = () => {
      if (isOver) return;
      isOver = true;
      this.#end("another worker did not start in time");
    };
  }

  #restarted(worker: WorkerThread): void {
    this.#cancelRetry?.();
    if (this.#state === "closed") {
      worker.giveUp();
      return;
    }
    this.#take(worker);
    this.#state = "live";
    this.#log.info("Media worker restarted");
    this.#tellLoss();
  }

  #startFailed(attempt: number, reason: string): void {
    this.#cancelRetry?.();
    if (this.#state === "closed") return;
    if (attempt === START_ATTEMPTS_MAX) {
      this.#end(reason);
      return;
    }
    this.#cancelRetry = this.#options.scheduler.after(START_RETRY_MS, () =>
      this.#restart(attempt + 1),
    );
  }

  #end(reason: string): void {
    this.#state = "dead";
    this.#log.error("Media worker will not be restarted", { reason });
    this.#tellLoss();
    this.#options.onDead(reason);
  }

  /** The worker's sockets are closed when this resolves; one that does not answer is not waited for. */
  async close(): Promise<void> {
    const { isLive } = this;
    this.#state = "closed";
    this.#cancelLook();
    this.#cancelRetry?.();
    if (!isLive) return;
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const cancel = this.#options.scheduler.after(CLOSE_MS, resolve);
    await Promise.race([this.#worker.close(), late]);
    cancel();
  }
}
