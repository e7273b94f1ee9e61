import { Codec } from "../../src/wire/rtp/codec.ts";
import { Decoder, type Picture } from "./decoder.ts";
import { DependencyStreamReader, type FrameDependency } from "./dependency-reader.ts";
import { type AssembledFrame, FrameAssembler } from "./frame-assembler.ts";
import { FreezeMeter } from "./freeze-meter.ts";
import { NackRequester } from "./nack-requester.ts";
import {
  findElement,
  markOf,
  type ReceivedPacket,
  type RtpFields,
  readPayload,
} from "./received-packet.ts";
import {
  DependencyReferenceFinder,
  FrameIdReferenceFinder,
  NumberReferenceFinder,
  type ReferenceFinder,
  Vp8ReferenceFinder,
  Vp9ReferenceFinder,
} from "./reference-finder.ts";
import type { Simulation } from "./simulation.ts";
import { Unwrapper } from "./unwrapper.ts";

/** libwebrtc asks for a key frame when it waited so long for one, or for any frame. */
const KEY_WAIT_MS = 200;
const FRAME_WAIT_MS = 3_000;
const STASHED_MAX = 100;
const SENT_NACKS_MAX = 10_000;

export type VideoFeedback = {
  sendNack(sns: readonly number[]): void;
  sendPli(): void;
};

export type LayerChange = { readonly atMs: number; readonly spatialLayer: number };

/** A client's end of one video track: from packets to pictures, with what it asks for meanwhile. */
export class VideoSubscriber {
  readonly codec: Codec;
  readonly nacks: NackRequester = new NackRequester();
  readonly decoder: Decoder;
  readonly freezes: FreezeMeter = new FreezeMeter();
  readonly #simulation: Simulation;
  readonly #feedback: VideoFeedback;
  readonly #sns = new Unwrapper(16);
  readonly #times = new Unwrapper(32);
  readonly #dependencyId: number;
  readonly #dependencies = new DependencyStreamReader();
  readonly #assembler = new FrameAssembler();
  #finder: ReferenceFinder | undefined;
  #stashed: AssembledFrame[] = [];
  #isNackTimerSet = false;
  #hasFrame = false;
  #isKeyAwaited = true;
  #lastDecodedMs: number;
  #lastPacketMs = Number.NEGATIVE_INFINITY;
  #isWatching = false;

  readonly startedMs: number;
  readonly pictures: Picture[] = [];
  readonly layerChanges: LayerChange[] = [];
  firstPictureMs = -1;
  packets = 0;
  bytes = 0;
  retransmitted = 0;
  plis = 0;
  nacked = 0;
  framesAssembled = 0;
  /** Distinct numbers that arrived, by themselves or as a retransmission. */
  distinctPackets = 0;
  readonly #seen = new Set<number>();
  lowestExtSn = -1;
  highestExtSn = -1;
  jitterTicks = 0;
  #lastTransit = Number.NaN;

  /** @param dependencyId id of the extension; 0: not negotiated */
  constructor(simulation: Simulation, codec: Codec, dependencyId: number, feedback: VideoFeedback) {
    this.#dependencyId = dependencyId;
    this.#simulation = simulation;
    this.#feedback = feedback;
    this.codec = codec;
    this.startedMs = simulation.elapsedMs;
    this.#lastDecodedMs = simulation.nowMs;
    this.decoder = new Decoder(
      simulation,
      (picture) => this.#handlePicture(picture),
      ({ frame }) => {
        this.#lastDecodedMs = simulation.nowMs;
        this.#isKeyAwaited = false;
        this.nacks.clearUpTo(frame.lastExtSn);
      },
    );
  }

  /** Numbers that were never received although others around them were. */
  get missing(): number {
    if (this.highestExtSn < 0) return 0;
    return this.highestExtSn - this.lowestExtSn + 1 - this.distinctPackets;
  }

  receive(bytes: Uint8Array, fields: RtpFields, isRetransmitted: boolean): void {
    const { nowMs } = this.#simulation;
    const dependency = this.#readDependency(bytes, fields);
    // libwebrtc drops what it cannot read, unseen, so that it is asked for again
    if (dependency === "unreadable") return;
    const extSn = this.#sns.unwrap(fields.sn);
    const extTs = this.#times.unwrap(fields.ts);
    this.packets += 1;
    this.bytes += bytes.length;
    this.#lastPacketMs = nowMs;
    if (isRetransmitted) this.retransmitted += 1;
    else this.#noteJitter(nowMs, fields.ts);
    this.#noteNumber(extSn);
    const lost = this.nacks.handlePacket(nowMs, extSn);
    if (lost.length > 0) this.#sendNack(lost);
    if (this.nacks.isKeyFrameNeeded) {
      this.nacks.isKeyFrameNeeded = false;
      this.#requestKeyFrame();
    }
    this.#setNackTimer();
    this.#watch();
    const plain = readPayload(this.codec, bytes, fields);
    const payload =
      plain === undefined || dependency === undefined
        ? plain
        : {
            ...plain,
            isFrameStart: dependency.isFirst,
            isFrameEnd: dependency.isLast,
            isKeyFrame: dependency.hasStructure,
          };
    const packet: ReceivedPacket = {
      extSn,
      extTs,
      marker: fields.marker,
      isRetransmitted,
      arrivalMs: nowMs,
      payload,
      dependency,
      mark: markOf(bytes, fields),
    };
    const frame = this.#assembler.push(packet);
    if (packet.payload === undefined) {
      this.#finder?.notePadding(extSn);
      this.#retryStashed();
    }
    if (frame !== undefined) this.#handleFrame(frame);
  }

