import type { DownTrackSettings } from "../../src/bridge/commands.ts";
import type { Subscriber } from "../../src/media/subscriber.ts";
import { u16, u24 } from "../../src/wire/bytes.ts";
import {
  compactNtp,
  compactNtpToMs,
  ntpFractionOf,
  ntpMsOfWall,
  ntpSecondsOf,
  ntpToMs,
} from "../../src/wire/rtcp/ntp.ts";
import { ReportBlock, RtcpCursor } from "../../src/wire/rtcp/rtcp-cursor.ts";
import { RtcpType, XrBlock } from "../../src/wire/rtcp/rtcp-types.ts";
import {
  writeNack,
  writePli,
  writeReceiverReferenceTime,
  writeReceiverReport,
  writeRemb,
} from "../../src/wire/rtcp/rtcp-writer.ts";
import { Codec, clockHzOf } from "../../src/wire/rtp/codec.ts";
import { NO_EXTENSIONS } from "../../src/wire/rtp/extension-ids.ts";
import { OPUS_PAYLOAD_TYPE, RED_PAYLOAD_TYPE } from "./audio-publisher.ts";
import { AudioSubscriber } from "./audio-subscriber.ts";
import { subscribedIds } from "./extensions.ts";
import { type LabContext, LabPeer } from "./lab-peer.ts";
import { Link, type LinkOptions } from "./link.ts";
import type { PublishedAudio, PublishedVideo } from "./publisher-client.ts";
import type { Random } from "./random.ts";
import { findElement, markOf, type RtpFields, readRtpFields } from "./received-packet.ts";
import { RembEstimator } from "./remb-estimator.ts";
import { SentStreamCheck, ssrcOf } from "./sent-stream-check.ts";
import type { Simulation } from "./simulation.ts";
import { SyncMeter } from "./sync-meter.ts";
import { TwccReporter } from "./twcc-reporter.ts";
import { Unwrapper } from "./unwrapper.ts";
import { VideoSubscriber } from "./video-subscriber.ts";
import { codecOf, fmtpOf, VIDEO_PAYLOAD_TYPE, VIDEO_RTX_PAYLOAD_TYPE } from "./video-tracks.ts";

export type SubscriberOptions = {
  readonly uplink?: LinkOptions;
  readonly downlink?: LinkOptions;
  /** What it tells of its downlink. */
  readonly feedback?: "remb" | "twcc";
  /** The server may pause its video. */
  readonly allowPause?: boolean;
  /** Between two transport-wide reports; libwebrtc's lie between 50 and 250. */
  readonly twccIntervalMs?: number;
  /** It takes dependency descriptors. */
  readonly hasDependencyDescriptor?: boolean;
  /** It measures its round trip by extended reports (RFC 3611 §4.4); else it guesses 100 ms. */
  readonly hasXr?: boolean;
};

const REPORT_MS = 1_000;
const REMB_MS = 500;
const REMB_INTERVAL_MIN_MS = 200;
const TWCC_MS = 100;
const ABS_SEND_TIME_UNITS_PER_MS = 262.144;
const OUT_BYTES = 4_096;
/** Of the downlink when nothing else is said. */
const DOWNLINK: LinkOptions = { delayMs: 10 };

const SETTINGS: DownTrackSettings = {
  isDisabled: false,
  maxSpatialLayer: 2,
  maxTemporalLayer: 3,
  maxFrameRate: 0,
  priority: 1,
};

/** A track that a client watches, on both sides of the link. */
export type WatchedVideo = {
  readonly video: VideoSubscriber;
  readonly subscriber: Subscriber;
  /** What the engine sent, before the downlink. */
  readonly sent: SentStreamCheck;
  readonly source: PublishedVideo;
  readonly ssrc: number;
  readonly rtxSsrc: number;
  settings: DownTrackSettings;
};

/** A track that a client hears. */
export type HeardAudio = {
  readonly audio: AudioSubscriber;
  readonly subscriber: Subscriber;
  readonly sent: SentStreamCheck;
  readonly ssrc: number;
};

type SenderReportSeen = {
  readonly ntpMs: number;
  readonly rtpTs: number;
  readonly compact: number;
  readonly arrivalMs: number;
};

