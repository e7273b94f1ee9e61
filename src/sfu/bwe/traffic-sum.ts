import type { WeightedLossSettings } from "../../base/congestion-settings.ts";

/** Loss that comes with the path, not with what is sent, is left out up to this share. */
const AMBIENT_LOSS_MAX = 0.3;

/** What reports say about a stretch of packets (spec-media 6.4). Filled again for each use. */
export class TrafficSum {
  /** Between the first and the last packet that was sent, received or not, ms. */
  durationMs = 0;
  /** Time in which `chainBytes` were sent, and in which they were received, ms. */
  sendMs = 0;
  receiveMs = 0;
  /** Received after a packet that the times above begin at. */
  chainBytes = 0;
  received = 0;
  lost = 0;

  clear(): void {
    this.durationMs = 0;
    this.sendMs = 0;
    this.receiveMs = 0;
    this.chainBytes = 0;
    this.received = 0;
    this.lost = 0;
  }

  /** 0..1 */
  get lossRatio(): number {
    const packets = this.received + this.lost;
    return packets === 0 ? 0 : this.lost / packets;
  }

  /**
   * How much the losses mean: the same share means more at a higher packet rate, and nothing where
   * packets are few.
   *
   * @param ambientLoss share that is lost however little is sent, 0..1
   */
  weightedLoss(settings: WeightedLossSettings, ambientLoss: number): number {
    const { durationMs } = this;
    if (durationMs < settings.minDurationForLossValidityMs || durationMs <= 0) return 0;
    const packetsPerSecond = ((this.received + this.lost) * 1000) / durationMs;
    const overS = Math.max(0, durationMs - settings.baseDurationMs) / 1000;
    if (packetsPerSecond < settings.basePps * Math.exp(-overS)) return 0;
    const excess = this.lossRatio - Math.min(ambientLoss, AMBIENT_LOSS_MAX);
    return Math.max(0, excess) * Math.max(0, Math.log10(packetsPerSecond));
  }

  /** Of what was sent in a time, the part that arrived in as much time: 0..1. */
  capturedRatio(settings: WeightedLossSettings, ambientLoss: number): number {
    if (this.receiveMs <= 0 || this.sendMs <= 0) return 1;
    const penalty = this.weightedLoss(settings, ambientLoss) * settings.lossPenaltyFactor;
    return Math.min(1, this.sendMs / (this.receiveMs * (1 + penalty)));
  }

  /** Rate that the path carried, bits per second; 0: nothing can be said. */
  capacityBps(settings: WeightedLossSettings, ambientLoss: number): number {
    if (this.sendMs <= 0) return 0;
    const sentBps = (this.chainBytes * 8000) / this.sendMs;
    return sentBps * this.capturedRatio(settings, ambientLoss);
  }
}
