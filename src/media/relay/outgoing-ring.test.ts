import { expect, test } from "bun:test";
import fc from "fast-check";
import { createRingMemory, RingReader } from "../../base/shared-ring.ts";
import { OutgoingRing } from "./outgoing-ring.ts";
import { RecordView } from "./record-view.ts";
import { RelayRecord } from "./relay-record.ts";

function createRing(bytesMax: number): { ring: OutgoingRing; read(): number | undefined } {
  const memory = createRingMemory(512);
  const reader = new RingReader(memory);
  const view = new RecordView();
  return {
    ring: new OutgoingRing(memory, bytesMax),
    read() {
      if (!reader.next()) return undefined;
      view.read(reader);
      const bytes = reader.bytes.slice(view.at, view.at + view.b);
      expect(bytes).toEqual(new Uint8Array(view.b).fill(view.id));
      expect([reader.kind, view.x, view.a]).toEqual([RelayRecord.Message, view.id + 1, 1]);
      reader.release();
      return view.id;
    },
  };
}

test("what finds no room waits for it, in order, and nothing is lost up to the bound", () => {
  const steps = fc.array(fc.oneof(fc.nat(150), fc.constantFrom("read", "retry")), {
    maxLength: 300,
    size: "max",
  });
  fc.assert(
    fc.property(steps, (all) => {
      const { ring, read } = createRing(2_000);
      const sent: number[] = [];
      const got: (number | undefined)[] = [];
      let id = 0;
      for (const step of all) {
        if (step === "read") got.push(read());
        else if (step === "retry") ring.retry();
        else {
          id = (id + 1) % 200;
          const bytes = new Uint8Array(step as number).fill(id);
          if (ring.post(RelayRecord.Message, id, id + 1, 1, bytes)) sent.push(id);
          else expect(ring.backlogBytes).toBeGreaterThan(2_000 - 64 - 150);
        }
      }
      for (let rounds = 0; rounds < 100; rounds++) {
        for (let one = read(); one !== undefined; one = read()) got.push(one);
        ring.retry();
      }
      expect(got.filter((one) => one !== undefined)).toEqual(sent);
      expect([ring.hasWaiting, ring.backlogBytes]).toEqual([false, 0]);
    }),
  );
});
