import { expect, test } from "bun:test";
import fc from "fast-check";
import {
  FakeSource,
  type PacketFields,
  packetOf,
  readVp8Descriptor,
} from "../../../test/support/send-side.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { Forwarder } from "./forwarder.ts";
import { Translation, Verdict } from "./translation.ts";

const HZ = 90_000;

function audio(extSn: number, extTs: number, fields: Partial<PacketFields> = {}): PacketFields {
  return { codec: Codec.Opus, extSn, extTs, ssrc: 7, ...fields };
}

function audioSource(): FakeSource {
  const source = new FakeSource();
  source.isVideo = false;
  return source;
}

type Sent = { sn: number; ts: number; marker: boolean };

function send(forwarder: Forwarder, nowMs: number, fields: PacketFields): Sent | Verdict {
  const out = new Translation();
  const verdict = forwarder.translate(nowMs, packetOf(fields), out);
  if (verdict !== Verdict.Forward) return verdict;
  return { sn: out.outSn, ts: out.outTs, marker: out.marker };
}

test("a Forwarder passes audio through, timestamps as they came and numbers at their distance", () => {
  const forwarder = new Forwarder(audioSource());
  const first = send(forwarder, 0, audio(70_000, 5_000, { marker: true })) as Sent;
  expect(first.ts % 2 ** 32).toBe(5_000);
  expect(first.marker).toBe(true);
  const later = send(forwarder, 40, audio(70_002, 6_920)) as Sent;
  expect(later).toEqual({ sn: first.sn + 2, ts: first.ts + 1_920, marker: false });
  const late = send(forwarder, 41, audio(70_001, 5_960, { isOutOfOrder: true })) as Sent;
  expect(late.sn).toBe(first.sn + 1);
});

test("a Forwarder continues by one number, and by the clock, after a mute", () => {
  const forwarder = new Forwarder(audioSource());
  const first = send(forwarder, 0, audio(100, 5_000)) as Sent;
  forwarder.setMuted(true);
  expect(send(forwarder, 20, audio(101, 5_960))).toBe(Verdict.Drop);
  forwarder.setMuted(false);
  const next = send(forwarder, 30_000, audio(1_600, 5_000 + 30_000 * 48)) as Sent;
  expect(next).toEqual({ sn: first.sn + 1, ts: first.ts + 30_000 * 48, marker: false });
});

test("a Forwarder moves a clock that stood still during a publisher's mute to the present", () => {
  const forwarder = new Forwarder(audioSource());
  const first = send(forwarder, 0, audio(100, 5_000)) as Sent;
  forwarder.setSourceMuted(true);
  forwarder.setSourceMuted(false);
  const next = send(forwarder, 10_000, audio(101, 5_960)) as Sent;
  expect(next.ts).toBe(first.ts + 480_000);
});

test("a Forwarder does not begin with a late packet", () => {
  const forwarder = new Forwarder(audioSource());
  expect(send(forwarder, 0, audio(100, 5_000, { isOutOfOrder: true }))).toBe(Verdict.Drop);
});

test("a Forwarder follows an audio publisher to a new stream", () => {
  const forwarder = new Forwarder(audioSource());
  const first = send(forwarder, 0, audio(100, 5_000)) as Sent;
  const next = send(forwarder, 20, audio(9_000, 4e9, { ssrc: 8 })) as Sent;
  expect(next).toEqual({ sn: first.sn + 1, ts: first.ts + 960, marker: false });
});

test.each([32_768, 65_535, 1_000_000])(
  "a Forwarder begins a new piece when an audio publisher's numbers jump by %d",
  (jump) => {
    const forwarder = new Forwarder(audioSource());
    const first = send(forwarder, 0, audio(100, 5_000)) as Sent;
    const next = send(forwarder, 20, audio(100 + jump, 5_960)) as Sent;
    expect(next).toEqual({ sn: first.sn + 1, ts: first.ts + 960, marker: false });
    const late = audio(99 + jump, 5_900, { isOutOfOrder: true });
    expect(send(forwarder, 21, late)).toBe(Verdict.Drop);
  },
);

test("a Forwarder keeps a hole below half a circle, which NACKs may still fill", () => {
  const forwarder = new Forwarder(audioSource());
  const first = send(forwarder, 0, audio(100, 5_000)) as Sent;
  const next = send(forwarder, 20, audio(100 + 32_767, 5_960)) as Sent;
  expect(next.sn).toBe(first.sn + 32_767);
});

function h264(extSn: number, layer: number, fields: Partial<PacketFields> = {}): PacketFields {
  return {
    codec: Codec.H264,
    extSn,
    extTs: extSn * 3_000,
    spatialLayer: layer,
    marker: true,
    ...fields,
  };
}