/** A client that subscribes, with its links to the server. */
export class SubscriberClient {
  readonly peer: LabPeer;
  readonly uplink: Link;
  readonly downlink: Link;
  readonly watched: WatchedVideo[] = [];
  readonly heard: HeardAudio[] = [];
  /** Sound and picture of all its tracks, which are taken to be of one publisher. */
  readonly sync: SyncMeter = new SyncMeter();
  readonly #byAudioSsrc = new Map<number, HeardAudio>();
  readonly #byMediaSsrc = new Map<number, WatchedVideo>();
  readonly #byRtxSsrc = new Map<number, WatchedVideo>();
  readonly #simulation: Simulation;
  readonly #random: Random;
  readonly #ssrc: number;
  readonly #ids: ReturnType<typeof subscribedIds>;
  readonly #feedback: "remb" | "twcc";
  readonly #twccIntervalMs: number;
  readonly #hasXr: boolean;
  readonly #cursor = new RtcpCursor();
  readonly #twcc: TwccReporter;
  readonly #remb: RembEstimator;
  readonly #sendTimes = new Unwrapper(24);
  #lastRembMs = Number.NEGATIVE_INFINITY;
  readonly reports: Map<number, SenderReportSeen> = new Map();
  readonly #lastCounts = new Map<number, { expected: number; received: number }>();
  /** Of media SSRCs that nobody announced. */
  unknownPackets = 0;
  /** Measured by extended reports; 0 before. */
  rttMs = 0;
  /** What was told of the downlink: REMB in bits per second, by time since the start. */
  readonly estimates: { readonly atMs: number; readonly bitrateBps: number }[] = [];

