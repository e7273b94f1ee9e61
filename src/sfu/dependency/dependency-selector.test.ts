import { expect, test } from "bun:test";
import fc from "fast-check";
import {
  DescribedPath,
  DescribedPublisher,
  DescribedSubscriber,
  withoutExtensions,
  withoutPayload,
} from "../../../test/support/described-stream.ts";
import { streamSteps } from "../../../test/support/stream-steps.ts";
import { SVC_MODES, SvcEncoder, type SvcModeName } from "../../../test/support/svc-encoder.ts";
import { Verdict } from "../forwarder/translation.ts";

const MODES = (Object.keys(SVC_MODES) as SvcModeName[]).filter((name) => name !== "L1T1");
const ONE = (): number => 1;

function rig(name: SvcModeName, options: { first?: number; offset?: number } = {}) {
  const publisher = new DescribedPublisher(new SvcEncoder(SVC_MODES[name], options));
  const path = new DescribedPath();
  const top = SVC_MODES[name].spatialLayers - 1;
  /** As an allocator does: no more than the publisher sends. */
  const setTarget = (spatial: number, temporal: number, isDeficient = false): void =>
    path.setTarget(Math.min(spatial, top), temporal, isDeficient);
  setTarget(2, 3);
  const send = (isKey: boolean, activeTargets?: number, packetsOf = ONE): void => {
    for (const packet of publisher.picture(isKey, packetsOf, activeTargets)) path.push(packet);
  };
  const play = (pictures: number): void => {
    for (let i = 0; i < pictures; i++) send(false);
  };
  /** What went out since the last call, as layers of each picture. */
  const takeLayers = (): string[] => {
    const sent = path.forwarded.splice(0);
    const pictures = new Map<number, string[]>();
    for (const { packet } of sent) {
      const { picture, spatial, temporal } = packet.frame;
      const layers = pictures.get(picture) ?? [];
      const name = `S${spatial}T${temporal}`;
      if (!layers.includes(name)) layers.push(name);
      pictures.set(picture, layers);
    }
    return [...pictures.values()].map((layers) => layers.join(" "));
  };
  return { path, publisher, send, play, takeLayers, setTarget, forwarder: path.forwarder };
}

/**
 * Fails unless each picture that went out ends with a marker, and has no other. A picture of which a
 * frame was left out for what it refers to has none: nobody could know when the frames below left.
 */
function expectOneMarkerEach(path: DescribedPath): void {
  const cut = new Set(path.leftOut.map(({ frame }) => frame.picture));
  path.forwarded.forEach(({ marker, packet }, i) => {
    const { picture } = packet.frame;
    const endsPicture = path.forwarded[i + 1]?.packet.frame.picture !== picture;
    if (!cut.has(picture) || !endsPicture) expect(marker).toBe(endsPicture);
  });
}

test("nothing goes out before a key frame, and from it on all that the target wants", () => {
  const { path, publisher, send, play, takeLayers } = rig("L2T2");
  for (const packet of publisher.picture(true, ONE).slice(1)) {
    expect(path.push(packet)).toBe(Verdict.Drop);
  }
  play(2);
  expect(takeLayers()).toEqual([]);
  expect(path.forwarder.needsKeyFrame).toBeTrue();
  send(true);
  play(3);
  expect(takeLayers()).toEqual(["S0T0 S1T0", "S0T1 S1T1", "S0T0 S1T0", "S0T1 S1T1"]);
  expect(path.forwarder.layers).toMatchObject({ currentSpatial: 1, currentTemporal: 1 });
});

test("L3T3 goes down at the next picture, and up with a key frame", () => {
  const { path, send, play, takeLayers, forwarder } = rig("L3T3");
  send(true);
  play(3);
  expect(takeLayers().at(-1)).toBe("S0T2 S1T2 S2T2");
  path.setTarget(1, 1);
  play(4);
  expect(takeLayers()).toEqual(["S0T0 S1T0", "S0T1 S1T1"]);
  expect(forwarder.needsKeyFrame).toBeFalse();
  path.setTarget(2, 1);
  expect(forwarder.needsKeyFrame).toBeTrue();
  play(2);
  expect(takeLayers()).toEqual(["S0T0 S1T0"]);
  send(true);
  expect(takeLayers()).toEqual(["S0T0 S1T0 S2T0"]);
  expect(forwarder.needsKeyFrame).toBeFalse();
});

