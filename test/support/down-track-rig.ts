import { Allocator } from "../../src/sfu/allocator/allocator.ts";
import { DownTrack, type WriteResult } from "../../src/sfu/downtrack/down-track.ts";
import type {
  DownTrackConfig,
  DownTrackSettings,
} from "../../src/sfu/downtrack/down-track-config.ts";
import type { SendCodec } from "../../src/sfu/downtrack/send-codecs.ts";
import { SendTransport } from "../../src/sfu/downtrack/send-transport.ts";
import { ReportBlock } from "../../src/wire/rtcp/rtcp-cursor.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import { FakeSource, type PacketFields, packetOf, RecordingSink } from "./send-side.ts";

export const OPUS: SendCodec = { codec: Codec.Opus, payloadType: 96, rtxPayloadType: 0, fmtp: "" };
export const RED: SendCodec = { codec: Codec.Red, payloadType: 97, rtxPayloadType: 0, fmtp: "" };
export const VP8: SendCodec = { codec: Codec.Vp8, payloadType: 98, rtxPayloadType: 99, fmtp: "" };
export const H264: SendCodec = {
  codec: Codec.H264,
  payloadType: 104,
  rtxPayloadType: 105,
  fmtp: "packetization-mode=1;profile-level-id=42e01f",
};

export const SSRC = 0xfedc_ba98;
export const RTX_SSRC = 0x1234_5678;

export const SETTINGS: DownTrackSettings = {
  isDisabled: false,
  maxSpatialLayer: 2,
  maxTemporalLayer: 3,
  maxFrameRate: 0,
  priority: 1,
};

/** A down track between a publisher's track and a transport, both under the test's control. */
export class DownTrackRig {
  readonly source: FakeSource = new FakeSource();
  readonly sink: RecordingSink = new RecordingSink();
  readonly transport: SendTransport = new SendTransport(this.sink);
  readonly allocator: Allocator = new Allocator(true);
  readonly track: DownTrack;
  #nowMs = 0;

  constructor(
    codecs: readonly SendCodec[],
    options: Partial<DownTrackConfig> = {},
    prepare: (rig: DownTrackRig) => void = () => {},
  ) {
    this.source.isVideo = codecs[0]!.codec >= Codec.Vp8;
    prepare(this);
    const config: DownTrackConfig = {
      downTrackId: 5,
      ssrc: SSRC,
      rtxSsrc: this.source.isVideo ? RTX_SSRC : 0,
      codecs,
      cname: "PA_abc",
      isScreenShare: false,
      settings: SETTINGS,
      ...options,
    };
    this.track = new DownTrack(0, config, this.source, this.transport, this.allocator, 7);
  }

  /** Keeps the packet at the publisher's side as well. */
  readonly write = (nowMs: number, fields: PacketFields): WriteResult => {
    const layer = this.source.isSvc ? 0 : (fields.spatialLayer ?? 0);
    this.source.kept.set(`${layer}:${fields.extSn}`, fields);
    return this.track.write(packetOf(fields), nowMs);
  };

  /** The subscriber reports that it has everything up to `sn`, as on the wire. */
  report(nowMs: number, sn: number, jitterTicks = 0): void {
    const block = new ReportBlock();
    block.ssrc = SSRC;
    block.highestSn = sn;
    block.jitterTicks = jitterTicks;
    this.track.handleReceiverReport(nowMs, block);
  }

  /** Drives the timeouts up to a time, from where they were left. */
  runUntil(untilMs: number): void {
    for (;;) {
      const dueMs = Math.max(this.track.pollTimeout(), this.#nowMs);
      if (dueMs > untilMs) break;
      this.#nowMs = dueMs;
      this.track.handleTimeout(dueMs);
      if (this.track.pollTimeout() <= dueMs) throw new Error("pollTimeout does not advance");
    }
    this.#nowMs = untilMs;
  }
}

export function audio(extSn: number, fields: Partial<PacketFields> = {}): PacketFields {
  return { codec: Codec.Opus, extSn, extTs: extSn * 960, ...fields };
}

export function video(
  codec: Codec,
  extSn: number,
  fields: Partial<PacketFields> = {},
): PacketFields {
  return { codec, extSn, extTs: extSn * 3_000, marker: true, ...fields };
}
