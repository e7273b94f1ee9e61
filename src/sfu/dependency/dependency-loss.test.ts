import { expect, test } from "bun:test";
import fc from "fast-check";
import {
  type DescribedPacket,
  DescribedPath,
  DescribedPublisher,
} from "../../../test/support/described-stream.ts";
import { type StreamStep, streamSteps } from "../../../test/support/stream-steps.ts";
import {
  SVC_MODES,
  SvcEncoder,
  type SvcFrame,
  type SvcModeName,
} from "../../../test/support/svc-encoder.ts";
import { Verdict } from "../forwarder/translation.ts";

const MODES = (Object.keys(SVC_MODES) as SvcModeName[]).filter((name) => name !== "L1T1");
const packetsOf = (frame: SvcFrame): number => 1 + (frame.number % 3);

/** By packet: below 2 lost, below 8 late by twice as many packets. */
const fatesOf: fc.Arbitrary<number[]> = fc.array(fc.integer({ min: 0, max: 40 }), {
  minLength: 40,
  maxLength: 200,
});

/** A stream of which packets are lost and late on their way to the server. */
class LossyStream {
  readonly path: DescribedPath = new DescribedPath();
  readonly #publisher: DescribedPublisher;
  readonly #top: number;
  readonly #fates: readonly number[];
  readonly #take: (packet: DescribedPacket, verdict: Verdict) => void;
  readonly #late: { readonly at: number; readonly packet: DescribedPacket }[] = [];
  #packets = 0;

  constructor(
    name: SvcModeName,
    fates: readonly number[],
    take: (packet: DescribedPacket, verdict: Verdict) => void,
  ) {
    this.#publisher = new DescribedPublisher(new SvcEncoder(SVC_MODES[name]));
    this.#top = SVC_MODES[name].spatialLayers - 1;
    this.#fates = fates;
    this.#take = take;
    this.path.setTarget(this.#top, 3);
  }

  play(plan: readonly StreamStep[]): void {
    plan.forEach(({ isKey, target }, i) => {
      if (target !== undefined) this.path.setTarget(Math.min(target[0], this.#top), target[1]);
      const isDue = i === 0 || isKey || this.path.forwarder.needsKeyFrame;
      for (const packet of this.#publisher.picture(isDue, packetsOf)) {
        const fate = this.#fates[this.#packets % this.#fates.length]!;
        this.#packets += 1;
        if (fate < 2) continue;
        if (fate < 8) this.#late.push({ at: this.#packets + fate * 2, packet });
        else this.#push(packet);
        while (this.#late.length > 0 && this.#late[0]!.at <= this.#packets) {
          this.#push(this.#late.shift()!.packet);
        }
      }
    });
  }

  /** What is on its way arrives, and then all, with a key frame when one is needed. */
  heal(pictures: number): SvcFrame[] {
    for (const { packet } of this.#late.splice(0)) this.#push(packet);
    const frames: SvcFrame[] = [];
    for (let i = 0; i < pictures; i++) {
      for (const packet of this.#publisher.picture(this.path.forwarder.needsKeyFrame, packetsOf)) {
        if (packet.isFirst) frames.push(packet.frame);
        this.#push(packet);
      }
    }
    return frames;
  }

  #push(packet: DescribedPacket): void {
    this.#take(packet, this.path.push(packet));
  }
}

test("with loss and reordering no frame goes out after one that it needs was left out", () => {
  fc.assert(
    fc.property(fc.constantFrom(...MODES), streamSteps, fatesOf, (name, plan, fates) => {
      const leftOut = new Set<number>();
      const begun = new Set<number>();
      const sns = new Set<number>();
      const stream = new LossyStream(name, fates, ({ frame }, verdict) => {
        if (verdict !== Verdict.Forward) {
          leftOut.add(frame.number);
          return;
        }
        if (!begun.has(frame.number)) {
          expect(frame.references.filter((r) => leftOut.has(r))).toEqual([]);
        }
        begun.add(frame.number);
        const { outSn } = stream.path.forwarded.at(-1)!;
        expect(sns.has(outSn)).toBeFalse();
        sns.add(outSn);
      });
      stream.play(plan);
    }),
    { numRuns: 150 },
  );
});

test("whatever was lost or late, what flows some time later can be decoded", () => {
  fc.assert(
    fc.property(fc.constantFrom(...MODES), streamSteps, fatesOf, (name, plan, fates) => {
      const sent = new Map<number, number>();
      const decodable = new Set<number>();
      const stream = new LossyStream(name, fates, ({ frame }, verdict) => {
        if (verdict !== Verdict.Forward) return;
        const count = (sent.get(frame.number) ?? 0) + 1;
        sent.set(frame.number, count);
      });
      stream.play(plan);
      // Longer than a frame that does not come is waited for, and a picture's worth of key frame.
      const frames = stream.heal(100);
      const known = new Map<number, SvcFrame>();
      for (const { packet } of stream.path.forwarded) known.set(packet.frame.number, packet.frame);
      for (const frame of [...known.values()].sort((a, b) => a.number - b.number)) {
        const isWhole = sent.get(frame.number) === packetsOf(frame);
        if (isWhole && frame.references.every((r) => decodable.has(r))) decodable.add(frame.number);
      }
      const last = frames.slice(-20).filter((frame) => known.has(frame.number));
      expect(last).not.toEqual([]);
      expect(last.filter((frame) => !decodable.has(frame.number))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