test("L3T3_KEY stays on its layer until a key frame lets it go down", () => {
  const { path, send, play, takeLayers, forwarder } = rig("L3T3_KEY");
  send(true);
  play(5);
  expect(takeLayers().slice(0, 2)).toEqual(["S0T0 S1T0 S2T0", "S2T2"]);
  path.setTarget(0, 2);
  play(2);
  expect(takeLayers()).toEqual(["S2T1", "S2T2"]);
  expect(forwarder.layers.currentSpatial).toBe(2);
  expect(forwarder.needsKeyFrame).toBeTrue();
  send(true);
  play(1);
  expect(takeLayers()).toEqual(["S0T0", "S0T2"]);
  expect(forwarder.layers.currentSpatial).toBe(0);
  expect(forwarder.needsKeyFrame).toBeFalse();
});

test("when bandwidth is short, nothing of the higher layer goes out until the key frame", () => {
  const { path, send, play, takeLayers } = rig("L3T3_KEY");
  send(true);
  play(5);
  takeLayers();
  path.setTarget(0, 2, true);
  play(2);
  expect(takeLayers()).toEqual([]);
  send(true);
  expect(takeLayers()).toEqual(["S0T0"]);
});

test("S3T3 goes out as the one stream of the target's layer", () => {
  const { path, send, play, takeLayers } = rig("S3T3");
  path.setTarget(1, 2);
  send(true);
  play(4);
  expect(takeLayers()).toEqual(["S1T0", "S1T2", "S1T1", "S1T2", "S1T0"]);
});

test("a picture that is on its way keeps its layers when the target changes", () => {
  const { path, publisher, send } = rig("L3T3");
  send(true);
  path.forwarded.splice(0);
  const packets = publisher.picture(false, ONE);
  path.push(packets[0]!);
  path.setTarget(0, 2);
  for (const packet of packets.slice(1)) path.push(packet);
  expect(path.forwarded.length).toBe(3);
  expectOneMarkerEach(path);
});

test("own active decode targets are written on every frame but those with templates", () => {
  const { path, send, play } = rig("L3T3", { offset: 60 });
  path.setTarget(1, 1);
  send(true);
  play(2);
  const subscriber = new DescribedSubscriber();
  const masks = path.forwarded.map(({ descriptor }) => {
    const { hasStructure, activeTargets } = subscriber.read(descriptor);
    return [hasStructure, activeTargets];
  });
  // Targets S0T0 S0T1 S0T2 S1T0 S1T1 S1T2 and so on, from the lowest bit.
  expect(masks[0]).toEqual([true, 0x1ff]);
  for (const mask of masks.slice(1)) expect(mask).toEqual([false, 0b011011]);
});

test("a layer that the publisher stops is no target, and needs a key frame to be one again", () => {
  const { path, publisher, send, play, takeLayers, forwarder } = rig("L3T3");
  send(true);
  takeLayers();
  publisher.encoder.activeSpatial = 2;
  send(false, 0b000111111);
  play(1);
  expect(takeLayers()).toEqual(["S0T2 S1T2", "S0T1 S1T1"]);
  path.setTarget(1, 2);
  expect(forwarder.needsKeyFrame).toBeFalse();
  expectOneMarkerEach(path);
  publisher.encoder.activeSpatial = 3;
  send(false, 0b111111111);
  path.setTarget(2, 2);
  expect(forwarder.needsKeyFrame).toBeTrue();
  send(true);
  expect(takeLayers().at(-1)).toBe("S0T0 S1T0 S2T0");
});

test("a lost frame of a chain is waited for, and after 80 frames the chain is broken", () => {
  const { path, publisher, send, play, forwarder } = rig("L2T2");
  send(true);
  play(1);
  const [base, upper] = publisher.picture(false, ONE);
  path.push(upper!);
  play(20);
  expect(forwarder.needsKeyFrame).toBeFalse();
  path.push(base!);
  play(40);
  expect(forwarder.needsKeyFrame).toBeFalse();
  publisher.picture(false, ONE);
  publisher.picture(false, ONE);
  play(50);
  expect(forwarder.needsKeyFrame).toBeTrue();
  send(true);
  expect(forwarder.needsKeyFrame).toBeFalse();
});

test("a frame without one of its packets does not count as forwarded until that comes", () => {
  const { path, publisher, send, play, forwarder } = rig("L2T2");
  send(true);
  play(1);
  const packets = publisher.picture(false, () => 3);
  const missing = packets.splice(1, 1)[0]!;
  for (const packet of packets) path.push(packet);
  play(10);
  expect(path.push(missing)).toBe(Verdict.Forward);
  play(60);
  expect(forwarder.needsKeyFrame).toBeFalse();
});

