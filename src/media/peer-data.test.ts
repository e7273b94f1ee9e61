import { expect, test } from "bun:test";
import { SctpLink, seededRandom } from "../../test/support/sctp-link.ts";
import { DataChannels } from "../transport/datachannel/data-channels.ts";
import { DataTurns } from "./data/data-turns.ts";
import type { EngineContext } from "./engine-context.ts";
import { EngineCounters } from "./engine-counters.ts";
import { PeerData } from "./peer-data.ts";

/** A peer's channels, connected to a client's, and a room that says what each message costs. */
function createPeer(unitsOfMessage: number) {
  const received: number[] = [];
  const dataTurns = new DataTurns((_, error) => {
    throw error;
  });
  const data = {
    received: (_nowMs: number, _port: PeerData, kind: number): number => {
      received.push(kind);
      return unitsOfMessage;
    },
    reliableOpened: () => {},
    backlogCleared: () => {},
    portClosed: () => {},
  };
  const random = seededRandom(1);
  const counters = new EngineCounters();
  const context = { options: {}, random, counters, dataTurns, data, emit: () => {} };
  const out: Uint8Array[] = [];
  const peer = new PeerData(1, context as unknown as EngineContext, {
    wake: () => {},
    sendSctp: (packet, length) => out.push(packet.slice(0, length)),
  });
  peer.start(0, { messageBytesMax: 0, hasZeroChecksum: true, channels: [] });
  const client = new DataChannels({ dtlsRole: "client", random: seededRandom(2) });
  client.connect(0);
  const server = {
    handlePacket: (nowMs: number, bytes: Uint8Array) => peer.handlePacket(nowMs, bytes),
    handleTimeout: (nowMs: number) => peer.handleTimeout(nowMs),
    pollTimeout: () => peer.pollTimeout(),
    pollTransmit: (nowMs: number, packet: Uint8Array): number => {
      while (out.length === 0 && !dataTurns.isIdle) dataTurns.run(nowMs);
      const next = out.shift();
      if (next !== undefined) packet.set(next);
      return next?.length ?? 0;
    },
  };
  const link = new SctpLink(server, client, { seed: 1, delayMs: 1 });
  return { peer, client, link, received };
}

test("however many receivers a message has, the thread is not kept from media for long", () => {
  const { peer, client, link, received } = createPeer(1_000);
  const id = client.open({ label: "_reliable", ordered: true });
  link.run(100);
  const perTurn: number[] = [];
  const work = peer.work.bind(peer);
  peer.work = (nowMs) => {
    const before = received.length;
    const units = work(nowMs);
    perTurn.push(received.length - before);
    return units;
  };
  for (let i = 0; i < 12; i++) client.send(100, id, new Uint8Array(100), false);
  link.run(200);
  expect(received.length).toBe(12);
  expect(Math.max(...perTurn)).toBe(1);
});
