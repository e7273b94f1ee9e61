import { DropReason } from "../../src/base/drop-reason.ts";
import { CodecTable } from "../../src/sfu/buffer/codec-table.ts";
import { PUSH_FORWARD, ReceiveStream } from "../../src/sfu/buffer/receive-stream.ts";
import { Forwarder } from "../../src/sfu/forwarder/forwarder.ts";
import { Translation, Verdict } from "../../src/sfu/forwarder/translation.ts";
import { MediaPacket } from "../../src/sfu/packet/media-packet.ts";
import {
  DependencyDescriptor,
  DependencyReader,
} from "../../src/wire/payload/dependency-descriptor.ts";
import { writeDependency } from "../../src/wire/payload/dependency-rewriter.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import { NO_EXTENSIONS } from "../../src/wire/rtp/extension-ids.ts";
import { RtpView, readRtp } from "../../src/wire/rtp/rtp-view.ts";
import { rtpBytes } from "./rtp-packet.ts";
import { FakeSource, readVp8Descriptor } from "./send-side.ts";
import type { SvcEncoder, SvcFrame } from "./svc-encoder.ts";

const EXTENSION_ID = 5;
const TICKS = 3_000;
const FRAME_MS = 33;

/** One RTP packet of a publisher, and what it belongs to. */
export type DescribedPacket = {
  readonly frame: SvcFrame;
  readonly sn: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly bytes: Uint8Array;
  readonly nowMs: number;
};

/** How a packet left for the subscriber. */
export type ForwardedPacket = {
  readonly packet: DescribedPacket;
  readonly outSn: number;
  readonly outTs: number;
  readonly marker: boolean;
  /** Rewritten; empty when it left without. */
  readonly descriptor: Uint8Array;
  /** Of the VP8 descriptor as it left; -1 without one. */
  readonly pictureId: number;
};

/** Packets of one stream of a publisher that describes its frames. */
export class DescribedPublisher {
  readonly encoder: SvcEncoder;
  readonly ssrc: number;
  readonly #payload: (frame: SvcFrame, isFirst: boolean) => readonly number[];
  readonly #payloadType: number;
  #sn: number;
  #pictures = 0;

  constructor(
    encoder: SvcEncoder,
    options: {
      ssrc?: number;
      sn?: number;
      payloadType?: number;
      payload?: (frame: SvcFrame, isFirst: boolean) => readonly number[];
    } = {},
  ) {
    this.encoder = encoder;
    this.ssrc = options.ssrc ?? 4_000;
    this.#sn = options.sn ?? 65_500;
    this.#payloadType = options.payloadType ?? 102;
    this.#payload = options.payload ?? (() => [0, 1, 2, 3]);
  }

