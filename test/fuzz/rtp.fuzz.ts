import { test } from "bun:test";
import { DropReason } from "../../src/base/drop-reason.ts";
import { findExtension, RtpView, readRtp } from "../../src/wire/rtp/rtp-view.ts";
import { runMutations } from "../support/mutate.ts";

const SEED = 20_262;

const HEADER = [0x90, 0xe0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3];
const CORPUS = [
  [0x80, 0x60, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3],
  [...HEADER, 0xbe, 0xde, 0, 2, 0x10, 1, 0x52, 1, 2, 3, 0, 0, 9, 9, 9],
  [...HEADER, 0x10, 0x00, 0, 2, 1, 2, 5, 5, 200, 1, 6, 0, 9, 9, 9],
  [0xb2, ...HEADER.slice(1), 1, 1, 1, 1, 2, 2, 2, 2, 0xbe, 0xde, 0, 0, 7, 7, 0, 0, 0, 4],
].map((bytes) => Uint8Array.from(bytes));

test("reading mutated RTP neither throws nor points outside the packet", () => {
  const view = new RtpView();
  runMutations(CORPUS, 20_000, SEED, (bytes) => {
    if (readRtp(bytes, bytes.length, view) !== DropReason.None) return;
    const end = view.payloadOffset + view.payloadBytes + view.paddingBytes;
    if (end !== bytes.length || view.payloadBytes < 0) throw new Error("Lengths do not add up");
    for (let id = 0; id < 256; id++) {
      const offset = findExtension(view, id);
      if (offset === 0) continue;
      const extensionEnd = view.extensionOffset + view.extensionBytes;
      if (offset < view.extensionOffset || offset + view.elementBytes > extensionEnd) {
        throw new Error(`Extension ${id} lies outside its block`);
      }
    }
  });
});
