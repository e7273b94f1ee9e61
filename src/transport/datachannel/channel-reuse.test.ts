import { expect, test } from "bun:test";
import { hasChunk, SctpLink, seededRandom } from "../../../test/support/sctp-link.ts";
import { ChunkType } from "../../wire/sctp/chunk-type.ts";
import { type DataChannelEvent, DataChannels } from "./data-channels.ts";

test("An id is opened again at once, although the answer to our reset was lost", () => {
  let lost = 0;
  let isCutting = false;
  const a = new DataChannels({ random: seededRandom(1), dtlsRole: "server" });
  const b = new DataChannels({ random: seededRandom(2), dtlsRole: "client" });
  const link = new SctpLink(a, b, {
    delayMs: 10,
    passes: (packet, isFromA) => {
      // What b answers to a's own reset, which a's answer to the first one comes along with.
      if (!isCutting || isFromA || !hasChunk(packet, ChunkType.Reconfig)) return true;
      lost += 1;
      return lost !== 1;
    },
  });
  const seen: DataChannelEvent[] = [];
  link.onStep = () => {
    for (let event = a.pollEvent(); event; event = a.pollEvent()) seen.push(event);
    for (let event = b.pollEvent(); event; event = b.pollEvent()) {
      if (event.kind !== "closed") continue;
      isReopened = true;
      expect(b.open({ label: "second", ordered: true })).toBe(id);
      b.send(link.nowMs, id, Uint8Array.of(7), false);
    }
  };
  let isReopened = false;
  a.connect(0);
  b.connect(0);
  const id = b.open({ label: "first", ordered: true });
  link.run(100);
  b.closeChannel(id);
  link.run(105);
  isCutting = true;
  link.run(5000);
  expect(isReopened).toBe(true);
  expect(lost).toBeGreaterThan(0);
  const ofChannel = seen.filter((event) => event.kind !== "connected");
  expect(ofChannel.map((event) => event.kind)).toEqual(["open", "closed", "open", "message"]);
});

test("Channels are closed and opened again under the same id, over any bad link", () => {
  for (let seed = 0; seed < 40; seed++) {
    const a = new DataChannels({ random: seededRandom(seed), dtlsRole: "server" });
    const b = new DataChannels({ random: seededRandom(seed + 1000), dtlsRole: "client" });
    const link = new SctpLink(a, b, { seed, delayMs: 10, jitterMs: 20, loss: 0.2 });
    const heard: number[] = [];
    const opened: string[] = [];
    let round = 0;
    const open = (): void => {
      round += 1;
      const id = b.open({ label: `${round}`, ordered: true });
      expect(id).toBe(0);
      b.send(link.nowMs, id, Uint8Array.of(round), false);
    };
    link.onStep = () => {
      for (let event = a.pollEvent(); event; event = a.pollEvent()) {
        if (event.kind === "open") opened.push(event.label);
        if (event.kind !== "message") continue;
        heard.push(event.bytes[0]!);
        // Either side closes; neither waits for the other.
        if (round % 3 !== 0) a.closeChannel(event.channelId);
        if (round % 3 !== 1) b.closeChannel(event.channelId);
      }
      for (let event = b.pollEvent(); event; event = b.pollEvent()) {
        if (event.kind === "closed" && round < 12) open();
      }
    };
    a.connect(0);
    b.connect(0);
    open();
    link.run(120_000, () => heard.length === 12);
    const rounds = Array.from({ length: 12 }, (_, i) => i + 1);
    expect(heard).toEqual(rounds);
    expect(opened).toEqual(rounds.map(String));
  }
});
