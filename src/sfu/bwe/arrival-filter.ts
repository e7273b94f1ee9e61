/** Packets sent within this time of each other count as one group (draft-ietf-rmcat-gcc-02 §5.2). */
const GROUP_MS = 5;
/** A silence after which older groups say nothing of the network any more. */
const PAUSE_MAX_MS = 3_000;

const STATE_NOISE = 1e-3;
const FIRST_ERROR_VARIANCE = 0.1;
const FIRST_NOISE_VARIANCE = 50;
const NOISE_WEIGHT_FIRST = 0.1;
const NOISE_WEIGHT = 0.01;
/** Groups that the noise is learnt fast from. */
const FAST_GROUPS = 30;
/** Deviations above which a delay is an outlier. */
const OUTLIER_DEVIATIONS = 3;
/** The trend of so many groups adds up to what is compared with the threshold. */
const SUMMED_GROUPS_MAX = 60;

const THRESHOLD_FIRST_MS = 12.5;
const THRESHOLD_MIN_MS = 6;
const THRESHOLD_MAX_MS = 600;
const THRESHOLD_GAIN_UP = 0.01;
const THRESHOLD_GAIN_DOWN = 0.00018;
/** Spikes far above the threshold do not move it. */
const THRESHOLD_SPIKE_MS = 15;
const THRESHOLD_STEP_MAX_MS = 100;
/** Above the threshold for so long, and not falling: overuse. */
const OVERUSE_MS = 10;

export type LinkUsage = "normal" | "overuse" | "underuse";

/**
 * Whether a queue builds up on the way here, from the times at which packets left and arrived: the
 * delay between groups of packets goes through a Kalman filter, whose estimate is compared with a
 * threshold that adapts (draft-ietf-rmcat-gcc-02 §5.2 to §5.4).
 */
export class ArrivalFilter {
  #usage: LinkUsage = "normal";
  #groupFirstSendMs = Number.NaN;
  #groupSendMs = 0;
  #groupArrivalMs = 0;
  #lastSendMs = Number.NaN;
  #lastArrivalMs = 0;
  #groups = 0;
  /** Growth of the delay from one group to the next, ms. */
  #trendMs = 0;
  #errorVariance = FIRST_ERROR_VARIANCE;
  #noiseVariance = FIRST_NOISE_VARIANCE;
  #thresholdMs = THRESHOLD_FIRST_MS;
  #thresholdSetMs = Number.NaN;
  #overuseMs = 0;
  #lastSumMs = 0;

  get usage(): LinkUsage {
    return this.#usage;
  }

  /**
   * @param sendMs by the sender's clock, unwrapped
   * @param arrivalMs monotonic
   */
  add(sendMs: number, arrivalMs: number): void {
    if (Number.isNaN(this.#groupFirstSendMs) || arrivalMs - this.#groupArrivalMs > PAUSE_MAX_MS) {
      this.#restart(sendMs, arrivalMs);
      return;
    }
    if (sendMs < this.#groupFirstSendMs) return; // of a group that is closed
    if (sendMs - this.#groupFirstSendMs <= GROUP_MS) {
      this.#groupSendMs = Math.max(this.#groupSendMs, sendMs);
      this.#groupArrivalMs = arrivalMs;
      return;
    }
    if (!Number.isNaN(this.#lastSendMs)) {
      const sentMs = this.#groupSendMs - this.#lastSendMs;
      const arrivedMs = this.#groupArrivalMs - this.#lastArrivalMs;
      this.#update(arrivedMs - sentMs, sentMs);
      this.#detect(sentMs, this.#groupArrivalMs);
    }
    this.#lastSendMs = this.#groupSendMs;
    this.#lastArrivalMs = this.#groupArrivalMs;
    this.#groupFirstSendMs = sendMs;
    this.#groupSendMs = sendMs;
    this.#groupArrivalMs = arrivalMs;
  }

  #restart(sendMs: number, arrivalMs: number): void {
    this.#groupFirstSendMs = sendMs;
    this.#groupSendMs = sendMs;
    this.#groupArrivalMs = arrivalMs;
    this.#lastSendMs = Number.NaN;
    this.#trendMs = 0;
    this.#groups = 0;
    this.#overuseMs = 0;
    this.#errorVariance = FIRST_ERROR_VARIANCE;
    this.#usage = "normal";
  }

  #update(delayMs: number, sentMs: number): void {
    this.#groups += 1;
    const residual = delayMs - this.#trendMs;
    const limit = OUTLIER_DEVIATIONS * Math.sqrt(this.#noiseVariance);
    const bounded = Math.min(Math.max(residual, -limit), limit);
    const weight = this.#groups < FAST_GROUPS ? NOISE_WEIGHT_FIRST : NOISE_WEIGHT;
    // weights are meant for 30 groups a second
    const kept = (1 - weight) ** ((sentMs * FAST_GROUPS) / 1000);
    const noise = kept * this.#noiseVariance + (1 - kept) * bounded * bounded;
    this.#noiseVariance = Math.max(noise, 1);
    const variance = this.#errorVariance + STATE_NOISE;
    const gain = variance / (this.#noiseVariance + variance);
    this.#trendMs += bounded * gain;
    this.#errorVariance = (1 - gain) * variance;
  }

  #detect(sentMs: number, nowMs: number): void {
    const sumMs = Math.min(this.#groups, SUMMED_GROUPS_MAX) * this.#trendMs;
    if (sumMs > this.#thresholdMs) {
      this.#overuseMs += sentMs;
      if (this.#overuseMs > OVERUSE_MS && sumMs >= this.#lastSumMs) this.#usage = "overuse";
    } else {
      this.#overuseMs = 0;
      this.#usage = sumMs < -this.#thresholdMs ? "underuse" : "normal";
    }
    this.#lastSumMs = sumMs;
    this.#adapt(Math.abs(sumMs), nowMs);
  }

  #adapt(sumMs: number, nowMs: number): void {
    if (!Number.isNaN(this.#thresholdSetMs) && sumMs - this.#thresholdMs <= THRESHOLD_SPIKE_MS) {
      const gain = sumMs < this.#thresholdMs ? THRESHOLD_GAIN_DOWN : THRESHOLD_GAIN_UP;
      const stepMs = Math.min(nowMs - this.#thresholdSetMs, THRESHOLD_STEP_MAX_MS);
      const thresholdMs = this.#thresholdMs + stepMs * gain * (sumMs - this.#thresholdMs);
      this.#thresholdMs = Math.min(Math.max(thresholdMs, THRESHOLD_MIN_MS), THRESHOLD_MAX_MS);
    }
    this.#thresholdSetMs = nowMs;
  }
}
