import { DropReason } from "../../base/drop-reason.ts";
import { readAv1 } from "../../wire/payload/av1.ts";
import { isSwitchIndicated } from "../../wire/payload/dependency-descriptor.ts";
import type { DependencyStructure } from "../../wire/payload/dependency-structure.ts";
import { readH264 } from "../../wire/payload/h264.ts";
import { readH265 } from "../../wire/payload/h265.ts";
import { clearPayloadFields, FrameSizes } from "../../wire/payload/payload-fields.ts";
import { readVp8 } from "../../wire/payload/vp8.ts";
import { readVp9 } from "../../wire/payload/vp9.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { DependencyParser } from "../dependency/dependency-parser.ts";
import { Described } from "../dependency/frame-dependency.ts";
import type { MediaPacket } from "../packet/media-packet.ts";

const TEMPORAL_LAYER_MAX = 3;
const SPATIAL_LAYER_MAX = 2;

/** What is known of a stream's dependency descriptors. */
const Descriptors = {
  None: 0,
  Some: 1,
  /** There were some, and then a payload came without: the stream is taken as one without. */
  Lost: 2,
} as const;
type Descriptors = (typeof Descriptors)[keyof typeof Descriptors];

/**
 * Reads the payloads of one stream into `MediaPacket`: layers, key frames, picture ids and sizes.
 * A dependency descriptor tells more than the payload, and for encrypted frames it is all there is.
 */
export class PayloadParser {
  /** Announced by the packet read last; `count` 0: none. */
  readonly sizes: FrameSizes = new FrameSizes();
  readonly #restartsAfterPause: boolean;
  #codec: Codec = Codec.Opus;
  #descriptors: Descriptors = Descriptors.None;
  /** Made with the first descriptor. */
  #dependencies: DependencyParser | undefined;

  /** @param restartsAfterPause as `DependencyParser` has it */
  constructor(restartsAfterPause: boolean) {
    this.#restartsAfterPause = restartsAfterPause;
  }

  /** Spatial layers with active decode targets, one bit each; -1 where nothing tells. */
  get activeSpatialMask(): number {
    if (this.#descriptors !== Descriptors.Some) return -1;
    return this.#dependencies?.activeSpatialMask ?? -1;
  }

  /**
   * @param isNew false for a packet that was read before
   * @returns DropReason.None; else the payload is not of its codec
   */
  read(packet: MediaPacket, isNew: boolean): DropReason {
    clearPayloadFields(packet);
    this.sizes.count = 0;
    packet.dependency.described = Described.No;
    if (packet.payloadBytes === 0 || packet.codec < Codec.Vp8) return DropReason.None;
    const reason = this.#readPayload(packet);
    if (reason !== DropReason.None) return reason;
    if (isNew) this.#readDependency(packet);
    if (packet.temporalLayer > TEMPORAL_LAYER_MAX) packet.temporalLayer = TEMPORAL_LAYER_MAX;
    if (packet.spatialLayer > SPATIAL_LAYER_MAX) packet.spatialLayer = SPATIAL_LAYER_MAX;
    return DropReason.None;
  }

  /** Before the first packet, as `DependencyParser` has it. */
  startLike(codec: Codec, keyFrameNumber: number, generation: number): void {
    this.#codec = codec;
    this.#dependencies = new DependencyParser(this.#restartsAfterPause);
    this.#dependencies.startLike(keyFrameNumber, generation);
  }

  /** The stream began anew. */
  reset(): void {
    this.#dependencies?.reset();
    this.#descriptors = Descriptors.None;
  }

  #readPayload(packet: MediaPacket): DropReason {
    const { bytes, payloadOffset, payloadBytes } = packet;
    switch (packet.codec) {
      case Codec.Vp8:
        return readVp8(bytes, payloadOffset, payloadBytes, packet, this.sizes);
      case Codec.Vp9:
        return readVp9(bytes, payloadOffset, payloadBytes, packet, this.sizes);
      case Codec.H264:
        readH264(bytes, payloadOffset, payloadBytes, packet, this.sizes);
        return DropReason.None;
      case Codec.H265:
        readH265(bytes, payloadOffset, payloadBytes, packet, this.sizes);
        return DropReason.None;
      case Codec.Av1:
        readAv1(bytes, payloadOffset, payloadBytes, packet);
        return DropReason.None;
      default:
        return DropReason.None;
    }
  }

  #readDependency(packet: MediaPacket): void {
    if (packet.codec !== this.#codec && !packet.isOutOfOrder) {
      this.#codec = packet.codec;
      this.reset();
    }
    if (packet.dependencyBytes === 0) {
      if (this.#descriptors === Descriptors.Some) this.#descriptors = Descriptors.Lost;
      return;
    }
    if (this.#descriptors === Descriptors.Lost) return;
    this.#descriptors = Descriptors.Some;
    this.#dependencies ??= new DependencyParser(this.#restartsAfterPause);
    this.#dependencies.read(packet);
    const { described, descriptor, structure } = packet.dependency;
    if (described !== Described.Yes) {
      packet.isKeyFrame = false;
      return;
    }
    const isKeyFrame =
      descriptor.hasStructure && descriptor.isFirstInFrame && descriptor.frameDiffCount === 0;
    // Where the payload may be encrypted its own bits mean nothing. H.264 and H.265 leave theirs
    // readable, and not every encoder of theirs sends templates with each key frame.
    const isTelling = packet.codec === Codec.H264 || packet.codec === Codec.H265;
    packet.isKeyFrame = isKeyFrame || (isTelling && packet.isKeyFrame);
    packet.isFrameStart = descriptor.isFirstInFrame;
    packet.isLayerFrameStart = descriptor.isFirstInFrame;
    packet.isLayerFrameEnd = descriptor.isLastInFrame;
    packet.isInterPicturePredicted = descriptor.frameDiffCount > 0;
    packet.spatialLayer = descriptor.spatialLayer;
    packet.temporalLayer = descriptor.temporalLayer;
    packet.isSwitchingPoint = isSwitchIndicated(descriptor, structure);
    if (descriptor.hasStructure && this.sizes.count === 0) this.#takeSizes(structure);
  }

  #takeSizes(structure: DependencyStructure): void {
    const { resolutionCount, widths, heights } = structure;
    for (let i = 0; i < resolutionCount; i++) {
      this.sizes.widths[i] = widths[i]!;
      this.sizes.heights[i] = heights[i]!;
    }
    this.sizes.count = resolutionCount;
  }
}
