import type { SendSideBweSettings } from "../../base/congestion-settings.ts";
import type { ProbeGoal, ProbeOutcome } from "./bandwidth-estimator.ts";
import { settleWaitMs } from "./settle-wait.ts";
import { TrafficSum } from "./traffic-sum.ts";

/** The wait at the end of a probe is the shortest of its last packets'. */
const TAIL_PACKETS = 12;
/** Before so many packets nothing is said of a probe that still runs. */
const EARLY_PACKETS_MIN = 20;

/**
 * What transport-wide feedback says about the packets of one probe, media among them (spec-media
 * 6.4): those with numbers between its start and its end.
 */
export class ProbeMeasurement {
  readonly #settings: SendSideBweSettings;
  readonly #goal: ProbeGoal;
  readonly #firstExtSn: number;
  readonly #sum: TrafficSum = new TrafficSum();
  readonly #tailMs: Float64Array = new Float64Array(TAIL_PACKETS);
  #endExtSn = Number.POSITIVE_INFINITY;
  #endMs = Number.POSITIVE_INFINITY;
  #reportedExtSn = -1;
  #firstSentMs = -1;
  #lastSentMs = 0;
  #firstReceivedSentMs = -1;
  #firstArrivalMs = 0;
  #sentBytes = 0;

  /** @param firstExtSn number of the first packet that may belong to it */
  constructor(settings: SendSideBweSettings, goal: ProbeGoal, firstExtSn: number) {
    this.#settings = settings;
    this.#goal = goal;
    this.#firstExtSn = firstExtSn;
  }

  get isEnded(): boolean {
    return this.#endMs !== Number.POSITIVE_INFINITY;
  }

  /** @param endExtSn number of the first packet after it */
  end(nowMs: number, endExtSn: number): void {
    if (this.isEnded) return;
    this.#endMs = nowMs;
    this.#endExtSn = endExtSn;
  }

  addReceived(extSn: number, sentMs: number, arrivalMs: number, bytes: number): void {
    if (!this.#enter(extSn, sentMs, bytes)) return;
    const sum = this.#sum;
    this.#tailMs[sum.received % TAIL_PACKETS] = arrivalMs - sentMs;
    sum.received += 1;
    if (this.#firstReceivedSentMs < 0) {
      this.#firstReceivedSentMs = sentMs;
      this.#firstArrivalMs = arrivalMs;
    }
    // What left together with the first packet was sent in no time.
    if (sentMs <= this.#firstReceivedSentMs) return;
    sum.sendMs = sentMs - this.#firstReceivedSentMs;
    sum.receiveMs = Math.max(sum.receiveMs, arrivalMs - this.#firstArrivalMs);
    sum.chainBytes += bytes;
  }

  addLost(extSn: number, sentMs: number, bytes: number): void {
    if (this.#enter(extSn, sentMs, bytes)) this.#sum.lost += 1;
  }

  addLate(extSn: number, bytes: number, wasLost: boolean): void {
    if (extSn < this.#firstExtSn || extSn >= this.#endExtSn) return;
    const sum = this.#sum;
    sum.received += 1;
    sum.chainBytes += bytes;
    if (wasLost && sum.lost > 0) sum.lost -= 1;
  }

  #enter(extSn: number, sentMs: number, bytes: number): boolean {
    if (extSn > this.#reportedExtSn) this.#reportedExtSn = extSn;
    if (extSn < this.#firstExtSn || extSn >= this.#endExtSn) return false;
    if (this.#firstSentMs < 0) this.#firstSentMs = sentMs;
    this.#lastSentMs = sentMs;
    this.#sentBytes += bytes;
    return true;
  }

  /** When the wait for reports ends, monotonic ms; Infinity while the probe runs. */
  dueMs(rttMs: number): number {
    return this.#endMs + settleWaitMs(this.#settings.probePacketGroup, rttMs);
  }

  /**
   * @param isCongested the detector saw congestion meanwhile
   * @param baseTransitMs of packets that wait for nothing
   * @returns undefined while there is something to wait for
   */
  outcome(
    nowMs: number,
    rttMs: number,
    isCongested: boolean,
    baseTransitMs: number,
    ambientLoss: number,
  ): ProbeOutcome | undefined {
    const { weightedLoss } = this.#settings.probeSignal;
    this.#sum.durationMs = this.#lastSentMs - this.#firstSentMs;
    const capacityBps = Math.round(this.#sum.capacityBps(weightedLoss, ambientLoss));
    if (isCongested) return { verdict: "congesting", capacityBps };
    const isReported = this.#reportedExtSn >= this.#endExtSn - 1;
    const isOver = this.isEnded && (isReported || nowMs >= this.dueMs(rttMs));
    const verdict = this.#verdict(baseTransitMs, ambientLoss);
    if (isOver) return { verdict: this.#isValid ? verdict : "inconclusive", capacityBps };
    if (this.#sum.received < EARLY_PACKETS_MIN || verdict === "inconclusive") return undefined;
    // What it was to find out is known already: the rest need not be sent.
    const isFound = verdict === "congesting" || (this.#isValid && this.#isGoal(capacityBps));
    return isFound ? { verdict, capacityBps } : undefined;
  }

  #isGoal(capacityBps: number): boolean {
    return capacityBps > this.#goal.desiredBps;
  }

  /** Enough of it was sent and reported to judge by. */
  get #isValid(): boolean {
    const { minBytesRatio, minDurationRatio } = this.#settings.probeSignal;
    return (
      this.#sum.received > 0 &&
      this.#sentBytes > minBytesRatio * this.#goal.bytes &&
      this.#lastSentMs - this.#firstSentMs > minDurationRatio * this.#goal.durationMs
    );
  }

  #verdict(baseTransitMs: number, ambientLoss: number): ProbeOutcome["verdict"] {
    const settings = this.#settings.probeSignal;
    const count = Math.min(this.#sum.received, TAIL_PACKETS);
    let transitMs = Number.POSITIVE_INFINITY;
    for (let i = 0; i < count; i++) transitMs = Math.min(transitMs, this.#tailMs[i]!);
    const firstMs = this.#firstArrivalMs - this.#firstReceivedSentMs;
    const queueMs = count === 0 ? 0 : transitMs - Math.min(baseTransitMs, firstMs);
    const loss = this.#sum.weightedLoss(settings.weightedLoss, ambientLoss);
    if (queueMs > settings.jqrMinDelayMs || loss > settings.jqrMinWeightedLoss) return "congesting";
    const isClear = queueMs < settings.dqrMaxDelayMs && loss < settings.dqrMaxWeightedLoss;
    return isClear ? "clear" : "inconclusive";
  }
}
