import { test } from "bun:test";
import { FrameReader } from "../../src/io/ice-tcp-framing.ts";
import { runMutations } from "../support/mutate.ts";

const SEED = 4571;

const CORPUS = [
  Uint8Array.fromHex(`0020${"0001000c2112a442"}${"07".repeat(12)}0006000561623a6364000000`),
  Uint8Array.of(0, 3, 1, 2, 3, 0, 0, 0, 1, 9),
  Uint8Array.of(5, 220, ...Array<number>(1500).fill(7), 0, 2, 1, 1),
  Uint8Array.of(5, 221, ...Array<number>(1501).fill(7), 0, 2, 1, 1),
];

test("a mutated byte stream cut at odd places gives frames within bounds, the same as uncut", () => {
  runMutations(CORPUS, 5_000, SEED, (bytes) => {
    const read = (chunkBytes: number): string => {
      const frames: string[] = [];
      const sink = {
        onFrame(frame: Uint8Array): boolean {
          if (frame.length === 0 || frame.length > 1500) throw new Error("A frame out of bounds");
          frames.push(frame.toHex());
          return true;
        },
        onSkip(): void {
          frames.push("skipped");
        },
      };
      const reader = new FrameReader();
      for (let at = 0; at < bytes.length; at += chunkBytes) {
        reader.push(bytes.slice(at, at + chunkBytes), sink);
      }
      return frames.join();
    };
    if (read(bytes.length + 1) !== read(7)) throw new Error("Cuts changed the frames");
  });
});
