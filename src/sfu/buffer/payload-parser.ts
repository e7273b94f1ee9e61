import { DropReason } from "../../base/drop-reason.ts";
import { readAv1 } from "../../wire/payload/av1.ts";
import {
  DependencyDescriptor,
  DependencyReader,
  isSwitchIndicated,
} from "../../wire/payload/dependency-descriptor.ts";
import { readH264 } from "../../wire/payload/h264.ts";
import { readH265 } from "../../wire/payload/h265.ts";
import { clearPayloadFields, FrameSizes } from "../../wire/payload/payload-fields.ts";
import { readVp8 } from "../../wire/payload/vp8.ts";
import { readVp9 } from "../../wire/payload/vp9.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import type { MediaPacket } from "../packet/media-packet.ts";

const TEMPORAL_LAYER_MAX = 3;
const SPATIAL_LAYER_MAX = 2;

/**
 * Reads the payloads of one stream into `MediaPacket`: layers, key frames, picture ids and sizes.
 * A dependency descriptor tells more than the payload, and for encrypted frames it is all there is.
 */
export class PayloadParser {
  /** Announced by the packet read last; `count` 0: none. */
  readonly sizes: FrameSizes = new FrameSizes();
  /** Spatial layers that active decode targets have, one bit each; -1: never told. */
  activeSpatialMask = -1;
  #dependencies: DependencyReader | undefined;
  readonly #descriptor: DependencyDescriptor = new DependencyDescriptor();
  #maskExtSn = -1;

  /**
   * @param isNew false for a packet that was read before
   * @returns DropReason.None; else the payload is not of its codec
   */
  read(packet: MediaPacket, isNew: boolean): DropReason {
    clearPayloadFields(packet);
    this.sizes.count = 0;
    if (packet.payloadBytes === 0 || packet.codec < Codec.Vp8) return DropReason.None;
    const reason = this.#readPayload(packet);
    if (reason !== DropReason.None) return reason;
    if (packet.dependencyBytes > 0) this.#readDependencies(packet, isNew);
    if (packet.temporalLayer > TEMPORAL_LAYER_MAX) packet.temporalLayer = TEMPORAL_LAYER_MAX;
    if (packet.spatialLayer > SPATIAL_LAYER_MAX) packet.spatialLayer = SPATIAL_LAYER_MAX;
    return DropReason.None;
  }

  reset(): void {
    this.#dependencies?.reset();
    this.activeSpatialMask = -1;
    this.#maskExtSn = -1;
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

  #readDependencies(packet: MediaPacket, isNew: boolean): void {
    this.#dependencies ??= new DependencyReader();
    const reader = this.#dependencies;
    const descriptor = this.#descriptor;
    const { bytes, dependencyOffset, dependencyBytes } = packet;
    const reason = reader.read(bytes, dependencyOffset, dependencyBytes, isNew, descriptor);
    if (reason !== DropReason.None) return;
    packet.isFrameStart = descriptor.isFirstInFrame;
    if (packet.codec === Codec.Av1) {
      packet.spatialLayer = descriptor.spatialLayer;
      packet.temporalLayer = descriptor.temporalLayer;
      packet.isKeyFrame ||= descriptor.hasStructure && descriptor.isFirstInFrame;
      packet.isLayerFrameStart = descriptor.isFirstInFrame;
      packet.isLayerFrameEnd = descriptor.isLastInFrame;
      packet.isInterPicturePredicted = descriptor.frameDiffCount > 0;
      packet.isSwitchingPoint = isSwitchIndicated(descriptor, reader.structure);
    } else if (packet.codec === Codec.Vp8 && packet.pictureId < 0) {
      // libwebrtc strips the payload descriptor when it sends this one (spec-media 3.4).
      packet.temporalLayer = descriptor.temporalLayer;
      packet.isSwitchingPoint = isSwitchIndicated(descriptor, reader.structure);
    }
    if (!isNew) return;
    if (descriptor.hasStructure && this.sizes.count === 0) this.#takeSizes(reader);
    if (descriptor.hasActiveTargets && packet.extSn > this.#maskExtSn) {
      this.#maskExtSn = packet.extSn;
      this.#takeMask(reader, descriptor.activeTargets);
    }
  }

  #takeSizes(reader: DependencyReader): void {
    const { resolutionCount, widths, heights } = reader.structure;
    for (let i = 0; i < resolutionCount; i++) {
      this.sizes.widths[i] = widths[i]!;
      this.sizes.heights[i] = heights[i]!;
    }
    this.sizes.count = resolutionCount;
  }

  #takeMask(reader: DependencyReader, activeTargets: number): void {
    const structure = reader.structure;
    let mask = 0;
    for (let i = 0; i < structure.decodeTargetCount; i++) {
      if (((activeTargets >>> i) & 1) === 1) mask |= 1 << structure.targetSpatialLayers[i]!;
    }
    this.activeSpatialMask = mask;
  }
}
