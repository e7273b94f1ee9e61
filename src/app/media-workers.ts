import type { Log } from "../base/log.ts";
import type { Scheduler } from "../base/scheduler.ts";
import type { MediaThread, MediaThreadOptions } from "../bridge/media-thread.ts";
import type { ThreadCounts } from "../telemetry/metrics/thread-metrics.ts";
import { type SpawnWorker, startWorkerThread } from "./media-threads.ts";
import { RestartBudget } from "./restart-budget.ts";
import { SupervisedThread, type ThreadState } from "./supervised-thread.ts";
import type { TcpGateway } from "./tcp-gateway.ts";

export type MediaWorkersOptions = {
  readonly spawn: SpawnWorker;
  readonly scheduler: Scheduler;
  readonly log: Log;
  readonly tcp: TcpGateway | undefined;
  /** No thread is left, and none will be. */
  onAllDead(reason: string): void;
};

/** All media threads that are workers, and what is common to them when one is lost. */
export class MediaWorkers {
  readonly #options: MediaWorkersOptions;
  readonly #budget: RestartBudget = new RestartBudget();
  readonly #threads: SupervisedThread[] = [];

  constructor(options: MediaWorkersOptions) {
    this.#options = options;
  }

  /** Starts one. @throws ServerError when it cannot start */
  async start(thread: MediaThreadOptions): Promise<MediaThread> {
    const { spawn, scheduler, log, tcp } = this.#options;
    const started = await SupervisedThread.start({
      index: thread.index,
      scheduler,
      log,
      budget: this.#budget,
      start: (onDied) => startWorkerThread(thread, spawn, log, tcp, onDied),
      hasOther: () => this.#threads.some(({ isLive }) => isLive),
      onDead: (reason) => {
        const isOver = this.#threads.every(({ state }) => state === "dead" || state === "closed");
        if (isOver) this.#options.onAllDead(reason);
      },
    });
    this.#threads.push(started);
    return started;
  }

  /** How many there are in each state, and how many workers were replaced so far. */
  get counts(): ThreadCounts {
    const of = (state: ThreadState) => this.#threads.filter((one) => one.state === state).length;
    const restarts = this.#budget.count;
    return { live: of("live"), starting: of("starting"), dead: of("dead"), restarts };
  }
}
