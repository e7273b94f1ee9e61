import { DropReason } from "../base/drop-reason.ts";
import type { NegotiatedBwe } from "../sfu/bwe/negotiated-bwe.ts";
import { RembLock } from "../sfu/bwe/remb-lock.ts";
import type { DownTrack } from "../sfu/downtrack/down-track.ts";
import type { IncomingStreams } from "../sfu/receiver/incoming-streams.ts";
import { RttProbe } from "../sfu/rtcp/rtt-probe.ts";
import type { RtpSink } from "../sfu/rtp-sink.ts";
import { compactNtp } from "../wire/rtcp/ntp.ts";
import { ReportBlock, RtcpCursor } from "../wire/rtcp/rtcp-cursor.ts";
import { PayloadFormat, RtcpType, TransportFormat, XrBlock } from "../wire/rtcp/rtcp-types.ts";
import { writeDlrr } from "../wire/rtcp/rtcp-writer.ts";
import { TwccFeedbackReader } from "../wire/rtcp/twcc-feedback.ts";
import type { EngineCounters } from "./engine-counters.ts";
import type { LossReports } from "./loss-reports.ts";

const XR_BYTES_MAX = 64;
/** Lost numbers taken from one NACK packet; a packet of 1500 bytes cannot name many more. */
const NACK_SNS_MAX = 8_192;
const BITS_PER_MASK = 16;

/** Scratch of the thread: filled and used up within one call. */
const NACK_SNS: Uint16Array = new Uint16Array(NACK_SNS_MAX);
const BLOCK: ReportBlock = new ReportBlock();
const CURSOR: RtcpCursor = new RtcpCursor();
const FEEDBACK: TwccFeedbackReader = new TwccFeedbackReader();
const OUT: Uint8Array = new Uint8Array(XR_BYTES_MAX);

export type PeerFeedbackOptions = {
  readonly sink: RtpSink;
  readonly counters: EngineCounters;
  readonly incoming: IncomingStreams;
  /** By media SSRC. */
  readonly downTracks: ReadonlyMap<number, DownTrack>;
  /** By retransmission SSRC. */
  readonly rtxDownTracks: ReadonlyMap<number, DownTrack>;
  readonly bwe: NegotiatedBwe;
  /** Somebody wants to know how much gets lost. */
  readonly losses: LossReports | undefined;
  /** Of our own RTCP about the peer as a whole. */
  readonly ssrc: number;
  /** A down track has work at that time, earlier than it may have said. */
  onTrackDue(dueMs: number): void;
};

/** What a client's RTCP says, brought to the streams that it is about. */
export class PeerFeedback {
  readonly #options: PeerFeedbackOptions;
  readonly #rtt: RttProbe;
  readonly #remb: RembLock = new RembLock();
  #isProbing = false;

  constructor(options: PeerFeedbackOptions) {
    this.#options = options;
    this.#rtt = new RttProbe(options.ssrc);
  }

