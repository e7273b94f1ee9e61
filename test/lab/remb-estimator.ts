/** Packets sent within this belong together. */
const GROUP_MS = 5;
const WINDOW = 20;
const SMOOTHING = 0.9;
const GAIN = 4;
const THRESHOLD_START_MS = 12.5;
const THRESHOLD_UP = 0.0087;
const THRESHOLD_DOWN = 0.039;
const OVERUSE_MS = 10;
const RATE_WINDOW_MS = 1_000;
/** Until then only overuse sets an estimate. */
const START_MS = 5_000;
const BACKOFF = 0.85;
const GROWTH_PER_SECOND = 1.08;
const FLOOR_BPS = 5_000;
const PACKET_BITS = 9_600;
const RESPONSE_SECONDS = 0.3;
const NEAR_LINK_GROWTH_MIN_BPS = 4_000;

/**
 * Receive-side estimate of a downlink from send and arrival times: a trend line over the delay
 * between groups, an adaptive threshold, and a rate that rises by 8 % a second, no further than
 * one and a half times what arrives, and falls to 85 % of that (draft-ietf-rmcat-gcc-02; libwebrtc's
 * `RemoteBitrateEstimatorAbsSendTime` and `AimdRateControl` by their behaviour).
 */
export class RembEstimator {
  readonly #startMs: number;
  #estimateBps = 0;
  #lastUpdateMs = -1;

  #groupSendMs = -1;
  #groupLastSendMs = 0;
  #groupArrivalMs = 0;
  #previousSendMs = -1;
  #previousArrivalMs = 0;

  #accumulated = 0;
  #smoothed = 0;
  #deltas = 0;
  readonly #samples: { readonly atMs: number; readonly delay: number }[] = [];
  #firstArrivalMs = -1;
  #threshold = THRESHOLD_START_MS;
  #overusedMs = 0;
  #lastTrend = 0;
  #state: "normal" | "over" | "under" = "normal";
  #linkBps = 0;

  readonly #arrivals: { readonly atMs: number; readonly bytes: number }[] = [];
  #windowBytes = 0;

  constructor(nowMs: number) {
    this.#startMs = nowMs;
  }

  /** 0: none yet. */
  get estimateBps(): number {
    return this.#estimateBps;
  }

  /**
   * @param sendMs by abs-send-time, unwrapped
   * @returns whether overuse made the estimate fall
   */
  receive(nowMs: number, sendMs: number, bytes: number): boolean {
    this.#arrivals.push({ atMs: nowMs, bytes });
    this.#windowBytes += bytes;
    if (this.#groupSendMs < 0) {
      this.#groupSendMs = sendMs;
    } else if (sendMs - this.#groupSendMs > GROUP_MS) {
      if (this.#previousSendMs >= 0) {
        const sendDelta = this.#groupLastSendMs - this.#previousSendMs;
        const arrivalDelta = this.#groupArrivalMs - this.#previousArrivalMs;
        this.#addDelta(this.#groupArrivalMs, sendDelta, arrivalDelta);
      }
      this.#previousSendMs = this.#groupLastSendMs;
      this.#previousArrivalMs = this.#groupArrivalMs;
      this.#groupSendMs = sendMs;
    }
    this.#groupLastSendMs = Math.max(sendMs, this.#groupLastSendMs);
    this.#groupArrivalMs = nowMs;
    return this.#state === "over" && this.#update(nowMs);
  }

  /** To be called each half a second. */
  handleTimeout(nowMs: number): void {
    this.#update(nowMs);
  }