test("a Forwarder begins video at a key frame, and again after a mute", () => {
  const forwarder = new Forwarder(new FakeSource());
  forwarder.setTarget(0, 3, 0, false);
  expect(send(forwarder, 0, h264(50, 0))).toBe(Verdict.Drop);
  expect(send(forwarder, 33, h264(51, 0, { isKeyFrame: true }))).toMatchObject({ marker: true });
  forwarder.setMuted(true);
  forwarder.setMuted(false);
  expect(forwarder.layers.currentSpatial).toBe(-1);
  expect(send(forwarder, 66, h264(52, 0))).toBe(Verdict.Drop);
  expect(send(forwarder, 99, h264(53, 0, { isKeyFrame: true }))).toMatchObject({ marker: true });
});

test("a Forwarder waits for a key frame when a video publisher's numbers jump", () => {
  const forwarder = new Forwarder(new FakeSource());
  forwarder.setTarget(0, 3, 0, false);
  const first = send(forwarder, 0, h264(50, 0, { isKeyFrame: true })) as Sent;
  expect(send(forwarder, 33, h264(40_000, 0))).toBe(Verdict.Drop);
  expect(forwarder.isFlowing).toBe(false);
  const next = send(forwarder, 66, h264(40_001, 0, { isKeyFrame: true }));
  expect(next).toMatchObject({ sn: first.sn + 1 });
  const last = send(forwarder, 99, h264(90_000, 0, { isKeyFrame: true }));
  expect(last).toMatchObject({ sn: first.sn + 2 });
});

test("a Forwarder counts jumps from what left, not from what was left out", () => {
  const forwarder = new Forwarder(new FakeSource());
  forwarder.setTarget(0, 0, 0, false);
  const vp8 = (extSn: number, temporalLayer: number): PacketFields => ({
    ...h264(extSn, 0, { isKeyFrame: temporalLayer === 0, temporalLayer }),
    codec: Codec.Vp8,
  });
  const first = send(forwarder, 0, vp8(50, 0)) as Sent;
  for (const extSn of [20_000, 40_000]) {
    expect(send(forwarder, 33, vp8(extSn, 2))).toBe(Verdict.Drop);
  }
  expect(send(forwarder, 66, vp8(60_000, 0))).toMatchObject({ sn: first.sn + 1 });
});

test("a Forwarder uses no number twice, whatever comes", () => {
  const steps = fc.array(
    fc.record({
      step: fc.oneof(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -70_000, max: 70_000 })),
      isKeyFrame: fc.boolean(),
      temporalLayer: fc.integer({ min: 0, max: 1 }),
      act: fc.constantFrom("packet", "packet", "packet", "own", "mute"),
    }),
  );
  fc.assert(
    fc.property(steps, (acts) => {
      const forwarder = new Forwarder(new FakeSource());
      forwarder.setTarget(0, 0, 0, false);
      const received = new Set<number>();
      const used = new Set<number>();
      let highest = 99_999;
      let last = 0;
      const use = (sn: number): void => {
        expect(used.has(sn)).toBe(false);
        used.add(sn);
        if (last > 0) expect(sn - last).toBeLessThan(0x8000);
        last = Math.max(last, sn);
      };
      for (const [i, { step, isKeyFrame, temporalLayer, act }] of acts.entries()) {
        const out = new Translation();
        if (act === "mute") {
          forwarder.setMuted(true);
          forwarder.setMuted(false);
        } else if (act === "own" && forwarder.isStarted) {
          forwarder.placeOwnPacket(i, false, out);
          use(out.outSn);
        } else {
          // duplicates do not come this far
          const extSn = highest + step;
          if (received.has(extSn)) continue;
          received.add(extSn);
          const isOutOfOrder = extSn < highest;
          const fields = h264(extSn, 0, { isKeyFrame, temporalLayer, isOutOfOrder });
          const packet = packetOf({ ...fields, codec: Codec.Vp8 });
          if (forwarder.translate(i, packet, out) !== Verdict.Drop) use(out.outSn);
          highest = Math.max(highest, extSn);
        }
      }
    }),
  );
});

test("a Forwarder short of bandwidth finishes the frame, then sends nothing above the target", () => {
  const forwarder = new Forwarder(new FakeSource());
  forwarder.setTarget(2, 3, 2, false);
  const first = send(forwarder, 0, h264(1, 2, { isKeyFrame: true, marker: false })) as Sent;
  forwarder.setTarget(0, 3, 0, true);
  expect(send(forwarder, 1, h264(2, 2))).toMatchObject({ sn: first.sn + 1 });
  expect(send(forwarder, 33, h264(3, 2))).toBe(Verdict.Drop);
  // The lower layer's key frame follows without a hole.
  expect(send(forwarder, 66, h264(900, 0, { isKeyFrame: true }))).toMatchObject({
    sn: first.sn + 2,
  });
});

