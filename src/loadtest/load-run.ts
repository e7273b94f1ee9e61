import { joinToken } from "./access-token.ts";
import { LatencyHistogram } from "./latency-histogram.ts";
import { LoadClient, type LoadServer, type Published } from "./load-client.ts";
import type { LoadRuntime } from "./load-runtime.ts";
import type { ArrivalSums, KindSums, MediaLatencies } from "./received-streams.ts";

const MEDIA_TICK_MS = 1;
const CHECK_TICK_MS = 25;
/** Joins and publications under way at a time. */
const PARALLEL_MAX = 6;
const LOOK_MS = 50;

export type JoinWish = {
  readonly room: string;
  readonly identity: string;
  readonly autoSubscribe: boolean;
  /** See `JoinOptions`. */
  readonly isLight?: boolean;
};

/** All clients of one load, driven by two timers of this process. */
export class LoadRun implements Disposable {
  /** Of sound and pictures together, unless they have histograms of their own. */
  readonly latency: LatencyHistogram = new LatencyHistogram();
  readonly #latencies: MediaLatencies;
  readonly clients: LoadClient[] = [];
  /** How long this process itself sent and received nothing; to be set to 0 by who measures. */
  longestStallMs = 0;
  #lastTickMs: number = performance.now();
  readonly #server: LoadServer;
  readonly #runtime: LoadRuntime;
  #hasLeft = false;
  readonly #publishing: LoadClient[] = [];
  readonly #mediaTimer: ReturnType<typeof setInterval>;
  readonly #checkTimer: ReturnType<typeof setInterval>;

  constructor(server: LoadServer, runtime: LoadRuntime, latencies?: MediaLatencies) {
    this.#server = server;
    this.#runtime = runtime;
    this.#latencies = latencies ?? { audio: this.latency, video: this.latency };
    this.#mediaTimer = setInterval(() => {
      const nowMs = performance.now();
      this.longestStallMs = Math.max(this.longestStallMs, nowMs - this.#lastTickMs);
      this.#lastTickMs = nowMs;
      for (const client of this.#publishing) client.sendMedia(nowMs);
    }, MEDIA_TICK_MS);
    this.#checkTimer = setInterval(() => {
      const nowMs = performance.now();
      for (const client of this.clients) client.handleTimeout(nowMs);
    }, CHECK_TICK_MS);
  }

  /** Resolves when all are connected. */
  async join(wishes: readonly JoinWish[]): Promise<LoadClient[]> {
    return await inTurns(wishes, async (wish) => {
      const client = await this.open(wish);
      await client.connected();
      return client;
    });
  }

  /**
   * Resolves with the server's answer to joining, before any connection is up.
   *
   * @param token made before, where the making must not count
   */
  async open({ room, ...wish }: JoinWish, token?: string): Promise<LoadClient> {
    const client = await LoadClient.join(this.#server, this.#runtime, {
      ...wish,
      token: token ?? (await joinToken(this.#server, room, wish.identity)),
      latencies: this.#latencies,
    });
    if (this.#hasLeft) {
      await client.close();
      throw new Error("The load is over");
    }
    this.clients.push(client);
    return client;
  }

  async publish(clients: readonly LoadClient[], published: Published): Promise<void> {
    await inTurns(clients, (client) => this.publishOne(client, published));
  }

  async publishOne(client: LoadClient, published: Published): Promise<void> {
    await client.publish(published);
    this.#publishing.push(client);
  }

  /** @returns whether it has come true in time; looks now and then */
  async waitFor(look: () => boolean, limitMs: number): Promise<boolean> {
    const endMs = performance.now() + limitMs;
    while (!look()) {
      if (performance.now() > endMs) return false;
      await sleep(LOOK_MS);
    }
    return true;
  }

  /** Throws what has ended a client, as the figures would be of fewer. */
  check(): void {
    for (const { identity, failure } of this.clients) {
      if (failure !== undefined) throw new Error(`Client ${identity} failed: ${failure}`);
    }
  }

  sums(): ArrivalSums {
    const sums = {
      packets: 0,
      bytes: 0,
      expected: 0,
      videoStreams: 0,
      audioStreams: 0,
      freezes: 0,
      longestGapMs: 0,
      longestSilenceMs: 0,
    };
    for (const client of this.clients) {
      const one = client.sums();
      sums.packets += one.packets;
      sums.bytes += one.bytes;
      sums.expected += one.expected;
      sums.videoStreams += one.videoStreams;
      sums.audioStreams += one.audioStreams;
      sums.freezes += one.freezes;
      sums.longestGapMs = Math.max(sums.longestGapMs, one.longestGapMs);
      sums.longestSilenceMs = Math.max(sums.longestSilenceMs, one.longestSilenceMs);
    }
    return sums;
  }

  kindSums(isVideo: boolean): KindSums {
    return this.clients.reduce((sums, { received }) => received.kindSums(isVideo, sums), {
      streams: 0,
      packets: 0,
      bytes: 0,
      expected: 0,
    } as KindSums);
  }

  get sentPackets(): number {
    return this.clients.reduce((sum, client) => sum + client.sentPackets, 0);
  }

  /** All leave. @returns once the server knows */
  async leave(): Promise<void> {
    this.#hasLeft = true;
    clearInterval(this.#mediaTimer);
    clearInterval(this.#checkTimer);
    await Promise.all(this.clients.splice(0).map((client) => client.close()));
  }

  [Symbol.dispose](): void {
    void this.leave();
  }
}

/** Resolves after so many milliseconds. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** Works on all, a few at a time. @returns results in the order of the input */
async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await work(items[index]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(PARALLEL_MAX, items.length) }, worker));
  return results;
}