  #addDelta(nowMs: number, sendDelta: number, arrivalDelta: number): void {
    if (this.#firstArrivalMs < 0) this.#firstArrivalMs = nowMs;
    this.#deltas = Math.min(this.#deltas + 1, 60);
    this.#accumulated += arrivalDelta - sendDelta;
    this.#smoothed = SMOOTHING * this.#smoothed + (1 - SMOOTHING) * this.#accumulated;
    this.#samples.push({ atMs: nowMs - this.#firstArrivalMs, delay: this.#smoothed });
    if (this.#samples.length > WINDOW) this.#samples.shift();
    if (this.#samples.length < WINDOW) return;
    this.#detect(this.#slope() * this.#deltas * GAIN, sendDelta);
  }

  #slope(): number {
    const count = this.#samples.length;
    let meanX = 0;
    let meanY = 0;
    for (const { atMs, delay } of this.#samples) {
      meanX += atMs / count;
      meanY += delay / count;
    }
    let above = 0;
    let below = 0;
    for (const { atMs, delay } of this.#samples) {
      above += (atMs - meanX) * (delay - meanY);
      below += (atMs - meanX) ** 2;
    }
    return below === 0 ? 0 : above / below;
  }

  #detect(trend: number, sendDelta: number): void {
    if (trend > this.#threshold) {
      this.#overusedMs += sendDelta;
      if (this.#overusedMs > OVERUSE_MS && trend >= this.#lastTrend) {
        this.#overusedMs = 0;
        this.#state = "over";
      }
    } else {
      this.#overusedMs = 0;
      this.#state = trend < -this.#threshold ? "under" : "normal";
    }
    this.#lastTrend = trend;
    const distance = Math.abs(trend) - this.#threshold;
    if (distance > 15) return;
    const gain = distance < 0 ? THRESHOLD_DOWN : THRESHOLD_UP;
    this.#threshold += gain * distance * Math.min(sendDelta, 100);
    this.#threshold = Math.min(Math.max(this.#threshold, 6), 600);
  }

  #update(nowMs: number): boolean {
    const receivedBps = this.#receivedBps(nowMs);
    const sinceMs = this.#lastUpdateMs < 0 ? 0 : nowMs - this.#lastUpdateMs;
    this.#lastUpdateMs = nowMs;
    const before = this.#estimateBps;
    if (this.#state === "over") {
      const fallenBps = Math.max(receivedBps * BACKOFF, FLOOR_BPS);
      this.#estimateBps = before === 0 ? fallenBps : Math.min(before, fallenBps);
      this.#linkBps = this.#linkBps === 0 ? receivedBps : this.#linkBps * 0.95 + receivedBps * 0.05;
      this.#state = "normal";
      return before === 0 || this.#estimateBps < before * 0.97;
    }
    if (before === 0) {
      if (nowMs - this.#startMs >= START_MS && receivedBps > 0) this.#estimateBps = receivedBps;
      return false;
    }
    if (this.#state === "under") return false; // the queue drains: hold
    const isNearLink = this.#linkBps > 0 && Math.abs(receivedBps / this.#linkBps - 1) < 0.1;
    if (receivedBps > this.#linkBps * 1.1) this.#linkBps = 0;
    const seconds = Math.min(sinceMs, 1_000) / 1_000;
    const grownBps = isNearLink
      ? before + nearLinkGrowthBps(before) * seconds
      : before * GROWTH_PER_SECOND ** seconds + 1_000 * seconds;
    const limitBps = receivedBps * 1.5 + 10_000;
    if (before < limitBps) this.#estimateBps = Math.min(grownBps, limitBps);
    return false;
  }

  #receivedBps(nowMs: number): number {
    let stale = 0;
    while (stale < this.#arrivals.length && this.#arrivals[stale]!.atMs < nowMs - RATE_WINDOW_MS) {
      this.#windowBytes -= this.#arrivals[stale]!.bytes;
      stale += 1;
    }
    this.#arrivals.splice(0, stale);
    return (this.#windowBytes * 8_000) / RATE_WINDOW_MS;
  }
}

/** In a second: about one packet for each time that a change takes to show. */
function nearLinkGrowthBps(estimateBps: number): number {
  const frameBits = estimateBps / 30;
  const packetBits = frameBits / Math.ceil(frameBits / PACKET_BITS);
  return Math.max(NEAR_LINK_GROWTH_MIN_BPS, packetBits / RESPONSE_SECONDS);
}
