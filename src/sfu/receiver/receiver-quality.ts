import type { ReceiveStream } from "../buffer/receive-stream.ts";
import {
  ConnectionQuality,
  QUALITY_WINDOW_MS,
  QualityWindow,
} from "../stats/connection-quality.ts";

/** Quality of a publisher's uplink for one track: sums its streams up every five seconds. */
export class ReceiverQuality {
  readonly #quality: ConnectionQuality;
  readonly #window: QualityWindow = new QualityWindow();
  #dueMs = Number.POSITIVE_INFINITY;
  #packets = 0;
  #lost = 0;
  #distance = 0;
  #distanceSum = 0;
  #distanceSinceMs: number;
  #reportMs = Number.NEGATIVE_INFINITY;

  constructor(nowMs: number) {
    this.#quality = new ConnectionQuality(nowMs);
    this.#distanceSinceMs = nowMs;
  }

  get score(): number {
    return this.#quality.score;
  }

  get dueMs(): number {
    return this.#dueMs;
  }

  /** Media has begun: from now on it is judged. */
  start(nowMs: number): void {
    if (this.#dueMs === Number.POSITIVE_INFINITY) this.#dueMs = nowMs + QUALITY_WINDOW_MS;
  }

  setMuted(nowMs: number, isMuted: boolean): void {
    this.#quality.setMuted(nowMs, isMuted);
  }

  handleSenderReport(nowMs: number): void {
    this.#reportMs = nowMs;
  }

  /** How many spatial layers below the wanted one is what comes. */
  setLayerDistance(nowMs: number, distance: number): void {
    if (distance === this.#distance) return;
    this.#distanceSum += this.#distance * (nowMs - this.#distanceSinceMs);
    this.#distanceSinceMs = nowMs;
    this.#distance = distance;
  }

  handleTimeout(nowMs: number, streams: readonly (ReceiveStream | undefined)[]): void {
    if (nowMs < this.#dueMs) return;
    let packets = 0;
    let lost = 0;
    let stream: ReceiveStream | undefined;
    for (const candidate of streams) {
      if (candidate === undefined) continue;
      stream = candidate;
      packets += candidate.counters.packets;
      lost += candidate.lost;
    }
    const startMs = this.#dueMs - QUALITY_WINDOW_MS;
    const sum = this.#distanceSum + this.#distance * (nowMs - this.#distanceSinceMs);
    const window = this.#window;
    window.packets = Math.max(0, packets - this.#packets);
    window.lost = Math.max(0, lost - this.#lost);
    window.layerDistance = sum / (nowMs - startMs);
    window.hasReport = this.#reportMs >= startMs;
    this.#packets = packets;
    this.#lost = lost;
    this.#distanceSum = 0;
    this.#distanceSinceMs = nowMs;
    this.#dueMs = nowMs + QUALITY_WINDOW_MS;
    const codec = stream?.codec;
    if (codec === undefined) return;
    this.#quality.update(nowMs, window, codec.codec, codec.fmtp.includes("useinbandfec=1"));
  }
}