test("the first packet of a key frame may come after the rest of it", () => {
  const { path, publisher, send, play, forwarder, takeLayers } = rig("L2T2");
  send(true);
  play(3);
  takeLayers();
  const packets = publisher.picture(true, () => 2);
  for (const packet of packets.slice(1)) path.push(packet);
  play(2);
  path.push(packets[0]!);
  play(60);
  expect(forwarder.needsKeyFrame).toBeFalse();
  expect(takeLayers().length).toBe(63);
});

test("a frame that needs one from before the beginning is left out, late as it comes", () => {
  const { path, publisher, send, setTarget } = rig("S3T3");
  const key = publisher.picture(true, ONE);
  expect(path.push(key[2]!)).toBe(Verdict.Forward);
  expect(path.push(key[0]!)).toBe(Verdict.Drop);
  const [late] = publisher.picture(false, ONE);
  setTarget(0, 2);
  send(true);
  expect(late!.frame.references).toEqual([key[0]!.frame.number]);
  expect(path.push(late!)).toBe(Verdict.FillHole);
});

test("what begins in the middle of a frame begins with another key frame", () => {
  const { path, publisher, send, play, forwarder, takeLayers } = rig("S2T1");
  const key = publisher.picture(true, () => 2);
  for (const i of [0, 1, 3, 2]) expect(path.push(key[i]!)).toBe(Verdict.Drop);
  play(1);
  expect(takeLayers()).toEqual([]);
  expect(forwarder.needsKeyFrame).toBeTrue();
  send(true);
  play(1);
  expect(takeLayers()).toEqual(["S1T0", "S1T0"]);
});

test("a frame of which a packet came before the beginning is not forwarded", () => {
  const { path, publisher, play, forwarder, setTarget, takeLayers } = rig("S3T3");
  const key = publisher.picture(true, () => 2);
  expect([0, 4].map((i) => path.push(key[i]!))).toEqual([Verdict.Drop, Verdict.Forward]);
  setTarget(1, 2);
  const middle = publisher.picture(false, ONE);
  path.push(middle[0]!);
  // Its number would be one from before the first that left.
  expect(path.push(key[2]!)).toBe(Verdict.Drop);
  expect(path.push(key[3]!)).toBe(Verdict.Drop);
  takeLayers();
  play(1);
  expect(takeLayers()).toEqual(["S2T1"]);
  expect(forwarder.needsKeyFrame).toBeTrue();
});

test("a key frame that comes late mends no chain that misses a frame behind it", () => {
  const { path, publisher, send, play, forwarder } = rig("L3T3");
  send(true);
  const [first, , third] = publisher.picture(true, ONE);
  path.push(third!);
  path.push(first!);
  play(20);
  expect(forwarder.needsKeyFrame).toBeFalse();
  play(10);
  expect(forwarder.needsKeyFrame).toBeTrue();
});

test("templates that are sent again without a key frame change nothing", () => {
  const { publisher, send, play, forwarder, takeLayers } = rig("L2T2");
  publisher.encoder.repeatsStructure = true;
  send(true);
  play(5);
  expect(takeLayers().length).toBe(6);
  expect(forwarder.needsKeyFrame).toBeFalse();
});

test("frame numbers never look old to the subscriber after a long pause", () => {
  const { path, send, play, forwarder } = rig("L2T2", { first: 100 });
  send(true);
  play(3);
  const subscriber = new DescribedSubscriber();
  const before = path.forwarded.map(({ descriptor }) => subscriber.read(descriptor).extFrameNumber);
  forwarder.setMuted(true);
  for (let i = 0; i < 17_000; i++) send(false);
  forwarder.setMuted(false);
  play(3);
  path.forwarded.splice(0);
  send(true);
  const [first] = path.forwarded.map(
    ({ descriptor }) => subscriber.read(descriptor).extFrameNumber,
  );
  expect(first! - before.at(-1)!).toBeGreaterThan(0);
  expect(first! - before.at(-1)!).toBeLessThan(0x8000);
});

