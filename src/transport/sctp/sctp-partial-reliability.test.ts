import { expect, test } from "bun:test";
import { hasData, SctpLink, seededRandom } from "../../../test/support/sctp-link.ts";
import { u16 } from "../../wire/bytes.ts";
import { ChunkType } from "../../wire/sctp/chunk-type.ts";
import { SctpAssociation } from "./sctp-association.ts";

for (const interleaving of [false, true]) {
  const mode = interleaving ? "interleaved" : "in sequence";

  test(`A message that expires before any of it has left takes no number, ${mode}`, () => {
    const a = new SctpAssociation({ random: seededRandom(1), interleaving });
    const b = new SctpAssociation({ random: seededRandom(2), interleaving });
    const notices: Uint8Array[] = [];
    let isCut = false;
    const link = new SctpLink(a, b, {
      delayMs: 10,
      passes: (packet, isFromA) => {
        const type = packet[12];
        if (type === ChunkType.ForwardTsn || type === ChunkType.IForwardTsn) notices.push(packet);
        return !(isCut && isFromA && hasData(packet));
      },
    });
    const received: number[] = [];
    link.onStep = () => {
      for (let event = b.pollEvent(); event; event = b.pollEvent()) {
        if (event.kind === "message" && event.streamId === 2) received.push(event.bytes[0]!);
      }
    };
    a.connect(0);
    link.run(100);
    // Ten packets are the window: it is full when the message comes to its turn.
    isCut = true;
    for (let i = 0; i < 12; i++) a.send(100, 1, 53, new Uint8Array(1000));
    link.run(100);
    a.send(100, 2, 53, Uint8Array.of(1), false, Number.POSITIVE_INFINITY, 50);
    a.send(100, 2, 53, Uint8Array.of(2));
    link.run(1000);
    isCut = false;
    link.run(10_000);
    expect(received).toEqual([2]);
    expect(notices.map((packet) => u16(packet, 14))).toEqual([]);
    expect(a.bufferedBytes).toBe(0);
  });
}
