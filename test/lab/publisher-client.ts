import type { MediaEvent } from "../../src/bridge/events.ts";
import type { TrackReceiver } from "../../src/media/track-receiver.ts";
import { RtcpCursor } from "../../src/wire/rtcp/rtcp-cursor.ts";
import { PayloadFormat, RtcpType, TransportFormat } from "../../src/wire/rtcp/rtcp-types.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import { AudioPublisher, OPUS_PAYLOAD_TYPE, RED_PAYLOAD_TYPE } from "./audio-publisher.ts";
import { PUBLISHED_IDS } from "./extensions.ts";
import { type LabContext, LabPeer } from "./lab-peer.ts";
import { Link, type LinkOptions } from "./link.ts";
import type { Random } from "./random.ts";
import type { Simulation } from "./simulation.ts";
import { VideoPublisher } from "./video-publisher.ts";
import type { VideoTrackOptions } from "./video-tracks.ts";
import { videoTrack } from "./video-tracks.ts";

export type PublisherOptions = { readonly uplink?: LinkOptions; readonly downlink?: LinkOptions };

export type AudioTrackOptions = {
  /** Earlier frames in each packet (RFC 2198); 0 unless told: plain Opus. */
  readonly redundancy?: number;
  readonly start?: { readonly sn?: number; readonly ts?: number };
  readonly ntpOffsetMs?: number;
};

export type PublishedAudio = {
  readonly publisher: AudioPublisher;
  readonly source: TrackReceiver;
};

/** A track that is published, on both sides of the link. */
export type PublishedVideo = {
  readonly publisher: VideoPublisher;
  readonly source: TrackReceiver;
  readonly codecs: VideoTrackOptions;
};

const UPLINK: LinkOptions = { delayMs: 10 };
/** libwebrtc paces at so many times its target bitrate. */
const PACING_FACTOR = 2.5;
/** Also what leaves without media goes at this pace, bits per second. */
const PACING_MIN_BPS = 300_000;

/** A client that publishes, with its links to the server. */
export class PublisherClient {
  readonly peer: LabPeer;
  readonly uplink: Link;
  readonly downlink: Link;
  readonly videos: PublishedVideo[] = [];
  readonly audios: PublishedAudio[] = [];
  readonly #simulation: Simulation;
  readonly #random: Random;
  readonly #cursor = new RtcpCursor();
  readonly #events: readonly MediaEvent[];
  readonly #pacer: Link;
  #pacedBps = 0;
  #transportSn = 0xff00;
  feedbackPackets = 0;