  constructor(
    peerId: number,
    simulation: Simulation,
    random: Random,
    engine: LabContext,
    options: SubscriberOptions,
  ) {
    this.#simulation = simulation;
    this.#random = random;
    this.#ssrc = random.uint32();
    this.#feedback = options.feedback ?? "remb";
    this.#twccIntervalMs = options.twccIntervalMs ?? TWCC_MS;
    this.#hasXr = options.hasXr ?? true;
    this.#ids = subscribedIds(this.#feedback, options.hasDependencyDescriptor ?? true);
    this.#twcc = new TwccReporter(this.#ssrc);
    this.#remb = new RembEstimator(simulation.nowMs);
    this.downlink = new Link(
      simulation,
      random.fork(),
      { ...DOWNLINK, ...options.downlink },
      (bytes) => this.#receive(bytes),
    );
    this.uplink = new Link(simulation, random.fork(), { ...DOWNLINK, ...options.uplink }, (bytes) =>
      this.peer.receive(bytes),
    );
    this.peer = new LabPeer(
      peerId,
      simulation,
      engine.context,
      options.allowPause ?? false,
      (bytes, isRtcp) => this.#sent(bytes, isRtcp),
    );
    this.peer.media.setExtensions(NO_EXTENSIONS, this.#ids);
    this.peer.media.connected(simulation.nowMs);
    this.peer.schedule();
    simulation.after(random.between(0, REPORT_MS), () => this.#report());
    if (this.#feedback === "remb") simulation.after(REMB_MS, () => this.#estimate());
    else simulation.after(this.#twccIntervalMs, () => this.#reportArrivals());
  }

  watch(
    downTrackId: number,
    source: PublishedVideo,
    settings: Partial<DownTrackSettings> = {},
  ): WatchedVideo {
    const codec = codecOf(source.codecs.mode);
    const ssrc = this.#random.uint32();
    const rtxSsrc = this.#random.uint32();
    const all = { ...SETTINGS, ...settings };
    const subscriber = this.peer.media.addDownTrack(
      this.#simulation.nowMs,
      {
        downTrackId,
        peerId: this.peer.peerId,
        receiverId: source.source.receiverId,
        ssrc,
        rtxSsrc,
        codecs: [
          {
            codec,
            payloadType: VIDEO_PAYLOAD_TYPE,
            rtxPayloadType: VIDEO_RTX_PAYLOAD_TYPE,
            fmtp: fmtpOf(source.codecs.mode),
          },
        ],
        cname: "lab",
        isScreenShare: source.codecs.isScreenShare ?? false,
        settings: all,
      },
      source.source,
    );
    const video = new VideoSubscriber(this.#simulation, codec, this.#ids.dependencyDescriptor, {
      sendNack: (sns) => this.#sendNack(ssrc, sns),
      sendPli: () => this.#sendRtcp((out) => writePli(out, 0, this.#ssrc, ssrc)),
    });
    const watched: WatchedVideo = {
      video,
      subscriber,
      sent: new SentStreamCheck(codec),
      source,
      ssrc,
      rtxSsrc,
      settings: all,
    };
    this.watched.push(watched);
    this.#byMediaSsrc.set(ssrc, watched);
    this.#byRtxSsrc.set(rtxSsrc, watched);
    this.peer.schedule();
    return watched;
  }

  listen(downTrackId: number, source: PublishedAudio, hasRed: boolean): HeardAudio {
    const ssrc = this.#random.uint32();
    const opus = { codec: Codec.Opus, payloadType: OPUS_PAYLOAD_TYPE, rtxPayloadType: 0, fmtp: "" };
    const red = { ...opus, codec: Codec.Red, payloadType: RED_PAYLOAD_TYPE };
    const subscriber = this.peer.media.addDownTrack(
      this.#simulation.nowMs,
      {
        downTrackId,
        peerId: this.peer.peerId,
        receiverId: source.source.receiverId,
        ssrc,
        rtxSsrc: 0,
        codecs: hasRed ? [red, opus] : [opus],
        cname: "lab",
        isScreenShare: false,
        settings: SETTINGS,
      },
      source.source,
    );
    const heard: HeardAudio = {
      audio: new AudioSubscriber(this.#simulation),
      subscriber,
      sent: new SentStreamCheck(Codec.Opus),
      ssrc,
    };
    this.heard.push(heard);
    this.#byAudioSsrc.set(ssrc, heard);
    this.peer.schedule();
    return heard;
  }

  /** Since the start of the simulation. */
  get nowMs(): number {
    return this.#simulation.elapsedMs;
  }

  /** Other settings, as the client's signalling would bring them. */
  set(watched: WatchedVideo, settings: Partial<DownTrackSettings>): void {
    watched.settings = { ...watched.settings, ...settings };
    watched.subscriber.setSettings(this.#simulation.nowMs, watched.settings);
    this.peer.schedule();
  }

  /** Counts freezes that last. */
  end(): void {
    for (const { video } of this.watched) video.freezes.end(this.#simulation.elapsedMs);
  }

  #sent(bytes: Uint8Array, isRtcp: boolean): void {
    if (!isRtcp) {
      const fields = readRtpFields(bytes);
      const media = this.#byMediaSsrc.get(fields.ssrc);
      if (media !== undefined) media.sent.media(bytes, fields);
      else if (this.#byAudioSsrc.has(fields.ssrc)) {
        this.#byAudioSsrc.get(fields.ssrc)!.sent.media(bytes, fields);
      } else this.#byRtxSsrc.get(fields.ssrc)?.sent.rtx(bytes, fields);
    }
    this.downlink.send(bytes);
  }

  #receive(bytes: Uint8Array): void {
    const type = bytes[1]!;
    if (type >= 192 && type <= 223) {
      this.#receiveRtcp(bytes);
      return;
    }
    const fields = readRtpFields(bytes);
    this.#noteArrival(bytes, fields);
    const media = this.#byMediaSsrc.get(ssrcOf(bytes));
    if (media !== undefined) {
      media.video.receive(bytes, fields, false);
      this.#noteSync(media.video.codec, bytes, fields);
      return;
    }
    const heard = this.#byAudioSsrc.get(fields.ssrc);
    if (heard !== undefined) {
      heard.audio.receive(bytes, fields);
      this.#noteSync(Codec.Opus, bytes, fields);
      return;
    }
    const rtx = this.#byRtxSsrc.get(fields.ssrc);
    if (rtx === undefined) {
      this.unknownPackets += 1;
    } else if (fields.payloadEnd - fields.payloadAt >= 2) {
      const original = {
        ...fields,
        sn: u16(bytes, fields.payloadAt),
        ssrc: rtx.ssrc,
        payloadAt: fields.payloadAt + 2,
      };
      rtx.video.receive(bytes, original, true);
    }
  }

  #noteSync(codec: Codec, bytes: Uint8Array, fields: RtpFields): void {
    const report = this.reports.get(fields.ssrc);
    const mark = markOf(bytes, fields);
    if (report === undefined || mark === undefined) return;
    this.sync.note(fields.ssrc, clockHzOf(codec), fields.ts, mark, report);
  }

  #noteArrival(bytes: Uint8Array, fields: RtpFields): void {
    const { nowMs } = this.#simulation;
    if (this.#feedback === "twcc") {
      const found = findElement(bytes, fields, this.#ids.transportSequence);
      if (found !== undefined) this.#twcc.receive(nowMs, u16(bytes, found.at));
      return;
    }
    const found = findElement(bytes, fields, this.#ids.absSendTime);
    if (found === undefined) return;
    const sendMs = this.#sendTimes.unwrap(u24(bytes, found.at)) / ABS_SEND_TIME_UNITS_PER_MS;
    if (this.#remb.receive(nowMs, sendMs, bytes.length)) this.#sendRemb();
  }

  #receiveRtcp(bytes: Uint8Array): void {
    const cursor = this.#cursor;
    cursor.start(bytes, 0, bytes.length);
    for (let type = cursor.next(); type !== RtcpType.End; type = cursor.next()) {
      if (type === RtcpType.ExtendedReport) this.#readDlrr(cursor);
      if (type !== RtcpType.SenderReport) continue;
      this.reports.set(cursor.senderSsrc, {
        ntpMs: ntpToMs(cursor.ntpSeconds, cursor.ntpFraction),
        rtpTs: cursor.rtpTs,
        compact: compactNtp(cursor.ntpSeconds, cursor.ntpFraction),
        arrivalMs: this.#simulation.nowMs,
      });
    }
  }

  #readDlrr(cursor: RtcpCursor): void {
    for (let block = cursor.nextXrBlock(); block !== XrBlock.End; block = cursor.nextXrBlock()) {
      if (block !== XrBlock.Dlrr) continue;
      const span = (this.#compactNow() - cursor.dlrrLastRr(0) - cursor.dlrrDelay(0)) >>> 0;
      this.rttMs = compactNtpToMs(span);
      for (const { video } of this.watched) video.nacks.rttMs = this.rttMs;
    }
  }

  #compactNow(): number {
    const ntpMs = ntpMsOfWall(this.#simulation.elapsedMs);
    return compactNtp(ntpSecondsOf(ntpMs), ntpFractionOf(ntpMs));
  }

  #sendReferenceTime(): void {
    const ntpMs = ntpMsOfWall(this.#simulation.elapsedMs);
    const seconds = ntpSecondsOf(ntpMs);
    const fraction = ntpFractionOf(ntpMs);
    this.#sendRtcp((out) => writeReceiverReferenceTime(out, 0, this.#ssrc, seconds, fraction));
  }

  #sendNack(ssrc: number, sns: readonly number[]): void {
    const list = Uint16Array.from(sns);
    this.#sendRtcp((out) => writeNack(out, 0, this.#ssrc, ssrc, list, list.length));
  }

  #sendRtcp(write: (out: Uint8Array) => number): void {
    const out = new Uint8Array(OUT_BYTES);
    this.uplink.send(out.slice(0, write(out)));
  }

  #report(): void {
    const { nowMs } = this.#simulation;
    if (this.#hasXr) this.#sendReferenceTime();
    for (const { ssrc, video } of this.watched) {
      if (video.highestExtSn < 0) continue;
      const block = new ReportBlock();
      const expected = video.highestExtSn - video.lowestExtSn + 1;
      const received = video.packets - video.retransmitted;
      const last = this.#lastCounts.get(ssrc) ?? { expected: 0, received: 0 };
      this.#lastCounts.set(ssrc, { expected, received });
      const interval = expected - last.expected;
      const lost = interval - (received - last.received);
      block.ssrc = ssrc;
      block.fractionLost = lost > 0 && interval > 0 ? Math.floor((lost * 256) / interval) : 0;
      block.totalLost = expected - received;
      block.highestSn = video.highestExtSn >>> 0;
      block.jitterTicks = Math.round(video.jitterTicks);
      const report = this.reports.get(ssrc);
      if (report !== undefined) {
        block.lastSr = report.compact;
        block.delaySinceLastSr = Math.round(((nowMs - report.arrivalMs) * 65_536) / 1_000);
      }
      this.#sendRtcp((out) => writeReceiverReport(out, 0, this.#ssrc, block));
    }
    this.#simulation.after(REPORT_MS, () => this.#report());
  }

  #estimate(): void {
    this.#remb.handleTimeout(this.#simulation.nowMs);
    if (this.#simulation.nowMs - this.#lastRembMs >= REMB_INTERVAL_MIN_MS) this.#sendRemb();
    this.#simulation.after(REMB_MS, () => this.#estimate());
  }

  #sendRemb(): void {
    const bitrateBps = this.#remb.estimateBps;
    if (bitrateBps === 0) return;
    this.#lastRembMs = this.#simulation.nowMs;
    this.estimates.push({ atMs: this.#simulation.elapsedMs, bitrateBps });
    const ssrcs = this.watched.map(({ ssrc }) => ssrc);
    this.#sendRtcp((out) => writeRemb(out, 0, this.#ssrc, ssrcs, bitrateBps));
  }

  #reportArrivals(): void {
    if (!this.#twcc.isEmpty) {
      for (const packet of this.#twcc.poll(this.watched[0]?.ssrc ?? 0)) this.uplink.send(packet);
    }
    this.#simulation.after(this.#twccIntervalMs, () => this.#reportArrivals());
  }
}
