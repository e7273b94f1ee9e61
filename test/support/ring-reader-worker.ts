import { RingReader } from "../../src/base/shared-ring.ts";

declare const self: Worker;

/** The reading side of a ring on a thread of its own: sleeps unless it is woken by a message. */
let reader: RingReader | undefined;
let wanted = 0;
let read = 0;
let wakes = 0;

function drain(ring: RingReader): void {
  do {
    for (; ring.next(); read++) {
      const { kind, length, offset, bytes } = ring;
      if (kind !== read) throw new Error(`record ${kind} came in the place of ${read}`);
      if (length !== (kind * 7) % 200) throw new Error(`record ${kind} has ${length} bytes`);
      for (let i = 0; i < length; i++) {
        if (bytes[offset + i] !== (kind & 0xff)) throw new Error(`record ${kind} is torn`);
      }
      ring.release();
    }
  } while (!ring.sleep());
  if (read === wanted) self.postMessage({ read, wakes });
}

self.onmessage = ({
  data,
}: MessageEvent<"bell" | { memory: SharedArrayBuffer; records: number }>) => {
  if (data === "bell") wakes += 1;
  else {
    reader = new RingReader(data.memory);
    wanted = data.records;
  }
  if (reader !== undefined) drain(reader);
};