  receive(nowMs: number, bytes: Uint8Array, length: number): DropReason {
    const cursor = CURSOR;
    const reason = cursor.start(bytes, 0, length);
    if (reason !== DropReason.None) return reason;
    for (let type = cursor.next(); type !== RtcpType.End; type = cursor.next()) {
      switch (type) {
        case RtcpType.SenderReport:
          this.#options.incoming.handleSenderReport(
            nowMs,
            cursor.senderSsrc,
            cursor.ntpSeconds,
            cursor.ntpFraction,
            cursor.rtpTs,
          );
          this.#readBlocks(nowMs, cursor);
          break;
        case RtcpType.ReceiverReport:
          this.#readBlocks(nowMs, cursor);
          break;
        case RtcpType.TransportFeedback:
          if (cursor.count === TransportFormat.Nack) this.#readNack(nowMs, cursor);
          else if (cursor.count === TransportFormat.TransportWide) this.#readTwcc(nowMs, cursor);
          break;
        case RtcpType.PayloadFeedback:
          this.#readPayloadFeedback(nowMs, cursor);
          break;
        case RtcpType.ExtendedReport:
          this.#readExtendedReport(nowMs, cursor);
          break;
        default:
          break;
      }
    }
    return DropReason.None;
  }

  #readBlocks(nowMs: number, cursor: RtcpCursor): void {
    for (let i = 0; i < cursor.count; i++) {
      cursor.readReportBlock(i, BLOCK);
      const { downTracks, rtxDownTracks, losses, bwe } = this.#options;
      const downTrack = downTracks.get(BLOCK.ssrc);
      (downTrack ?? rtxDownTracks.get(BLOCK.ssrc))?.handleReceiverReport(nowMs, BLOCK);
      if (downTrack === undefined) continue;
      const { rttMs } = downTrack.stats;
      if (rttMs > 0) bwe.setRtt(rttMs);
      losses?.note(nowMs, BLOCK.fractionLost, rttMs);
    }
  }

  #readTwcc(nowMs: number, { bytes, bodyOffset, bodyBytes }: RtcpCursor): void {
    if (FEEDBACK.start(bytes, bodyOffset, bodyBytes) !== DropReason.None) return;
    this.#options.bwe.handleFeedback(nowMs, FEEDBACK);
  }

  #readNack(nowMs: number, cursor: RtcpCursor): void {
    const downTrack = this.#options.downTracks.get(cursor.mediaSsrc);
    if (downTrack === undefined) return;
    let count = 0;
    const entries = cursor.nackCount();
    for (let i = 0; i < entries && count + BITS_PER_MASK < NACK_SNS_MAX; i++) {
      const pid = cursor.nackPid(i);
      const mask = cursor.nackMask(i);
      NACK_SNS[count++] = pid;
      for (let bit = 0; bit < BITS_PER_MASK; bit++) {
        if (((mask >> bit) & 1) === 1) NACK_SNS[count++] = pid + bit + 1;
      }
    }
    this.#options.counters.nacksIn += count;
    downTrack.handleNack(nowMs, NACK_SNS, count);
  }

  #readPayloadFeedback(nowMs: number, cursor: RtcpCursor): void {
    const { counters } = this.#options;
    if (cursor.count === PayloadFormat.Pli) {
      counters.plisIn += 1;
      this.#requestKeyFrame(nowMs, cursor.mediaSsrc, false);
    } else if (cursor.count === PayloadFormat.Fir) {
      for (let i = 0; i < cursor.firCount(); i++) {
        counters.firsIn += 1;
        this.#requestKeyFrame(nowMs, cursor.firSsrc(i), true);
      }
    } else if (cursor.count === PayloadFormat.Application && cursor.isRemb()) {
      this.#readRemb(nowMs, cursor);
    }
  }

  #requestKeyFrame(nowMs: number, ssrc: number, isFir: boolean): void {
    const { downTracks, onTrackDue } = this.#options;
    const downTrack = downTracks.get(ssrc);
    if (downTrack === undefined) return;
    downTrack.handlePli(nowMs, isFir);
    onTrackDue(downTrack.pollTimeout());
  }

  #readRemb(nowMs: number, cursor: RtcpCursor): void {
    const { bwe, downTracks } = this.#options;
    if (!this.#remb.accept(nowMs, cursor, downTracks)) return;
    let packets = 0;
    let repeatedNacks = 0;
    for (const { isVideo, stats } of downTracks.values()) {
      if (!isVideo) continue;
      packets += stats.packets;
      repeatedNacks += stats.repeatedNacks;
    }
    bwe.handleRemb(nowMs, cursor.rembBitrateBps(), packets, repeatedNacks);
  }

  #readExtendedReport(nowMs: number, cursor: RtcpCursor): void {
    const { sink, incoming, ssrc } = this.#options;
    const { senderSsrc } = cursor;
    let isAnswered = false;
    for (let block = cursor.nextXrBlock(); block !== XrBlock.End; block = cursor.nextXrBlock()) {
      if (block === XrBlock.ReceiverReferenceTime && !isAnswered) {
        isAnswered = true; // one packet may hold a hundred of them
        const lastRr = compactNtp(cursor.rrtrSeconds(), cursor.rrtrFraction());
        sink.sendRtcp(OUT, writeDlrr(OUT, 0, ssrc, senderSsrc, lastRr, 0));
      } else if (block === XrBlock.Dlrr && this.#rtt.handleDlrr(nowMs, cursor)) {
        incoming.setRtt(this.#rtt.rttMs);
      }
    }
  }

  /** When `handleTimeout` next has work, monotonic ms; 0 once the first stream has come. */
  pollTimeout(): number {
    if (this.#options.incoming.anySsrc === 0) return Number.POSITIVE_INFINITY;
    return this.#isProbing ? this.#rtt.pollTimeout() : 0;
  }

  /** Asks a publisher for its round trip, once a second. */
  handleTimeout(nowMs: number): void {
    if (this.#options.incoming.anySsrc === 0) return;
    this.#isProbing = true;
    this.#rtt.start(nowMs);
    const length = this.#rtt.pollTransmit(nowMs, OUT);
    if (length > 0) this.#options.sink.sendRtcp(OUT, length);
  }
}