test("another stream of the track goes on with the next frame number", () => {
  const { path, send, play } = rig("L2T2", { first: 50_000 });
  send(true);
  play(1);
  const subscriber = new DescribedSubscriber();
  const last = path.forwarded
    .splice(0)
    .map(({ descriptor }) => subscriber.read(descriptor).extFrameNumber)
    .at(-1)!;
  path.forwarder.restartStream(0);
  const encoder = new SvcEncoder(SVC_MODES.L2T2, { first: 7, offset: 30 });
  const other = new DescribedPublisher(encoder, { ssrc: 5_000 });
  for (const packet of other.picture(true, ONE)) path.push(packet);
  const numbers = path.forwarded.map(
    ({ descriptor }) => subscriber.read(descriptor).extFrameNumber,
  );
  expect(numbers).toEqual([last + 1, last + 2]);
});

test("an encoder that counts anew under the same SSRC is followed", () => {
  const { path, send, play, takeLayers } = rig("L2T2", { first: 30_000 });
  send(true);
  play(2);
  takeLayers();
  const other = new DescribedPublisher(new SvcEncoder(SVC_MODES.L2T2, { first: 10 }), {
    sn: 65_506,
  });
  for (let i = 0; i < 3; i++) other.picture(false, ONE);
  const again = new DescribedPublisher(new SvcEncoder(SVC_MODES.L2T2, { first: 10 }), {
    sn: 65_506,
  });
  for (const packet of again.picture(true, ONE)) {
    path.push({ ...packet, bytes: withTs(packet.bytes, 90_000), nowMs: 3_000 });
  }
  expect(takeLayers()).toEqual(["S0T0 S1T0"]);
});

function withTs(bytes: Uint8Array, ts: number): Uint8Array {
  const out = bytes.slice();
  new DataView(out.buffer).setUint32(4, ts);
  return out;
}

test("padding that comes late fills its hole and changes nothing else", () => {
  const { path, publisher, send, play, takeLayers } = rig("L2T2");
  send(true);
  const [first, ...rest] = publisher.picture(false, ONE);
  for (const packet of rest) path.push(packet);
  expect(path.push(withoutPayload(first!))).toBe(Verdict.FillHole);
  takeLayers();
  play(2);
  expect(takeLayers()).toEqual(["S0T0 S1T0", "S0T1 S1T1"]);
});

test("when descriptors stop, the classic way goes on from a key frame", () => {
  const { path, publisher, send, play, takeLayers } = rig("L2T2");
  send(true);
  takeLayers();
  for (const packet of publisher.picture(false, ONE)) path.push(withoutExtensions(packet));
  play(1);
  expect(takeLayers()).toEqual([]);
  expect(path.forwarder.needsKeyFrame).toBeTrue();
});

test("without loss every frame that goes out can be decoded, and each picture ends once", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...MODES),
      streamSteps,
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 0, max: 65_535 }),
      (name, plan, packets, first) => {
        const { path, send, setTarget } = rig(name, { first });
        const subscriber = new DescribedSubscriber();
        let offset: number | undefined;
        send(true, undefined, () => packets);
        for (const { isKey, target } of plan) {
          if (target !== undefined) setTarget(...target);
          send(isKey || path.forwarder.needsKeyFrame, undefined, () => packets);
        }
        const decoded = new Set<number>();
        let lastSn = -1;
        for (const { packet, outSn, descriptor } of path.forwarded) {
          const { frame, isLast } = packet;
          for (const reference of frame.references) expect(decoded.has(reference)).toBeTrue();
          if (isLast) decoded.add(frame.number);
          const { extFrameNumber } = subscriber.read(descriptor);
          offset ??= extFrameNumber - frame.number;
          expect(extFrameNumber - frame.number).toBe(offset);
          if (lastSn >= 0) expect(outSn).toBe(lastSn + 1);
          lastSn = outSn;
        }
        expect(path.filled).toEqual([]);
        expectOneMarkerEach(path);
      },
    ),
    { numRuns: 150 },
  );
});

test("a stream that heals after loss is whole again with the next key frame", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...MODES),
      fc.array(fc.boolean(), { minLength: 10, maxLength: 100 }),
      (name, losses) => {
        const { path, publisher, send, play, takeLayers } = rig(name);
        send(true);
        for (const isLost of losses) {
          const packets = publisher.picture(path.forwarder.needsKeyFrame, ONE);
          for (const packet of packets) if (!isLost) path.push(packet);
        }
        takeLayers();
        send(true);
        expect(path.forwarder.needsKeyFrame).toBeFalse();
        play(4);
        expect(takeLayers().length).toBe(5);
      },
    ),
    { numRuns: 80 },
  );
});
