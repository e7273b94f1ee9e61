import { expect, test } from "bun:test";
import { H264, OPUS, RED, VP8 } from "../../../test/support/down-track-rig.ts";
import { FakeSource } from "../../../test/support/send-side.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { SendCodecs } from "./send-codecs.ts";

class CountingSource extends FakeSource {
  asked = 0;

  override fmtpOf(): string {
    this.asked += 1;
    return "packetization-mode=0";
  }
}

test("a publisher that changes its payload type with each packet makes no work each time", () => {
  const source = new CountingSource();
  const codecs = new SendCodecs([VP8, H264], source);
  const chosen: number[] = [];
  for (let i = 0; i < 1_000; i++) {
    codecs.choose(i % 2 === 0 ? Codec.Vp8 : Codec.H264, 100 + (i % 4));
    chosen.push(codecs.payloadType);
  }
  expect(chosen.slice(0, 4)).toEqual([98, 104, 98, 104]);
  expect(new Set(chosen).size).toBe(2);
  expect(source.asked).toBe(4);
});

test("answers that are kept are forgotten with what payload types meant", () => {
  const source = new FakeSource();
  source.codecs = [Codec.Opus];
  const codecs = new SendCodecs([OPUS, RED], source, { isEncrypted: false, encodesRed: true });
  codecs.choose(Codec.Opus, 111);
  expect(codecs.redPayloadType).toBe(97);
  codecs.choose(Codec.Red, 63);
  expect([codecs.payloadType, codecs.takesPrimaryOnly, codecs.redPayloadType]).toEqual([
    97,
    false,
    -1,
  ]);
  codecs.choose(Codec.Opus, 111);
  expect([codecs.payloadType, codecs.redPayloadType]).toEqual([96, 97]);
  source.codecs = [Codec.Opus, Codec.Red];
  codecs.reset();
  codecs.choose(Codec.Opus, 111);
  expect([codecs.payloadType, codecs.redPayloadType]).toEqual([96, -1]);
});

test("a payload type that means another codec now is chosen for anew", () => {
  const codecs = new SendCodecs([VP8, H264], new FakeSource());
  codecs.choose(Codec.Vp8, 100);
  codecs.choose(Codec.H264, 100);
  expect(codecs.payloadType).toBe(104);
});
