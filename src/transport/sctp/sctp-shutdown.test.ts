import { expect, test } from "bun:test";
import { SctpLink, seededRandom } from "../../../test/support/sctp-link.ts";
import { SctpAssociation } from "./sctp-association.ts";

test("A peer that has much to send yet may finish before the shutdown does, also with a pause", () => {
  const a = new SctpAssociation({ random: seededRandom(1) });
  const b = new SctpAssociation({ random: seededRandom(2) });
  const link = new SctpLink(a, b, {
    delayMs: 20,
    bytesPerMs: 1000,
    passes: () => link.nowMs < 1000 || link.nowMs > 1500,
  });
  let receivedBytes = 0;
  const ends: string[] = [];
  link.onStep = () => {
    for (const side of [a, b]) {
      for (let event = side.pollEvent(); event; event = side.pollEvent()) {
        if (event.kind === "message") receivedBytes += event.bytes.length;
        if (event.kind === "closed") ends.push(event.reason);
      }
    }
  };
  a.connect(0);
  link.run(200);
  for (let i = 0; i < 100; i++) b.send(200, 1, 53, new Uint8Array(50_000));
  a.shutdown();
  link.run(60_000);
  expect(ends).toEqual(["shutdown", "shutdown"]);
  expect(receivedBytes).toBe(5_000_000);
});
