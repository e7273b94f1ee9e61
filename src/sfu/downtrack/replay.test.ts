import { expect, test } from "bun:test";
import { FakeSource, packetOf } from "../../../test/support/send-side.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { KeyFrameMark } from "../buffer/key-frame-mark.ts";
import { Forwarder } from "../forwarder/forwarder.ts";
import { Translation } from "../forwarder/translation.ts";
import { MediaPacket } from "../packet/media-packet.ts";
import { Replay } from "./replay.ts";

const PAYLOAD_BYTES = 1_200;
const PACKETS = 40;

class MarkedSource extends FakeSource {
  readonly mark: KeyFrameMark = new KeyFrameMark();
  reads = 0;

  override keyFrameMark(): KeyFrameMark {
    return this.mark;
  }

  override readForRetransmission(layer: number, extSn: number, packet: MediaPacket): boolean {
    this.reads += 1;
    return super.readForRetransmission(layer, extSn, packet);
  }
}

test("a publisher that jumps ahead ends the repetition, instead of having it search the gap", () => {
  const source = new MarkedSource();
  source.isVideo = true;
  const forwarder = new Forwarder(source);
  forwarder.setTarget(0, 3, 0, false);
  for (let extSn = 1; extSn <= PACKETS; extSn++) {
    const fields = {
      codec: Codec.H264,
      extSn,
      extTs: 3_000,
      isKeyFrame: extSn === 1,
      payload: new Uint8Array(PAYLOAD_BYTES),
    };
    source.kept.set(`0:${extSn}`, fields);
    source.mark.note(packetOf(fields));
  }
  const replay = new Replay(0, source, forwarder, false);
  replay.start(100);
  const sent = new Translation();
  const packet = new MediaPacket();
  let repeated = 0;
  while (replay.next(100, packet, sent)) repeated += 1;
  expect(repeated).toBeGreaterThan(5);
  expect(replay.isActive).toBe(true);
  source.reads = 0;
  source.mark.note(packetOf({ codec: Codec.H264, extSn: PACKETS + 30_000, extTs: 6_000 }));
  for (let nowMs = 200; nowMs < 300; nowMs++) {
    while (replay.next(nowMs, packet, sent)) repeated += 1;
  }
  expect(replay.isActive).toBe(false);
  expect(source.reads).toBeLessThan(300);
});