  constructor(
    peerId: number,
    simulation: Simulation,
    random: Random,
    engine: LabContext,
    options: PublisherOptions,
  ) {
    this.#simulation = simulation;
    this.#random = random;
    this.#events = engine.events;
    this.downlink = new Link(
      simulation,
      random.fork(),
      { delayMs: 10, ...options.downlink },
      (bytes) => this.#receive(bytes),
    );
    this.peer = new LabPeer(peerId, simulation, engine.context, false, (bytes) =>
      this.downlink.send(bytes),
    );
    this.uplink = new Link(simulation, random.fork(), { ...UPLINK, ...options.uplink }, (bytes) =>
      this.peer.receive(bytes),
    );
    this.#pacer = new Link(simulation, random.fork(), { queueMs: 60_000 }, (bytes) =>
      this.uplink.send(bytes),
    );
    this.peer.media.setExtensions(PUBLISHED_IDS, PUBLISHED_IDS);
    this.peer.media.connected(simulation.nowMs);
    this.peer.schedule();
  }

  /** What the engine told of layers, streams and sizes. */
  get events(): readonly MediaEvent[] {
    return this.#events;
  }

  publishVideo(receiverId: number, options: VideoTrackOptions): PublishedVideo {
    const { publisher, spec } = videoTrack(receiverId, this.peer.peerId, options, this.#random);
    const source = this.peer.media.addReceiver(this.#simulation.nowMs, spec);
    this.peer.schedule();
    for (const { bitrateBps } of publisher.encoder.layers) this.#pacedBps += bitrateBps;
    this.#pacer.set({ rateBps: PACING_MIN_BPS + this.#pacedBps * PACING_FACTOR });
    const video: PublishedVideo = {
      publisher: new VideoPublisher(
        publisher,
        this.#simulation,
        this.#random.fork(),
        () => this.nextTransportSn(),
        (bytes) => this.#pacer.send(bytes),
      ),
      source,
      codecs: options,
    };
    this.videos.push(video);
    return video;
  }

  publishAudio(receiverId: number, options: AudioTrackOptions): PublishedAudio {
    const mid = `a${receiverId}`;
    const redundancy = options.redundancy ?? 0;
    const opus = {
      codec: Codec.Opus,
      payloadType: OPUS_PAYLOAD_TYPE,
      rtxPayloadType: 0,
      fmtp: "minptime=10;useinbandfec=1",
      hasNack: false,
      hasPli: false,
    };
    const red = {
      ...opus,
      codec: Codec.Red,
      payloadType: RED_PAYLOAD_TYPE,
      fmtp: `${OPUS_PAYLOAD_TYPE}/${OPUS_PAYLOAD_TYPE}`,
    };
    const source = this.peer.media.addReceiver(this.#simulation.nowMs, {
      receiverId,
      peerId: this.peer.peerId,
      mid,
      media: "audio",
      codecs: redundancy > 0 ? [red, opus] : [opus],
      encodings: [{ spatialLayer: 0, rid: "", ssrc: 0, rtxSsrc: 0 }],
      isScreenShare: false,
      observeAudioLevel: true,
      isMuted: false,
    });
    this.peer.schedule();
    const { start, ntpOffsetMs } = options;
    const audio: PublishedAudio = {
      publisher: new AudioPublisher(
        {
          track: receiverId,
          mid,
          redundancy,
          ...(start === undefined ? {} : { start }),
          ...(ntpOffsetMs === undefined ? {} : { ntpOffsetMs }),
        },
        this.#simulation,
        this.#random.fork(),
        () => this.nextTransportSn(),
        (bytes) => this.uplink.send(bytes),
      ),
      source,
    };
    this.audios.push(audio);
    return audio;
  }

  nextTransportSn(): number {
    this.#transportSn = (this.#transportSn + 1) & 0xffff;
    return this.#transportSn;
  }

  /** The client mutes, and its signalling says so at the same moment. */
  setMuted(track: PublishedVideo | PublishedAudio, isMuted: boolean): void {
    track.publisher.setMuted(isMuted);
    track.source.setMuted(this.#simulation.nowMs, isMuted);
    this.peer.schedule();
  }

  #receive(bytes: Uint8Array): void {
    const cursor = this.#cursor;
    cursor.start(bytes, 0, bytes.length);
    for (let type = cursor.next(); type !== RtcpType.End; type = cursor.next()) {
      this.feedbackPackets += 1;
      if (type === RtcpType.PayloadFeedback && cursor.count === PayloadFormat.Pli) {
        for (const { publisher } of this.videos) publisher.handlePli(cursor.mediaSsrc);
      } else if (type === RtcpType.TransportFeedback && cursor.count === TransportFormat.Nack) {
        const sns = nackedSns(cursor);
        for (const { publisher } of this.videos) publisher.handleNack(cursor.mediaSsrc, sns);
      }
    }
  }
}

/** All numbers of a generic NACK. */
export function nackedSns(cursor: RtcpCursor): number[] {
  const sns: number[] = [];
  for (let i = 0; i < cursor.nackCount(); i++) {
    const pid = cursor.nackPid(i);
    sns.push(pid);
    for (let bit = 0; bit < 16; bit++) {
      if (((cursor.nackMask(i) >> bit) & 1) === 1) sns.push((pid + bit + 1) & 0xffff);
    }
  }
  return sns;
}
