import { expect, test } from "bun:test";
import { DropReason } from "../../src/base/drop-reason.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import type { SimClient } from "../support/sim-client.ts";
import { SimEngine } from "../support/sim-engine.ts";
import { SimPublisher } from "../support/sim-publisher.ts";

/** In each 5 ms: 400,000 packets a second. */
const PACKETS_A_STEP = 2_000;
const FLOOD_MS = 1_000;
const AUDIO_PACKETS = 50;
/** No client's. */
const STRANGER = 900;

/** A Binding request that names `ufrag`, without a valid integrity (RFC 8489 §5, §14.3). */
function binding(ufrag: string): Uint8Array {
  const name = `${ufrag}:them`;
  const padded = name.padEnd(Math.ceil(name.length / 4) * 4, "\0");
  const message = new Uint8Array(24 + padded.length);
  message.set(Uint8Array.fromHex("000100002112a442"));
  message.fill(7, 8, 20);
  message.set([0, 6, 0, name.length], 20);
  message.set(new TextEncoder().encode(padded), 24);
  message[3] = message.length - 20;
  return message;
}

type Flood = (engine: SimEngine, attacker: SimClient) => void;

const floods: readonly {
  readonly title: string;
  readonly isBounded: boolean;
  readonly run: Flood;
}[] = [
  {
    title: "sealed junk of a peer",
    isBounded: true,
    run: (engine, attacker) => engine.receive(Uint8Array.of(0x80, 96, 0, 1, 2, 3), attacker.path),
  },
  {
    title: "checks for a peer that is there",
    isBounded: true,
    run: (engine, attacker) => engine.receive(binding("ufrag1"), attacker.path),
  },
  {
    title: "checks from an address that is nobody's",
    isBounded: true,
    run: (engine) => engine.receive(binding("ufrag1"), STRANGER),
  },
  {
    title: "checks from everywhere",
    isBounded: true,
    run: (engine) => {
      address = (address + 1) % 30_000;
      engine.receive(binding("ufrag1"), STRANGER + address);
    },
  },
  {
    title: "junk from an address that is nobody's",
    isBounded: false,
    run: (engine) => engine.receive(Uint8Array.of(0x80, 96, 0, 1), STRANGER),
  },
];
let address = 0;

test.each([...floods])("a flood of $title: sound arrives whole", ({ run, isBounded }) => {
  const engine = new SimEngine();
  const publisher = new SimPublisher(engine.connect(1));
  publisher.hasVideo = false;
  const viewer = engine.connect(2);
  const attacker = engine.connect(3);
  engine.publish(1, 2, "audio");
  engine.subscribe(2, 2, 10, Codec.Opus);
  engine.advance(500, publisher.step);
  viewer.takeRtp(100);
  engine.advance(FLOOD_MS, () => {
    for (let i = 0; i < PACKETS_A_STEP; i++) run(engine, attacker);
    publisher.step();
  });
  expect(viewer.takeRtp(100)).toHaveLength(AUDIO_PACKETS);
  engine.advance(2_000, publisher.step);
  const { dropped, packetsIn } = engine.events("statistics-report").at(-1)!.counters;
  const sent = (FLOOD_MS / 5) * PACKETS_A_STEP;
  expect(packetsIn).toBeGreaterThan(sent);
  if (isBounded) expect(dropped[DropReason.Flood]).toBeGreaterThan(sent * 0.7);
  else expect(dropped[DropReason.Unknown]).toBeGreaterThanOrEqual(sent);
});
