import { DropReason } from "../../src/base/drop-reason.ts";
import { hmacSha1 } from "../../src/crypto/hmac-sha1.ts";
import { IceChecker } from "../../src/loadtest/ice-checker.ts";
import type { DatagramPort } from "../../src/media/datagram-port.ts";
import { MediaNode } from "../../src/media/media-node.ts";
import type {
  DtlsEvents,
  DtlsFactory,
  SrtpProfile,
} from "../../src/transport/dtls/dtls-session.ts";
import { SrtpSender } from "../../src/transport/srtp/srtp-sender.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import { NO_EXTENSIONS } from "../../src/wire/rtp/extension-ids.ts";
import { createAead } from "./aeads.ts";
import { createTestKeys, swapSides } from "./srtp.ts";

export const VIDEO_PAYLOAD_TYPE = 96;
export const AUDIO_PAYLOAD_TYPE = 111;
export const PUBLISHED_SSRC = 1_000;
const UFRAG = "localufrag";
const PWD = "a-local-password-for-all-peers";
const EXTENSIONS = { ...NO_EXTENSIONS, absSendTime: 2, transportSequence: 3, mid: 4 };

export type EngineOptions = {
  readonly port: DatagramPort;
  readonly profile: SrtpProfile;
  readonly subscribers: number;
  readonly media: "audio" | "video";
  /** Each with one track, which all subscribers take; 1 unless told. */
  readonly publishers?: number;
  /** The path to subscriber 0, 1, ...; the publishers have the ones after them. */
  readonly pathOf: (index: number) => number;
};

/**
 * The whole engine of a media thread with publishers and their subscribers, all connected: ICE by
 * real checks, DTLS skipped, SRTP with fixed keys. The clock is the caller's.
 */
export class BenchEngine {
  readonly node: MediaNode;
  readonly publishers: readonly SrtpSender[];
  readonly #publisherPaths: readonly number[];
  nowMs = 1_000;

  constructor(options: EngineOptions) {
    const { port, profile, subscribers, media, pathOf } = options;
    const keys = createTestKeys(profile);
    const sessions: DtlsEvents[] = [];
    const dtls: DtlsFactory = {
      localFingerprint: "",
      create: ({ events }) => {
        sessions.push(events);
        return {
          handleDatagram: () => DropReason.None,
          sealApplicationData: () => 0,
          pollTimeout: () => Number.POSITIVE_INFINITY,
          handleTimeout() {},
          close() {},
        };
      },
    };
    let random = 1;
    this.node = new MediaNode({
      thread: {
        index: 0,
        listens: [],
        warnOfSmallBuffer: false,
        videoPacketsMax: 500,
        audioPacketsMax: 200,
        pliThrottleMs: [500, 1000, 1000],
        audio: { activeLevel: 35, minPercentile: 40, updateIntervalMs: 400, smoothIntervals: 2 },
        isAudioLossProxied: false,
      },
      ports: [port],
      dtls,
      hmacSha1,
      createAead,
      random: () => {
        random = (random * 1_103_515_245 + 12_345) >>> 0;
        return random;
      },
      wallOffsetMs: 0,
      nowMs: () => this.nowMs,
      emit: () => {},
    });
    const count = options.publishers ?? 1;
    for (let i = 0; i < subscribers + count; i++) this.#connect(i + 1, pathOf(i));
    for (const events of sessions) events.onConnected(keys);
    const numbers = Array.from({ length: count }, (_, i) => i);
    this.#publisherPaths = numbers.map((i) => pathOf(subscribers + i));
    this.publishers = numbers.map(() => new SrtpSender(swapSides(keys), createAead));
    for (const i of numbers) this.#publish(subscribers + i + 1, i, media);
    for (let i = 0; i < subscribers; i++) {
      for (const number of numbers) this.#subscribe(i + 1, number, count, media);
    }
  }

