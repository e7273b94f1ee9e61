import { expect, test } from "bun:test";
import fc from "fast-check";
import {
  type DescribedPacket,
  DescribedPath,
  DescribedPublisher,
  DescribedSubscriber,
  withoutExtensions,
} from "../../../test/support/described-stream.ts";
import { vp8Payload } from "../../../test/support/payloads.ts";
import {
  SVC_MODES,
  SvcEncoder,
  type SvcFrame,
  type SvcModeName,
} from "../../../test/support/svc-encoder.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { Verdict } from "../forwarder/translation.ts";

const LAYERS = 3;
const ONE = (): number => 1;

/** As libwebrtc sends it beside a dependency descriptor: the payload descriptor is one byte. */
function strippedVp8(frame: SvcFrame, isFirst: boolean): number[] {
  const first = isFirst ? 0x10 : 0;
  if (!isFirst) return [first, 7, 7];
  if (!frame.isKey) return [first, 0x11, 1, 2];
  return [first, 0x10, 2, 0, 0x9d, 0x01, 0x2a, 64, 1, 180, 0, 1];
}

function rig(codec: Codec = Codec.Vp8, mode: SvcModeName = "L1T3") {
  const path = new DescribedPath({ codec, isSvc: false });
  for (let layer = 0; layer < LAYERS; layer++) {
    path.source.reports.set(layer, { ntpMs: 5_000, extTs: 0, arrivalMs: 0 });
  }
  path.forwarder.layers.maxSeenSpatial = LAYERS - 1;
  path.setTarget(2, 2);
  const payload = codec === Codec.Vp8 ? { payload: strippedVp8 } : {};
  const publishers = Array.from({ length: LAYERS }, (_, layer) => {
    // One count of frames over all layers, as libwebrtc has it.
    const encoder = new SvcEncoder(SVC_MODES[mode], { first: 100 + layer, step: LAYERS });
    return new DescribedPublisher(encoder, { ssrc: 7_000 + layer, sn: 1_000 * layer, ...payload });
  });
  const picture = (isKey: boolean, packetsOf = ONE): DescribedPacket[][] =>
    publishers.map((publisher) => publisher.picture(isKey, packetsOf));
  const send = (isKey: boolean, packetsOf = ONE): void => {
    for (const [layer, packets] of picture(isKey, packetsOf).entries()) {
      for (const packet of packets) path.push(packet, layer);
    }
  };
  const take = (): string[] =>
    path.forwarded
      .splice(0)
      .filter(({ packet }) => packet.isFirst)
      .map(({ packet }) => `${layerOf(packet)}:T${packet.frame.temporal}`);
  return { path, publishers, picture, send, take };
}

function layerOf(packet: DescribedPacket): number {
  return (packet.frame.number - 100) % LAYERS;
}

test.each([Codec.Vp8, Codec.Vp9, Codec.Av1, Codec.H264])(
  "codec %d: temporal layers go down at a frame's end and up where all is there",
  (codec) => {
    const { path, send, take } = rig(codec);
    send(true);
    for (let i = 0; i < 4; i++) send(false);
    expect(take()).toEqual(["0:T0", "1:T0", "2:T0", "2:T2", "2:T1", "2:T2", "2:T0"]);
    path.setTarget(2, 0);
    // The first frame still goes out: what ends it is known with its last packet.
    for (let i = 0; i < 4; i++) send(false);
    expect(take()).toEqual(["2:T2", "2:T0"]);
    path.setTarget(2, 2);
    // A frame of the highest layer is no place to begin.
    for (let i = 0; i < 3; i++) send(false);
    expect(take()).toEqual(["2:T1", "2:T2"]);
  },
);

test("a temporal layer is not gone up to in the middle of what was left out", () => {
  const { path, send, take } = rig();
  path.setTarget(2, 0);
  send(true);
  // Pictures T2 T1 T2: the second T2 refers to the T1 that was left out.
  send(false);
  send(false);
  take();
  path.setTarget(2, 2);
  send(false);
  send(false);
  expect(take()).toEqual(["2:T0"]);
  send(false);
  expect(take()).toEqual(["2:T2"]);
});

test("one count of frames goes on over all layers, and masks say what is forwarded", () => {
  const { path, send } = rig();
  const subscriber = new DescribedSubscriber();
  const read = (): { out: number; in: number; mask: number; layer: number }[] =>
    path.forwarded.splice(0).map(({ packet, descriptor }) => {
      const { extFrameNumber, activeTargets } = subscriber.read(descriptor);
      const { number } = packet.frame;
      return { out: extFrameNumber, in: number, mask: activeTargets, layer: layerOf(packet) };
    });
  send(true);
  send(false);
  path.setTarget(0, 1);
  send(false);
  send(true);
  for (let i = 0; i < 4; i++) send(false);
  const sent = read();
  sent.forEach((frame, i) => {
    const before = sent[i - 1];
    if (before === undefined) return;
    expect(frame.out).toBeGreaterThan(before.out);
    if (frame.layer === before.layer) expect(frame.out - before.out).toBe(frame.in - before.in);
  });
  expect(sent.at(-1)!.layer).toBe(0);
  expect(sent.filter(({ layer }) => layer === 2).map(({ mask }) => mask)).toEqual([7, 7, 7]);
  expect(sent.at(-1)!.mask).toBe(0b011);
});

