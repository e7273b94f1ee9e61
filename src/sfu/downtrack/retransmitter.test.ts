import { expect, test } from "bun:test";
import { DownTrackRig, H264, video } from "../../../test/support/down-track-rig.ts";
import { Codec } from "../../wire/rtp/codec.ts";

const PAYLOAD = new Uint8Array(1_000);

function flowing(options: ConstructorParameters<typeof DownTrackRig>[1], count = 20) {
  const rig = new DownTrackRig([H264], options);
  for (let i = 0; i < count; i++) {
    const fields = { isKeyFrame: i === 0, payload: PAYLOAD };
    rig.write(i * 10, video(Codec.H264, 100 + i, fields));
  }
  const sns = Uint16Array.from(rig.sink.take(), ({ sn }) => sn);
  return { rig, sns };
}

/** The original numbers of what was sent again, RFC 4588 §4. */
function repeated({ sink }: DownTrackRig): number[] {
  return sink.take().map(({ payload }) => (payload[0]! << 8) | payload[1]!);
}

test("within the budget everything lost is sent again, the newest first", () => {
  const { rig, sns } = flowing({ rtxLimits: { maxRatio: 1, burstBytes: 64_000 } });
  rig.track.handleNack(1_000, sns, sns.length);
  expect(repeated(rig)).toEqual([...sns].reverse());
});

test("beyond the budget the rest of a batch is refused, and may be asked for as often as before", () => {
  const { rig, sns } = flowing({ rtxLimits: { maxRatio: 0.01, burstBytes: 3_500 } });
  rig.track.handleNack(1_000, sns, sns.length);
  // 1,014 bytes each: the fourth overdraws it
  expect(repeated(rig)).toEqual([...sns.subarray(-4)].reverse());
  expect(rig.track.stats.refusedNacks).toBe(16);
  const first = sns.subarray(0, 1);
  for (let i = 0; i < 5; i++) rig.track.handleNack(2_000 + i * 150, first, 1);
  expect(repeated(rig)).toEqual([]);
  for (let i = 0; i < 200; i++) {
    rig.write(2_700 + i, video(Codec.H264, 120 + i, { payload: PAYLOAD }));
  }
  rig.sink.take();
  for (let i = 0; i < 5; i++) rig.track.handleNack(3_000 + i * 500, first, 1);
  // 200 packets at one percent, and what was overdrawn: two packets and then none
  expect(repeated(rig)).toEqual([sns[0]!, sns[0]!]);
});

test("a refusal starts the guard anew", () => {
  const { rig, sns } = flowing({ rtxLimits: { maxRatio: 1e-9, burstBytes: 1_500 } });
  const last = sns.subarray(-2);
  rig.track.handleNack(1_000, last, 2);
  rig.track.handleNack(1_200, last, 2);
  rig.sink.take();
  expect(rig.track.stats.refusedNacks).toBe(2);
  rig.track.handleNack(1_240, last, 2);
  expect(rig.track.stats.refusedNacks).toBe(2);
  rig.track.handleNack(1_300, last, 2);
  expect(rig.track.stats.refusedNacks).toBe(4);
});

test("without a budget the three answers for each packet are all that limits", () => {
  const { rig, sns } = flowing({});
  for (let i = 0; i < 5; i++) rig.track.handleNack(1_000 + i * 500, sns, sns.length);
  expect(repeated(rig).length).toBe(60);
});

test("after a PLI nothing is sent again until a key frame has left", () => {
  const { rig, sns } = flowing({});
  rig.track.handlePli(1_000);
  rig.track.handleNack(1_100, sns, sns.length);
  expect(repeated(rig)).toEqual([]);
  rig.write(1_200, video(Codec.H264, 120, { isKeyFrame: true }));
  rig.sink.take();
  rig.track.handleNack(1_300, sns, 1);
  expect(repeated(rig)).toEqual([sns[0]!]);
});

test("a PLI that comes while a key frame is being repaired does not stop the repair", () => {
  const { rig } = flowing({});
  rig.track.handlePli(1_000);
  rig.write(1_100, video(Codec.H264, 120, { isKeyFrame: true }));
  const [keyFrame] = rig.sink.take();
  rig.track.handlePli(1_200);
  const sns = Uint16Array.of(keyFrame!.sn);
  rig.track.handleNack(1_250, sns, 1);
  expect(repeated(rig)).toEqual([keyFrame!.sn]);
  // it cannot have been lost for so long: there has to be another
  rig.track.handlePli(1_600);
  rig.track.handleNack(1_650, sns, 1);
  expect(repeated(rig)).toEqual([]);
});

test("when all answers got lost, a key frame frees who waits for what builds on the packet", () => {
  const { rig, sns } = flowing({});
  const { source } = rig;
  const ask = (nowMs: number, sn: number): number => {
    source.keyFrameRequests.length = 0;
    rig.track.handleNack(nowMs, Uint16Array.of(sn), 1);
    return source.keyFrameRequests.length;
  };
  const asked = [1_000, 1_100, 1_200, 1_250, 1_310].map((nowMs) => ask(nowMs, sns[5]!));
  // the fourth may have crossed the last answer
  expect(asked).toEqual([0, 0, 0, 0, 1]);
  rig.write(2_000, video(Codec.H264, 120, { isKeyFrame: true }));
  expect(ask(2_500, sns[5]!)).toBe(0);
});

test("no key frame is asked for a lost packet that nothing builds on", () => {
  const rig = new DownTrackRig([H264]);
  rig.write(0, video(Codec.H264, 100, { isKeyFrame: true }));
  rig.write(10, video(Codec.H264, 101, { temporalLayer: 1 }));
  const lost = Uint16Array.of(rig.sink.take().at(-1)!.sn);
  rig.source.keyFrameRequests.length = 0;
  for (let i = 0; i < 8; i++) rig.track.handleNack(1_000 + i * 300, lost, 1);
  expect(rig.source.keyFrameRequests).toEqual([]);
});
