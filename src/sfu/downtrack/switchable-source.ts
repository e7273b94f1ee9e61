import type { Codec } from "../../wire/rtp/codec.ts";
import type { KeyFrameMark } from "../buffer/key-frame-mark.ts";
import type { PayloadParser } from "../buffer/payload-parser.ts";
import type { MediaPacket } from "../packet/media-packet.ts";
import type { MediaSource } from "./media-source.ts";

/** The codec of a track that a down track is fed by; it may become another one (spec-media 5.9). */
export class SwitchableSource implements MediaSource {
  current: MediaSource;

  constructor(current: MediaSource) {
    this.current = current;
  }

  get isVideo(): boolean {
    return this.current.isVideo;
  }

  get isMuted(): boolean {
    return this.current.isMuted;
  }

  get isSvc(): boolean {
    return this.current.isSvc;
  }

  get hasFewReports(): boolean {
    return this.current.hasFewReports;
  }

  get streamCount(): number {
    return this.current.streamCount;
  }

  carries(codec: Codec): boolean {
    return this.current.carries(codec);
  }

  fmtpOf(codec: Codec, payloadType: number): string {
    return this.current.fmtpOf(codec, payloadType);
  }

  sendWaiting(nowMs: number): void {
    this.current.sendWaiting(nowMs);
  }

  requestKeyFrame(nowMs: number, spatialLayer: number): void {
    this.current.requestKeyFrame(nowMs, spatialLayer);
  }

  keyFrameMark(spatialLayer: number): KeyFrameMark | undefined {
    return this.current.keyFrameMark(spatialLayer);
  }

  readForRetransmission(
    spatialLayer: number,
    extSn: number,
    packet: MediaPacket,
    parser?: PayloadParser,
  ): boolean {
    return this.current.readForRetransmission(spatialLayer, extSn, packet, parser);
  }

  bitrateBps(spatial: number, temporal: number): number {
    return this.current.bitrateBps(spatial, temporal);
  }

  temporalLayerFor(spatial: number, framesPerSecond: number): number {
    return this.current.temporalLayerFor(spatial, framesPerSecond);
  }

  isLayerAvailable(spatial: number): boolean {
    return this.current.isLayerAvailable(spatial);
  }

  hasSenderReport(layer: number): boolean {
    return this.current.hasSenderReport(layer);
  }

  senderReportNtpMs(layer: number): number {
    return this.current.senderReportNtpMs(layer);
  }

  senderReportExtTs(layer: number): number {
    return this.current.senderReportExtTs(layer);
  }

  senderReportArrivalMs(layer: number): number {
    return this.current.senderReportArrivalMs(layer);
  }
}
