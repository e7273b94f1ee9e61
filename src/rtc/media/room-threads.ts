import type { MediaThread } from "../../bridge/media-thread.ts";
import type { MediaRouter } from "./media-router.ts";

/**
 * The media threads that one room is on: the one that it began on, and those that it has spilled over to.
 * All connections of a participant are on one of them.
 */
export class RoomThreads {
  readonly #router: MediaRouter;
  #home: MediaThread;
  /** Participants by thread, those of the room itself. */
  readonly #counts: number[];
  readonly #trackCount: () => number;

  /** @param trackCount tracks that are published in the room */
  constructor(router: MediaRouter, home: MediaThread, trackCount: () => number) {
    this.#router = router;
    this.#trackCount = trackCount;
    this.#home = home;
    this.#counts = router.threads.map(() => 0);
  }

  get home(): MediaThread {
    return this.#home;
  }

  /** One that it is on, and that is live; undefined when there is none. */
  get live(): MediaThread | undefined {
    return this.#router.threads.find(({ index, isLive }) => isLive && this.#counts[index]! > 0);
  }

  /** Another one is its own from now on; who is here stays where they are. */
  relocate(home: MediaThread): void {
    this.#home = home;
  }

  /** For one more participant; `release` gives the place back. */
  take(): MediaThread {
    const thread = this.#router.placeParticipant(this.#home, this.#counts, this.#trackCount());
    this.add(thread);
    return thread;
  }

  /** A participant came with its connections, which stay where they are. */
  add(thread: MediaThread): void {
    this.#counts[thread.index]! += 1;
  }

  release(thread: MediaThread): void {
    this.#counts[thread.index]! -= 1;
  }
}
