import type { RingReader } from "../../base/shared-ring.ts";
import { RECORD_BYTES } from "./relay-record.ts";

/** What the record says that a reader has found. One object is filled again for each. */
export class RecordView {
  id = 0;
  x = 0;
  y = 0;
  a = 0;
  b = 0;
  /** Where its bytes begin in the ring's memory. */
  at = 0;

  read(ring: RingReader): void {
    const { offset, doubles, words } = ring;
    this.id = doubles[offset >> 3]!;
    this.x = doubles[(offset >> 3) + 1]!;
    this.y = doubles[(offset >> 3) + 2]!;
    this.a = words[(offset >> 2) + 6]!;
    this.b = words[(offset >> 2) + 7]!;
    this.at = offset + RECORD_BYTES;
  }
}
