import type { MediaThread, MediaThreadOptions } from "../../src/bridge/media-thread.ts";
import { ThreadMesh } from "../../src/rtc/media/thread-mesh.ts";
import { SimEngine } from "./sim-engine.ts";

const STEP_MS = 5;

/** Several engines, each with clients of its own, joined by rings as media threads are. */
export class SimThreads {
  readonly engines: readonly SimEngine[];
  readonly mesh: ThreadMesh;
  /** Threads that have been rung for, and have not had their turn. */
  readonly #rung = new Set<number>();
  /** Threads that get no turn: they are away for a while. */
  readonly stalled: Set<number> = new Set();
  /** How often each was rung for. */
  readonly rings: number[];

  constructor(count: number, options: Partial<MediaThreadOptions> = {}) {
    this.engines = Array.from(
      { length: count },
      (_, index) =>
        new SimEngine(undefined, { index, ...options }, (thread) => ({
          ring: () => {
            this.#rung.add(thread);
            this.rings[thread]! += 1;
          },
        })),
    );
    this.rings = this.engines.map(() => 0);
    this.mesh = new ThreadMesh(this.engines.map((engine, index) => threadOf(engine, index)));
    for (const [index, engine] of this.engines.entries()) {
      engine.post = (command) => {
        this.mesh.threads[index]!.post(command);
        this.settle();
      };
    }
  }

  engine(index: number): SimEngine {
    return this.engines[index]!;
  }

  /** Whoever is rung for has a turn, until nobody is any more. */
  settle(): void {
    for (;;) {
      const [next] = [...this.#rung].filter((thread) => !this.stalled.has(thread));
      if (next === undefined) return;
      this.#rung.delete(next);
      this.engine(next).turn();
    }
  }

  /** Lets time pass on all threads; `onStep` runs every 5 ms of it. */
  advance(byMs: number, onStep: () => void = () => {}): void {
    for (let ms = 0; ms < byMs; ms += STEP_MS) {
      for (const [index, engine] of this.engines.entries()) {
        if (this.stalled.has(index)) engine.nowMs += STEP_MS;
        else engine.advance(STEP_MS);
      }
      onStep();
      this.settle();
    }
  }
}

function threadOf(engine: SimEngine, index: number): MediaThread {
  return {
    index,
    fingerprint: "AA",
    candidates: [],
    doorbell: -1,
    isLive: true,
    post: (command) => engine.carryOut(command),
    onEvent: () => {},
    close: () => Promise.resolve(),
  };
}
