import { expect, test } from "bun:test";
import fc from "fast-check";
import { FakeSource, type PacketFields, packetOf } from "../../../test/support/send-side.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { Forwarder } from "./forwarder.ts";
import { Translation, Verdict } from "./translation.ts";

const layer = fc.integer({ min: 0, max: 2 });
const target = fc.integer({ min: -1, max: 2 });

type Step =
  | { kind: "packet"; layer: number; isKeyFrame: boolean; temporal: number; isLate: boolean }
  | { kind: "target"; spatial: number; request: number; isDeficient: boolean }
  | { kind: "max"; spatial: number }
  | { kind: "codec"; codec: Codec }
  | { kind: "mute"; isMuted: boolean };

const packet: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant("packet"),
  layer,
  isKeyFrame: fc.integer({ min: 0, max: 3 }).map((value) => value === 0),
  temporal: fc.integer({ min: 0, max: 3 }),
  isLate: fc.integer({ min: 0, max: 9 }).map((value) => value === 0),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 80, arbitrary: packet },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("target"),
      spatial: target,
      request: target,
      isDeficient: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("max"), spatial: layer }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("codec"),
      codec: fc.constantFrom(Codec.Vp8, Codec.H264),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("mute"), isMuted: fc.boolean() }) },
);

/** What a forwarder did, and where it stands. */
function play(
  steps: readonly Step[],
  isLookingAtAll: boolean,
): { seen: object[]; ignored: number } {
  const forwarder = new Forwarder(new FakeSource());
  forwarder.setTarget(1, 3, 1, false);
  const out = new Translation();
  const extSns = [100, 200, 300];
  const seen: object[] = [];
  let ignored = 0;
  let codec: Codec = Codec.Vp8;
  for (const [index, at] of steps.entries()) {
    const nowMs = index * 5;
    if (at.kind === "target") {
      forwarder.setTarget(at.spatial, 3, at.request, at.isDeficient);
    } else if (at.kind === "max") {
      forwarder.layers.maxSpatial = at.spatial;
    } else if (at.kind === "codec") {
      codec = at.codec;
    } else if (at.kind === "mute") {
      forwarder.setMuted(at.isMuted);
    } else {
      const newest = extSns[at.layer]!;
      if (!at.isLate) extSns[at.layer] = newest + 1;
      const fields: PacketFields = {
        codec,
        extSn: at.isLate ? newest - 3 : newest + 1,
        extTs: nowMs * 90,
        ssrc: 10 + at.layer,
        spatialLayer: at.layer,
        temporalLayer: at.temporal,
        isKeyFrame: at.isKeyFrame,
        isOutOfOrder: at.isLate,
      };
      const one = packetOf(fields);
      if (forwarder.ignores(one)) {
        ignored += 1;
        if (!isLookingAtAll) continue;
        expect(forwarder.translate(nowMs, one, out)).toBe(Verdict.Drop);
        continue;
      }
      const verdict = forwarder.translate(nowMs, one, out);
      seen.push({
        verdict,
        ...(verdict === Verdict.Drop
          ? {}
          : { sn: out.outSn, ts: out.outTs, isSwitch: out.isSwitch }),
        layers: { ...forwarder.layers },
        needsKeyFrame: forwarder.needsKeyFrame,
        isFlowing: forwarder.isFlowing,
      });
    }
  }
  return { seen, ignored };
}

test("nothing follows from packets that a Forwarder ignores, whatever comes", () => {
  let ignored = 0;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200, size: "max" }), (steps) => {
      const all = play(steps, true);
      expect(play(steps, false)).toEqual(all);
      ignored += all.ignored;
    }),
    { numRuns: 300 },
  );
  expect(ignored).toBeGreaterThan(1_000);
});
