import { expect, test } from "bun:test";
import { DescribedPath, DescribedPublisher } from "../../../test/support/described-stream.ts";
import { SVC_MODES, SvcEncoder, type SvcModeName } from "../../../test/support/svc-encoder.ts";
import { TargetBitrates } from "./target-bitrates.ts";

/** One second of ten pictures, 100 bytes a frame; in kbit/s, by spatial layer. */
function measure(name: SvcModeName): number[][] {
  const bitrates = new TargetBitrates(1_000);
  const publisher = new DescribedPublisher(new SvcEncoder(SVC_MODES[name]));
  const path = new DescribedPath();
  for (let i = 0; i < 9; i++) {
    for (const packet of publisher.picture(i === 0, () => 1)) {
      path.push(packet);
      bitrates.add(100 * i, path.packet.dependency, 100);
    }
  }
  expect(bitrates.isMeasured).toBeFalse();
  expect(bitrates.dueMs).toBe(1_000);
  bitrates.handleTimeout(1_000);
  expect(bitrates.isMeasured).toBeTrue();
  return [0, 1, 2].map((s) => [0, 1, 2, 3].map((t) => bitrates.bitrateBps(s, t) / 800));
}

test.each<[SvcModeName, number[][]]>([
  // Pictures T0 T2 T1 T2 T0 T2 T1 T2 T0.
  [
    "L1T3",
    [
      [3, 5, 9, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ],
  ],
  [
    "L3T3",
    [
      [3, 5, 9, 0],
      [6, 10, 18, 0],
      [9, 15, 27, 0],
    ],
  ],
  // Of the lower layers only the key picture.
  [
    "L3T3_KEY",
    [
      [3, 5, 9, 0],
      [4, 6, 10, 0],
      [5, 7, 11, 0],
    ],
  ],
  [
    "S3T3",
    [
      [3, 5, 9, 0],
      [3, 5, 9, 0],
      [3, 5, 9, 0],
    ],
  ],
])("TargetBitrates of %s are what a subscriber of a layer is sent", (name, expected) => {
  expect(measure(name)).toEqual(expected);
});

test("TargetBitrates end with the stream, and with a reset", () => {
  const bitrates = new TargetBitrates(1_000);
  const publisher = new DescribedPublisher(new SvcEncoder(SVC_MODES.L1T3));
  const path = new DescribedPath();
  for (const packet of publisher.picture(true, () => 1)) path.push(packet);
  bitrates.add(0, path.packet.dependency, 100);
  bitrates.handleTimeout(1_000);
  bitrates.handleTimeout(2_000);
  expect(bitrates.isMeasured).toBeFalse();
  expect(bitrates.dueMs).toBe(Number.POSITIVE_INFINITY);
  bitrates.add(3_000, path.packet.dependency, 100);
  bitrates.reset();
  expect(bitrates.dueMs).toBe(Number.POSITIVE_INFINITY);
  expect(bitrates.bitrateBps(0, 0)).toBe(0);
  expect(bitrates.bitrateBps(-1, 0)).toBe(0);
});