test("a Forwarder whose subscriber asks for less goes on until the lower layer has a key frame", () => {
  const forwarder = new Forwarder(new FakeSource());
  forwarder.setTarget(2, 3, 2, false);
  send(forwarder, 0, h264(1, 2, { isKeyFrame: true }));
  forwarder.setTarget(0, 3, 0, false);
  expect(send(forwarder, 33, h264(2, 2))).toMatchObject({ marker: true });
});

test("a Forwarder short of bandwidth cuts the upper layers of one stream, and loses no lower one", () => {
  const source = new FakeSource();
  source.isSvc = true;
  const forwarder = new Forwarder(source);
  forwarder.setTarget(1, 3, 1, false);
  let extSn = 10;
  const picture = (isKeyFrame: boolean): boolean[] =>
    [0, 1].map((spatialLayer) => {
      const packet = h264(extSn++, spatialLayer, {
        codec: Codec.Vp9,
        ssrc: 1,
        isKeyFrame: isKeyFrame && spatialLayer === 0,
        isLayerFrameStart: true,
        isLayerFrameEnd: true,
        isInterPicturePredicted: !isKeyFrame,
        marker: spatialLayer === 1,
      });
      return send(forwarder, extSn * 33, packet) !== Verdict.Drop;
    });
  expect(picture(true)).toEqual([true, true]);
  forwarder.setTarget(0, 3, 0, true);
  expect(picture(false)).toEqual([true, true]);
  expect(picture(false)).toEqual([true, false]);
  expect(picture(false)).toEqual([true, false]);
});

test("a Forwarder waits for a key frame when the stream of its layer is replaced", () => {
  const forwarder = new Forwarder(new FakeSource());
  forwarder.setTarget(0, 3, 0, false);
  const first = send(forwarder, 0, h264(1, 0, { isKeyFrame: true })) as Sent;
  expect(send(forwarder, 33, h264(700, 0, { ssrc: 5 }))).toBe(Verdict.Drop);
  expect(forwarder.layers.currentSpatial).toBe(-1);
  const next = send(forwarder, 66, h264(701, 0, { ssrc: 5, isKeyFrame: true }));
  expect(next).toEqual({ sn: first.sn + 1, ts: first.ts + 5_940, marker: true });
});

test("a Forwarder forwards nothing while the allocator gives no target", () => {
  const forwarder = new Forwarder(new FakeSource());
  expect(send(forwarder, 0, h264(1, 0, { isKeyFrame: true }))).toBe(Verdict.Drop);
  forwarder.setTarget(0, 3, 0, false);
  expect(send(forwarder, 0, h264(1, 0, { isKeyFrame: true }))).toMatchObject({ marker: true });
  forwarder.setTarget(-1, -1, -1, true);
  expect(send(forwarder, 33, h264(2, 0))).toBe(Verdict.Drop);
});

/** What one simulcast publisher sends, layer by layer, with its own numbers for each. */
class Publisher {
  readonly #next = [0, 1, 2].map((layer) => ({
    extSn: 65_536 + 65_500 + layer * 11,
    extTs: 2 ** 32 - 20_000 + layer * 1_000_003,
    pictureId: [32_760, 120, 5_000][layer]!,
    tl0PicIdx: 250 + layer,
    keyIdx: 30,
    frame: 0,
  }));
  #ticks = 0;

  /** One frame of a layer: `packets` packets; temporal layers 0, 2, 1, 2. */
  frame(layer: number, isKeyFrame: boolean, packets: number): PacketFields[] {
    const state = this.#next[layer]!;
    if (isKeyFrame) state.frame = 0;
    const temporalLayer = [0, 2, 1, 2][state.frame % 4]!;
    if (temporalLayer === 0) {
      state.tl0PicIdx = (state.tl0PicIdx + 1) & 0xff;
      state.keyIdx = (state.keyIdx + 1) & 0x1f;
    }
    const circle = layer === 1 ? 128 : 32_768;
    state.pictureId = (state.pictureId + 1) % circle;
    state.frame += 1;
    return Array.from({ length: packets }, (_, i) => ({
      codec: Codec.Vp8,
      extSn: state.extSn++,
      extTs: state.extTs + this.#ticks,
      spatialLayer: layer,
      temporalLayer,
      isKeyFrame: isKeyFrame && i === 0,
      isFrameStart: i === 0,
      isSwitchingPoint: temporalLayer > 0 && state.frame % 8 < 4,
      marker: i === packets - 1,
      pictureId: state.pictureId,
      pictureIdIsLong: circle === 32_768,
      tl0PicIdx: state.tl0PicIdx,
      keyIdx: state.keyIdx,
    }));
  }

  tick(): void {
    this.#ticks += HZ / 30;
  }
}