  /** One SRTP packet of a publisher; changed in place. */
  receive(bytes: Uint8Array, publisher = 0): void {
    this.node.receive(this.nowMs, bytes, 0, this.#publisherPaths[publisher]!);
  }

  #connect(peerId: number, path: number): void {
    const { node } = this;
    const ufrag = `${UFRAG}${peerId}`;
    const ice = new IceChecker();
    node.handleCommand(this.nowMs, {
      kind: "create-peer",
      peerId,
      localUfrag: ufrag,
      localPwd: PWD,
    });
    node.handleCommand(this.nowMs, {
      kind: "set-remote",
      peerId,
      ufrag: ice.ufrag,
      pwd: ice.pwd,
      fingerprint: "",
    });
    node.handleCommand(this.nowMs, {
      kind: "set-extensions",
      peerId,
      receive: EXTENSIONS,
      send: { ...NO_EXTENSIONS, absSendTime: 2 },
    });
    ice.addCandidate("1 1 udp 1 127.0.0.1 9 typ host");
    ice.setRemote(ufrag, PWD, true);
    ice.handleTimeout(this.nowMs, (bytes) => node.receive(this.nowMs, bytes, 0, path));
    node.flush();
  }

  #publish(peerId: number, publisher: number, media: "audio" | "video"): void {
    const isVideo = media === "video";
    this.node.handleCommand(this.nowMs, {
      kind: "add-receiver",
      receiver: {
        receiverId: publisher + 1,
        peerId,
        mid: "0",
        media,
        codecs: [
          {
            codec: isVideo ? Codec.Vp8 : Codec.Opus,
            payloadType: isVideo ? VIDEO_PAYLOAD_TYPE : AUDIO_PAYLOAD_TYPE,
            rtxPayloadType: 0,
            fmtp: "",
            hasNack: isVideo,
            hasPli: isVideo,
          },
        ],
        encodings: [{ spatialLayer: 0, rid: "", ssrc: PUBLISHED_SSRC + publisher, rtxSsrc: 0 }],
        isScreenShare: false,
        observeAudioLevel: !isVideo,
        isMuted: false,
      },
    });
  }

  #subscribe(peerId: number, publisher: number, count: number, media: "audio" | "video"): void {
    const downTrackId = peerId * count + publisher;
    const isVideo = media === "video";
    this.node.handleCommand(this.nowMs, {
      kind: "add-down-track",
      downTrack: {
        downTrackId,
        peerId,
        receiverId: publisher + 1,
        ssrc: 2_000 + downTrackId * 2,
        rtxSsrc: 2_001 + downTrackId * 2,
        codecs: [
          {
            codec: isVideo ? Codec.Vp8 : Codec.Opus,
            payloadType: isVideo ? VIDEO_PAYLOAD_TYPE : AUDIO_PAYLOAD_TYPE,
            rtxPayloadType: isVideo ? VIDEO_PAYLOAD_TYPE + 1 : 0,
            fmtp: "",
          },
        ],
        cname: "bench",
        isScreenShare: false,
        settings: {
          isDisabled: false,
          maxSpatialLayer: 2,
          maxTemporalLayer: 3,
          maxFrameRate: 0,
          priority: 1,
        },
      },
    });
  }
}

/** Takes what the engine sends and drops it. */
export class NullPort implements DatagramPort {
  readonly arena: Uint8Array = new Uint8Array(1 << 20);
  #at = 0;
  count = 0;

  reserve(bytesMax: number): number {
    if (this.#at + bytesMax > this.arena.length) this.#at = 0;
    return this.#at;
  }

  commit(_path: number, length: number): void {
    this.#at += length;
    this.count += 1;
  }

  flush(): void {
    this.#at = 0;
  }

  holdPath(): void {}
  releasePath(): void {}

  pathAddress(path: number): { protocol: "udp"; address: string; port: number } {
    return { protocol: "udp", address: "127.0.0.1", port: 1_024 + path };
  }
}
