import type { ProbeTrack } from "../downtrack/probe-track.ts";
import type { BandwidthEstimator, ProbeGoal, Prober } from "./bandwidth-estimator.ts";

const BUCKET_MS = 20;
/** Asked for at least, bytes: less is not worth a packet. */
const ASK_MIN = 1_100;
/** After a pause of ours no more than so many buckets are made up for at once. */
const CATCH_UP_BUCKETS = 4;
const BITS_PER_BYTE_MS = 8_000;

/**
 * Sends the bytes of a probe on top of the media (spec-media 6.6): every 20 ms as many as the goal
 * is ahead, from the first track that has some. Done when the goal's time is over and its bytes,
 * media included, have left. Asks for time only while a probe runs.
 */
export class BurstProber implements Prober {
  readonly #tracks: () => Iterable<ProbeTrack>;
  readonly #estimator: BandwidthEstimator;
  readonly #onStart: (dueMs: number) => void;
  #goal: ProbeGoal | undefined;
  #startMs = 0;
  #dueMs = Number.POSITIVE_INFINITY;
  /** Of all tracks when the probe began. */
  #sentBytesBefore = 0;
  /** Of this probe, beside media. */
  #probeBytes = 0;

  /**
   * @param tracks of the peer, in the order to be asked
   * @param onStart `handleTimeout` has work at that time
   */
  constructor(
    tracks: () => Iterable<ProbeTrack>,
    estimator: BandwidthEstimator,
    onStart: (dueMs: number) => void,
  ) {
    this.#tracks = tracks;
    this.#estimator = estimator;
    this.#onStart = onStart;
  }

  get isActive(): boolean {
    return this.#goal !== undefined;
  }

  /** What media and probe come to together while a probe runs, bits per second; else 0. */
  get desiredBps(): number {
    return this.#goal?.desiredBps ?? 0;
  }

  start(nowMs: number, goal: ProbeGoal): void {
    this.#goal = goal;
    this.#startMs = nowMs;
    this.#dueMs = nowMs;
    this.#probeBytes = 0;
    this.#sentBytesBefore = this.#sentBytes();
    this.#onStart(nowMs);
  }

  stop(nowMs: number): void {
    if (this.#goal === undefined) return;
    this.#goal = undefined;
    this.#dueMs = Number.POSITIVE_INFINITY;
    this.#estimator.endProbe(nowMs);
  }

  /** When `handleTimeout` next has work, monotonic ms; Infinity: never. */
  pollTimeout(): number {
    return this.#dueMs;
  }

  handleTimeout(nowMs: number): void {
    const goal = this.#goal;
    if (goal === undefined || nowMs < this.#dueMs) return;
    const elapsedMs = nowMs - this.#startMs;
    const hasLeft = this.#sentBytes() - this.#sentBytesBefore >= goal.bytes;
    if (elapsedMs >= goal.durationMs && hasLeft) {
      this.stop(nowMs);
      return;
    }
    this.#send(nowMs, this.#askFor(goal, elapsedMs));
    this.#dueMs = Math.max(this.#dueMs + BUCKET_MS, nowMs + BUCKET_MS / 2);
  }

  /** How many bytes this bucket is to send. */
  #askFor(goal: ProbeGoal, elapsedMs: number): number {
    if (elapsedMs >= goal.durationMs) return ASK_MIN;
    const bytesPerBucket = ((goal.desiredBps - goal.expectedBps) * BUCKET_MS) / BITS_PER_BYTE_MS;
    const buckets = Math.floor(elapsedMs / BUCKET_MS) + 1;
    const short = Math.ceil(bytesPerBucket * buckets) - this.#probeBytes;
    if (short <= 0) return 0;
    return Math.max(ASK_MIN, Math.min(short, Math.ceil(bytesPerBucket * CATCH_UP_BUCKETS)));
  }

  #send(nowMs: number, bytes: number): void {
    if (bytes <= 0) return;
    let sent = 0;
    for (const track of this.#tracks()) {
      if (sent >= bytes) break;
      if (track.canProbe) sent += track.sendProbe(nowMs, bytes - sent);
    }
    this.#probeBytes += sent;
  }

  #sentBytes(): number {
    let sum = 0;
    for (const track of this.#tracks()) sum += track.sentBytes;
    return sum;
  }
}