const step = fc.record({
  packets: fc.integer({ min: 1, max: 3 }),
  keyLayers: fc.subarray([0, 1, 2]),
  isKeyTime: fc.integer({ min: 0, max: 4 }),
  target: fc.integer({ min: -1, max: 2 }),
  temporal: fc.integer({ min: 0, max: 3 }),
  isTargetTime: fc.integer({ min: 0, max: 5 }),
  isDeficient: fc.boolean(),
  isMuteTime: fc.integer({ min: 0, max: 20 }),
  /** For each packet: 0 lost, 1 late, else in time. */
  fates: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 9, maxLength: 9 }),
});

type Out = { sn: number; ts: number; picture: number; tl0: number; isFill: boolean };

function play(steps: Step[], isLossy: boolean): Out[] {
  const source = new FakeSource();
  for (const layer of [0, 1, 2]) {
    source.reports.set(layer, {
      ntpMs: 1_000,
      extTs: 2 ** 32 - 20_000 + layer * 1_000_003,
      arrivalMs: 0,
    });
  }
  const publisher = new Publisher();
  const forwarder = new Forwarder(source);
  forwarder.setTarget(2, 3, 2, false);
  const out = new Translation();
  const sent: Out[] = [];
  const highest = [0, 0, 0];
  let held: PacketFields[] = [];
  let nowMs = 0;
  const deliver = (fields: PacketFields): void => {
    const layer = fields.spatialLayer!;
    const isOutOfOrder = fields.extSn < highest[layer]!;
    highest[layer] = Math.max(highest[layer]!, fields.extSn);
    const packet = packetOf({ ...fields, isOutOfOrder });
    const verdict = forwarder.translate(nowMs, packet, out);
    if (verdict === Verdict.Drop) return;
    const isFill = verdict === Verdict.FillHole;
    const vp8 = readVp8Descriptor(out.descriptor);
    sent.push({
      sn: out.outSn,
      ts: out.outTs,
      picture: isFill ? -1 : vp8.pictureId,
      tl0: isFill ? -1 : vp8.tl0PicIdx,
      isFill,
    });
  };
  for (const it of steps) {
    nowMs += 33;
    publisher.tick();
    if (it.isTargetTime === 0) {
      forwarder.setTarget(it.target, it.temporal, it.target, it.isDeficient);
    }
    if (it.isMuteTime <= 1) forwarder.setMuted(it.isMuteTime === 0);
    const late = held;
    held = [];
    let fate = 0;
    for (const layer of [0, 1, 2]) {
      const isKeyFrame = it.isKeyTime === 0 && it.keyLayers.includes(layer);
      for (const fields of publisher.frame(layer, isKeyFrame, it.packets)) {
        const chance = isLossy ? it.fates[fate]! : 9;
        fate += 1;
        if (chance === 0) continue;
        if (chance === 1) held.push(fields);
        else deliver(fields);
      }
    }
    for (const fields of late) deliver(fields);
  }
  return sent;
}

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Distance on a circle, forward 0..half. */
function ahead(to: number, from: number, circle: number): number {
  const distance = (((to - from) % circle) + circle) % circle;
  return distance < circle / 2 ? distance : distance - circle;
}

test("whatever is lost, late or switched, a Forwarder's numbers never repeat and nothing goes back", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 120 }), (steps) => {
      const sent = play(steps, true);
      expect(new Set(sent.map((it) => it.sn)).size).toBe(sent.length);
      const bySn = [...sent].sort((a, b) => a.sn - b.sn);
      let previous: Out | undefined;
      for (const it of bySn) {
        if (it.isFill) continue;
        if (previous !== undefined) {
          expect(it.ts).toBeGreaterThanOrEqual(previous.ts);
          expect(ahead(it.picture, previous.picture, 32_768)).toBeGreaterThanOrEqual(0);
          expect(ahead(it.tl0, previous.tl0, 256)).toBeGreaterThanOrEqual(0);
        }
        previous = it;
      }
    }),
    { numRuns: 150 },
  );
});

test("without loss, what a Forwarder leaves out on purpose leaves no hole", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 120 }), (steps) => {
      const sent = play(steps, false);
      for (let i = 1; i < sent.length; i++) {
        const [before, it] = [sent[i - 1]!, sent[i]!];
        expect(it.sn).toBe(before.sn + 1);
        expect(it.ts).toBeGreaterThanOrEqual(before.ts);
        const pictures = ahead(it.picture, before.picture, 32_768);
        expect(pictures).toBe(it.ts === before.ts ? 0 : 1);
      }
    }),
    { numRuns: 150 },
  );
});
