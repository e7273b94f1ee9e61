import { SentNumbers } from "./sent-numbers.ts";

/** A subscriber's loss is news for the publisher for so long. */
const NEW_REPORT_MS = 1_000;

/** What one down track has sent and heard of it, from the start. Owned by the down track. */
export class SendStatistics {
  /** On the media stream: packets with a number of their own. */
  packets = 0;
  payloadBytes = 0;
  headerBytes = 0;
  /** Packets of padding that probed the downlink. */
  probePackets = 0;
  probeBytes = 0;
  /** Empty packets on the media stream: in the place of late ones that were left out, or padding. */
  fillPackets = 0;
  frames = 0;
  keyFrames = 0;
  /** Packets that came in a codec the subscriber does not take. */
  unsupported = 0;

  retransmits = 0;
  retransmitBytes = 0;
  nacks = 0;
  /** Asked for again after an answer. */
  repeatedNacks = 0;
  /** Asked for, but no longer kept by the publisher's side. */
  nackMisses = 0;
  /** Could have been answered, but for the budget of retransmissions. */
  refusedNacks = 0;
  /** Padding packets that announce a track, or silence that does. */
  announcements = 0;
  plis = 0;
  firs = 0;
  /** Numbers of the media stream that left, and that were left out. */
  readonly sent: SentNumbers = new SentNumbers();

  /** Of the newest receiver report. */
  totalLost = 0;
  /** 0..1, of the span that the newest report covers. */
  fractionLost = 0;
  jitterMs = 0;
  /** 0 while unknown. */
  rttMs = 0;
  /** Monotonic ms of the newest report; -Infinity before the first. */
  reportMs: number = Number.NEGATIVE_INFINITY;
  /** Of the newest report about the stream of retransmissions. */
  rtxLost = 0;
  rtxReportMs: number = Number.NEGATIVE_INFINITY;

  /** What was reported lost within the last second, as in a report block: 0..255. */
  newFractionLost(nowMs: number): number {
    return nowMs - this.reportMs <= NEW_REPORT_MS ? this.fractionLost * 256 : 0;
  }
}