test("a layer that begins anew changes nothing for the one that flows", () => {
  const { path, send } = rig();
  send(true);
  path.forwarded.length = 0;
  path.forwarder.restartStream(0);
  for (let i = 0; i < 3; i++) send(false);
  expect(path.forwarded.length).toBe(3);
  for (const { descriptor } of path.forwarded) expect(descriptor.length).toBeGreaterThan(0);
});

test("the payload of a stripped descriptor leaves as it is", () => {
  const { path, send } = rig();
  send(true, () => 2);
  send(false, () => 2);
  for (const { descriptor } of path.forwarded) expect(descriptor.length).toBeGreaterThan(3);
  expect(path.packet.descriptorBytes).toBe(1);
});

test("VP8's own descriptor is rewritten too where there is one", () => {
  const { path, publishers } = rig();
  const encoder = new SvcEncoder(SVC_MODES.L1T3);
  let id = 100;
  const publisher = new DescribedPublisher(encoder, {
    ssrc: 9_000,
    payload: (frame) => [
      ...vp8Payload({
        pictureId: id++,
        tid: frame.temporal,
        ...(frame.isKey ? { size: [320, 180] } : {}),
      }),
    ],
  });
  expect(publishers.length).toBe(LAYERS);
  path.setTarget(0, 0);
  for (let i = 0; i < 5; i++) {
    for (const packet of publisher.picture(i === 0, ONE)) path.push(packet, 0);
  }
  expect(path.forwarded.map(({ pictureId }) => pictureId)).toEqual([100, 101]);
});

test("all packets of a frame share one decision, late ones too", () => {
  const { path, picture, send } = rig();
  send(true);
  const packets = picture(false, () => 3)[2]!;
  path.push(packets[0]!, 2);
  path.setTarget(2, 0);
  path.push(packets[2]!, 2);
  expect(path.push(packets[1]!, 2)).toBe(Verdict.Forward);
  const next = picture(false, () => 3)[2]!;
  expect(next.map((packet) => path.push(packet, 2))).toEqual([
    Verdict.Drop,
    Verdict.Drop,
    Verdict.Drop,
  ]);
});

test("a late frame that is left out fills its hole", () => {
  const { path, picture, send } = rig();
  send(true);
  path.setTarget(2, 0);
  send(false);
  const late = picture(false)[2]![0]!;
  send(false);
  send(false);
  expect(path.push(late, 2)).toBe(Verdict.FillHole);
  expect(path.filled.length).toBe(1);
});

test("a payload without a descriptor brings the classic way back, for good", () => {
  const { path, publishers, send } = rig();
  send(true);
  send(false);
  const [plain] = publishers[2]!.picture(false, ONE);
  path.push(withoutExtensions(plain!), 2);
  expect(path.forwarded.at(-1)!.packet).toBeDefined();
  send(false);
  const classic = path.forwarded.slice(-2);
  for (const { descriptor } of classic) expect(descriptor.length).toBe(0);
});

test("a stream that shows its templates late leaves without descriptors until then", () => {
  const path = new DescribedPath({ codec: Codec.H264, isSvc: false });
  path.setTarget(0, 2);
  const encoder = new SvcEncoder(SVC_MODES.L1T3);
  const publisher = new DescribedPublisher(encoder);
  for (const packet of publisher.picture(false, ONE)) {
    expect(path.push(packet)).toBe(Verdict.Drop);
  }
  for (const packet of publisher.picture(true, ONE)) {
    expect(path.push(packet)).toBe(Verdict.Forward);
  }
  expect(path.forwarded[0]!.descriptor.length).toBeGreaterThan(3);
});

test("without loss, layers change as they may and every frame can be decoded", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(Codec.Vp8, Codec.Av1, Codec.H264),
      fc.array(
        fc.record({
          isKey: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
          target: fc.option(
            fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })),
            { nil: undefined, freq: 2 },
          ),
        }),
        { minLength: 5, maxLength: 60 },
      ),
      (codec, plan) => {
        const { path, send } = rig(codec);
        send(true, () => 2);
        for (const { isKey, target } of plan) {
          if (target !== undefined) path.setTarget(...target);
          send(isKey, () => 2);
        }
        const subscriber = new DescribedSubscriber();
        const decoded = new Set<number>();
        let last = -1;
        let lastSn = -1;
        for (const { packet, descriptor, outSn } of path.forwarded) {
          const { frame, isFirst, isLast } = packet;
          for (const reference of frame.references) expect(decoded.has(reference)).toBeTrue();
          if (isLast) decoded.add(frame.number);
          const { extFrameNumber } = subscriber.read(descriptor);
          if (isFirst) expect(extFrameNumber).toBeGreaterThan(last);
          last = extFrameNumber;
          if (lastSn >= 0) expect(outSn).toBe(lastSn + 1);
          lastSn = outSn;
        }
      },
    ),
    { numRuns: 100 },
  );
});