  /** @param packetsOf how many packets a frame has */
  picture(
    isKey: boolean,
    packetsOf: (frame: SvcFrame) => number,
    activeTargets?: number,
  ): DescribedPacket[] {
    const packets: DescribedPacket[] = [];
    const ts = this.#pictures * TICKS;
    const nowMs = 1_000 + this.#pictures * FRAME_MS;
    for (const frame of this.encoder.picture(isKey)) {
      const count = packetsOf(frame);
      for (let i = 0; i < count; i++) {
        const isFirst = i === 0;
        const isLast = i === count - 1;
        const mask = isFirst ? activeTargets : undefined;
        const bytes = rtpBytes({
          ssrc: this.ssrc,
          sn: this.#sn,
          ts,
          payloadType: this.#payloadType,
          marker: isLast && frame.endsPicture,
          payload: this.#payload(frame, isFirst),
          extensions: {
            [EXTENSION_ID]: this.encoder.descriptor(frame, isFirst, isLast, mask),
          },
        });
        packets.push({ frame, sn: this.#sn, isFirst, isLast, bytes, nowMs });
        this.#sn = (this.#sn + 1) & 0xffff;
      }
    }
    this.#pictures += 1;
    return packets;
  }
}

/** The packet as it would be without header extensions. */
export function withoutExtensions(packet: DescribedPacket): DescribedPacket {
  const view = new RtpView();
  if (readRtp(packet.bytes, packet.bytes.length, view) !== DropReason.None) throw new Error("RTP");
  const { sn, ts, ssrc, payloadType, marker, payloadOffset } = view;
  const payload = packet.bytes.slice(payloadOffset, payloadOffset + view.payloadBytes);
  const bytes = rtpBytes({ sn, ts, ssrc, payloadType, marker, payload });
  return { ...packet, bytes };
}

/** Only padding, under the number of the packet. */
export function withoutPayload(packet: DescribedPacket): DescribedPacket {
  const view = new RtpView();
  if (readRtp(packet.bytes, packet.bytes.length, view) !== DropReason.None) throw new Error("RTP");
  const { sn, ts, ssrc, payloadType } = view;
  const bytes = rtpBytes({ sn, ts, ssrc, payloadType, payload: [], padding: 20 });
  return { ...packet, bytes };
}

export type DescribedOptions = { readonly codec?: Codec; readonly isSvc?: boolean };

/** The way of such packets through receive streams and one subscriber's forwarder. */
export class DescribedPath {
  readonly source: FakeSource = new FakeSource();
  readonly forwarder: Forwarder = new Forwarder(this.source);
  readonly packet: MediaPacket = new MediaPacket();
  /** Packets that arrived and were left out. */
  readonly leftOut: DescribedPacket[] = [];
  readonly forwarded: ForwardedPacket[] = [];
  readonly filled: number[] = [];
  readonly #streams: Map<number, ReceiveStream> = new Map();
  readonly #codec: Codec;
  readonly #out: Translation = new Translation();

  constructor(options: DescribedOptions = {}) {
    this.#codec = options.codec ?? Codec.Av1;
    this.source.isSvc = options.isSvc ?? true;
  }

  setTarget(spatial: number, temporal: number, isDeficient = false): void {
    this.forwarder.setTarget(spatial, temporal, spatial, isDeficient);
  }

  /** @param layer of a stream with one spatial layer */
  push(sent: DescribedPacket, layer = 0): Verdict {
    const view = new RtpView();
    const bytes = sent.bytes.slice();
    if (readRtp(bytes, bytes.length, view) !== DropReason.None) throw new Error("not RTP");
    const { packet } = this;
    if (this.#streamOf(view.ssrc).push(sent.nowMs, view, packet) !== PUSH_FORWARD) {
      return Verdict.Drop;
    }
    if (!this.source.isSvc) packet.spatialLayer = layer;
    const out = this.#out;
    const verdict = this.forwarder.translate(sent.nowMs, packet, out);
    if (verdict === Verdict.FillHole) this.filled.push(out.outSn);
    if (verdict !== Verdict.Forward) {
      this.leftOut.push(sent);
      return verdict;
    }
    let descriptor = new Uint8Array(0);
    if (out.dependency.isPresent) {
      const { dependencyOffset: offset, dependencyBytes: length } = packet;
      const buffer = new Uint8Array(300);
      const end = writeDependency(packet.bytes, offset, length, out.dependency, buffer, 0);
      descriptor = buffer.slice(0, end);
    }
    const { outSn, outTs, marker } = out;
    const hasOwn = packet.codec === Codec.Vp8 && out.descriptorBytes > 0;
    const pictureId = hasOwn ? readVp8Descriptor(out.descriptor).pictureId : -1;
    this.forwarded.push({ packet: sent, outSn, outTs, marker, descriptor, pictureId });
    return verdict;
  }

  #streamOf(ssrc: number): ReceiveStream {
    const known = this.#streams.get(ssrc);
    if (known !== undefined) return known;
    const stream = new ReceiveStream({
      ssrc,
      isVideo: true,
      codecs: new CodecTable([
        {
          codec: this.#codec,
          payloadType: 102,
          rtxPayloadType: 0,
          fmtp: "",
          hasNack: true,
          hasPli: true,
        },
      ]),
      extensions: { ...NO_EXTENSIONS, dependencyDescriptor: EXTENSION_ID },
      packetsMax: 500,
      pliIntervalMs: 500,
      restartsAfterPause: false,
    });
    this.#streams.set(ssrc, stream);
    return stream;
  }
}

/** Reads what a subscriber was sent; throws when it cannot. */
export class DescribedSubscriber {
  readonly #reader: DependencyReader = new DependencyReader();
  readonly descriptor: DependencyDescriptor = new DependencyDescriptor();

  read(bytes: Uint8Array): DependencyDescriptor {
    const reason = this.#reader.read(bytes, 0, bytes.length, this.descriptor);
    if (reason !== DropReason.None) throw new Error(`unreadable descriptor: ${reason}`);
    return this.descriptor;
  }
}
