import type {
  ProbeRegulatorSettings,
  RemoteBweSettings,
  SendSideBweSettings,
} from "../../base/congestion-settings.ts";
import type { TwccFeedbackReader } from "../../wire/rtcp/twcc-feedback.ts";
import type {
  BandwidthEstimator,
  CongestionState,
  ProbeGoal,
  ProbeOutcome,
} from "./bandwidth-estimator.ts";
import { RemoteBwe } from "./remote-bwe.ts";
import { SendSideBwe } from "./send-side-bwe.ts";
import type { SentPackets } from "./sent-packets.ts";

export type BweSettings = {
  readonly remote: RemoteBweSettings;
  readonly sendSide: SendSideBweSettings;
};

/** Weight of a new round trip. */
const RTT_SMOOTHING = 0.5;

/**
 * The estimator of one peer, by what its client reports: REMBs count until the first transport-wide
 * feedback comes, and from then on only that does. A client that negotiates feedback and never
 * sends any is taken by its REMBs, and one that sends neither is never thought congested.
 */
export class NegotiatedBwe implements BandwidthEstimator {
  readonly #settings: BweSettings;
  readonly #sent: SentPackets;
  readonly #remote: RemoteBwe;
  #sendSide: SendSideBwe | undefined;
  #inUse: BandwidthEstimator;
  #expectedBps = 0;
  #rttMs = 0;

  constructor(settings: BweSettings, sent: SentPackets) {
    this.#settings = settings;
    this.#sent = sent;
    this.#remote = new RemoteBwe(settings.remote);
    this.#inUse = this.#remote;
  }

  get state(): CongestionState {
    return this.#inUse.state;
  }

  get capacityBps(): number {
    return this.#inUse.capacityBps;
  }

  get probing(): ProbeRegulatorSettings {
    return this.#inUse.probing;
  }

  /** Smoothed; 0 while unknown. */
  get rttMs(): number {
    return this.#rttMs;
  }

  reset(nowMs: number): void {
    this.#inUse.reset(nowMs);
  }

  setExpectedUsage(expectedBps: number): void {
    this.#expectedBps = expectedBps;
    this.#inUse.setExpectedUsage(expectedBps);
  }

  /** Smooths by itself: of each report that tells a round trip, ms. */
  setRtt(rttMs: number): void {
    const isFirst = this.#rttMs === 0;
    this.#rttMs = isFirst ? rttMs : this.#rttMs + (rttMs - this.#rttMs) * RTT_SMOOTHING;
    this.#inUse.setRtt(this.#rttMs);
  }

  pollChange(): boolean {
    return this.#inUse.pollChange();
  }

  pollTimeout(): number {
    return this.#inUse.pollTimeout();
  }

  startProbe(nowMs: number, goal: ProbeGoal): void {
    this.#inUse.startProbe(nowMs, goal);
  }

  endProbe(nowMs: number): void {
    this.#inUse.endProbe(nowMs);
  }

  pollProbeOutcome(nowMs: number): ProbeOutcome | undefined {
    return this.#inUse.pollProbeOutcome(nowMs);
  }

  /** As `RemoteBwe.handleEstimate`. */
  handleRemb(nowMs: number, estimateBps: number, packetsSent: number, repeatedNacks: number): void {
    if (this.#inUse !== this.#remote) return;
    this.#remote.handleEstimate(nowMs, estimateBps, packetsSent, repeatedNacks);
  }

  /** As `SendSideBwe.handleFeedback`. Without numbered packets there is nothing to report on. */
  handleFeedback(nowMs: number, reader: TwccFeedbackReader): void {
    if (this.#sendSide === undefined) {
      if (!this.#sent.isKept(this.#sent.extSnOf(reader.baseSn))) return;
      this.#sendSide = new SendSideBwe(this.#settings.sendSide, this.#sent);
      this.#sendSide.setExpectedUsage(this.#expectedBps);
      if (this.#rttMs > 0) this.#sendSide.setRtt(this.#rttMs);
      this.#inUse = this.#sendSide;
    }
    this.#sendSide.handleFeedback(nowMs, reader);
  }

  debugInfo(): object {
    return (this.#sendSide ?? this.#remote).debugInfo();
  }
}
