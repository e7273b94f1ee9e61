import { test } from "bun:test";
import { DropReason } from "../../src/base/drop-reason.ts";
import { checkDataTrackPacket } from "../../src/wire/datatrack/data-track-packet.ts";
import { dataTrackPacket } from "../support/data-track-packet.ts";
import { runMutations } from "../support/mutate.ts";

const SEED = 20_267;

const E2EE = { id: 1, data: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] };
const USER_TIMESTAMP = { id: 2, data: [0, 0, 0, 0, 0, 0, 1, 2] };
const CORPUS = [
  dataTrackPacket({ isStart: true, isFinal: true, handle: 1, payload: [1, 2, 3] }),
  dataTrackPacket({ handle: 65_535, extensions: [E2EE, USER_TIMESTAMP], payload: [9] }),
  dataTrackPacket({ handle: 7, extensions: [USER_TIMESTAMP], paddingWords: 2, payload: [9] }),
  dataTrackPacket({ handle: 7, extensions: [] }),
];

/** What a client's SDK makes of the extensions, or undefined; written from the format, not the code. */
function readIds(bytes: Uint8Array): number[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = 12 + (view.getUint16(12) + 1) * 4;
  const ids: number[] = [];
  for (let offset = 14; offset < end && view.getUint8(offset) !== 0; ) {
    if (offset + 2 > end) return undefined;
    ids.push(view.getUint8(offset));
    offset += 2 + view.getUint8(offset + 1);
    if (offset > end) return undefined;
  }
  return ids;
}

test("mutated data track packets are judged without throwing, and what is taken can be read", () => {
  runMutations(CORPUS, 50_000, SEED, (bytes) => {
    if (checkDataTrackPacket(bytes, bytes.length) !== DropReason.None) return;
    if (bytes[0]! >= 0x20) throw new Error("A version that nobody knows was taken");
    if ((bytes[0]! & 4) === 0) return;
    const ids = readIds(bytes);
    if (ids === undefined) throw new Error("Extensions end outside of their block");
    if (new Set(ids).size !== ids.length) throw new Error("An extension is there twice");
  });
});