  /** Freezes are not counted until pictures come again. */
  rest(): void {
    this.freezes.rest();
  }

  #handleFrame(frame: AssembledFrame): void {
    this.framesAssembled += 1;
    const payload = frame.packets[0]!.payload!;
    if (!this.#hasFrame) {
      this.#hasFrame = true;
      if (!payload.isKeyFrame) this.#requestKeyFrame();
    }
    this.#finder ??=
      frame.packets[0]!.dependency === undefined
        ? finderFor(this.codec, payload.tl0 >= 0, payload.pictureId >= 0)
        : new DependencyReferenceFinder();
    this.#stashed.push(frame);
    if (this.#stashed.length > STASHED_MAX) this.#stashed.shift();
    this.#retryStashed();
  }

  #readDependency(
    bytes: Uint8Array,
    fields: RtpFields,
  ): FrameDependency | "unreadable" | undefined {
    const found = findElement(bytes, fields, this.#dependencyId);
    if (found === undefined) return undefined;
    const element = bytes.subarray(found.at, found.at + found.length);
    return this.#dependencies.read(element) ?? "unreadable";
  }

  #retryStashed(): void {
    const finder = this.#finder;
    if (finder === undefined) return;
    for (let isProgress = true; isProgress; ) {
      isProgress = false;
      const waiting = this.#stashed;
      this.#stashed = [];
      for (const frame of waiting) {
        const outcome = finder.find(frame);
        if (outcome === "wait") {
          this.#stashed.push(frame);
        } else if (outcome !== "drop") {
          isProgress = true;
          this.decoder.push(outcome);
        }
      }
    }
  }

  #handlePicture(picture: Picture): void {
    const atMs = this.#simulation.elapsedMs;
    if (this.firstPictureMs < 0) this.firstPictureMs = atMs;
    this.pictures.push({ ...picture, atMs });
    this.freezes.picture(atMs);
    if (this.layerChanges.at(-1)?.spatialLayer !== picture.spatialLayer) {
      this.layerChanges.push({ atMs, spatialLayer: picture.spatialLayer });
    }
  }

  #noteNumber(extSn: number): void {
    if (this.lowestExtSn < 0 || extSn < this.lowestExtSn) this.lowestExtSn = extSn;
    this.highestExtSn = Math.max(this.highestExtSn, extSn);
    if (this.#seen.has(extSn)) return;
    this.#seen.add(extSn);
    this.distinctPackets += 1;
    if (this.#seen.size <= SENT_NACKS_MAX) return;
    for (const old of this.#seen) {
      if (this.#seen.size <= SENT_NACKS_MAX / 2) break;
      this.#seen.delete(old);
    }
  }

  /** RFC 3550 §A.8. */
  #noteJitter(nowMs: number, ts: number): void {
    const transit = nowMs * 90 - ts;
    if (!Number.isNaN(this.#lastTransit)) {
      const delta = Math.abs(transit - this.#lastTransit);
      if (delta < 450_000) this.jitterTicks += (delta - this.jitterTicks) / 16;
    }
    this.#lastTransit = transit;
  }

  #setNackTimer(): void {
    if (this.#isNackTimerSet || this.nacks.isEmpty) return;
    this.#isNackTimerSet = true;
    this.#simulation.after(this.nacks.intervalMs, () => {
      this.#isNackTimerSet = false;
      const lost = this.nacks.handleTimeout(this.#simulation.nowMs);
      if (lost.length > 0) this.#sendNack(lost);
      this.#setNackTimer();
    });
  }

  #sendNack(extSns: readonly number[]): void {
    this.nacked += extSns.length;
    this.#feedback.sendNack(extSns.map((sn) => sn % 0x10000));
  }

  /** As libwebrtc's frame buffer does when it gives nothing for too long. */
  #watch(): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    const waitMs = this.#isKeyAwaited ? KEY_WAIT_MS : FRAME_WAIT_MS;
    const sinceMs = this.#lastDecodedMs;
    this.#simulation.at(Math.max(sinceMs + waitMs, this.#simulation.nowMs + KEY_WAIT_MS), () => {
      this.#isWatching = false;
      const { nowMs } = this.#simulation;
      const limitMs = this.#isKeyAwaited ? KEY_WAIT_MS : FRAME_WAIT_MS;
      const isActive = nowMs - this.#lastPacketMs < FRAME_WAIT_MS + KEY_WAIT_MS;
      if (isActive && nowMs - this.#lastDecodedMs >= limitMs) {
        this.#isKeyAwaited = true;
        this.#requestKeyFrame();
      }
      if (isActive) this.#watch();
    });
  }

  #requestKeyFrame(): void {
    this.plis += 1;
    this.#feedback.sendPli();
  }
}

function finderFor(codec: Codec, hasTl0: boolean, hasPictureId: boolean): ReferenceFinder {
  if (codec === Codec.Vp8 && hasTl0) return new Vp8ReferenceFinder();
  if (codec === Codec.Vp8 && hasPictureId) return new FrameIdReferenceFinder();
  if (codec === Codec.Vp9 && hasPictureId) return new Vp9ReferenceFinder();
  return new NumberReferenceFinder();
}
