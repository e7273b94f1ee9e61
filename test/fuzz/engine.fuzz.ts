import { expect, test } from "bun:test";
import { ICE_PATHS_MAX } from "../../src/transport/ice/path-table.ts";
import {
  writeNack,
  writePli,
  writeRemb,
  writeSenderReport,
} from "../../src/wire/rtcp/rtcp-writer.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import { writeChecksum } from "../../src/wire/sctp/packet.ts";
import { runMutations } from "../support/mutate.ts";
import { vp8Payload } from "../support/payloads.ts";
import { rtpBytes } from "../support/rtp-packet.ts";
import type { SimClient } from "../support/sim-client.ts";
import {
  APPLICATION_DATA,
  MID_ID,
  RID_ID,
  SimEngine,
  TRANSPORT_SEQUENCE_ID,
} from "../support/sim-engine.ts";
import { SimPublisher } from "../support/sim-publisher.ts";

const MUTATIONS = 8_000;
const SEED = 20_261;
const STRANGER_PATH = 900;
/** So many inputs in each 5 ms. */
const INPUTS_A_STEP = 20;

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

type Scene = { engine: SimEngine; attacker: SimClient; viewer: SimClient; publisher: SimPublisher };

/** 1 attacks: it publishes a camera to 3 and has the microphone of 2, as has 3. */
function createScene(): Scene {
  const engine = new SimEngine();
  const attacker = engine.connect(1);
  const publisher = new SimPublisher(engine.connect(2));
  publisher.hasVideo = false;
  const viewer = engine.connect(3);
  engine.publish(1, 1, "video");
  engine.publish(2, 2, "audio");
  engine.subscribe(3, 1, 10, Codec.Vp8);
  engine.subscribe(3, 2, 11, Codec.Opus);
  engine.subscribe(1, 2, 12, Codec.Opus);
  for (const client of [attacker, viewer]) engine.joinData(client, 1);
  engine.advance(100, publisher.step);
  return { engine, attacker, viewer, publisher };
}

function record(run: (send: (bytes: Uint8Array) => void) => void): Uint8Array[] {
  const sent: Uint8Array[] = [];
  run((bytes) => sent.push(bytes.slice()));
  return sent;
}

function rtpCorpus(): Uint8Array[] {
  return ["q", "h", "f"].flatMap((rid, layer) =>
    [0, 1, 2].map((frame) =>
      rtpBytes({
        ssrc: 50 + layer,
        sn: 65_534 + frame - (frame > 1 ? 65_536 : 0),
        ts: frame * 3_000,
        marker: true,
        payload: vp8Payload({ pictureId: 200 + frame, ...(frame === 0 ? { size: [64, 64] } : {}) }),
        extensions: {
          [MID_ID]: ascii("v"),
          [RID_ID]: ascii(rid),
          [TRANSPORT_SEQUENCE_ID]: [0, frame],
        },
      }),
    ),
  );
}

function rtcpCorpus(): Uint8Array[] {
  const lost = Uint16Array.of(1, 2, 9, 40, 65_535);
  const writers: ((out: Uint8Array) => number)[] = [
    (out) => writeSenderReport(out, 0, 50, 4_000_000_000, 1, 2, 3, 4),
    (out) => writeNack(out, 0, 1, 120, lost, lost.length),
    (out) => writePli(out, 0, 1, 120),
    (out) => writeRemb(out, 0, 1, [120], 1_000_000),
  ];
  return writers.map((write) => {
    const out = new Uint8Array(200);
    return out.slice(0, write(out));
  });
}

/** Runs the inputs of the attacker's while a microphone goes on, which must not suffer. */
function attack(
  corpusOf: (scene: Scene) => Uint8Array[],
  seed: number,
  input: (scene: Scene, bytes: Uint8Array) => void,
): void {
  const scene = createScene();
  const { engine, viewer, attacker, publisher } = scene;
  const corpus = corpusOf(scene);
  viewer.takeRtp(110);
  const startMs = engine.nowMs;
  let inputs = 0;
  runMutations(corpus, MUTATIONS, seed, (bytes) => {
    input(scene, bytes);
    inputs += 1;
    if (inputs % INPUTS_A_STEP === 0) engine.advance(5, publisher.step);
    const bugs = engine.events("peer-failed").filter(({ reason }) => reason === "bug");
    if (bugs.length > 0) throw new Error(bugs[0]!.detail);
    attacker.messages.length = 0;
  });
  const audio = viewer.takeRtp(110);
  expect(audio.length).toBeGreaterThanOrEqual(Math.floor((engine.nowMs - startMs) / 20) - 1);
  for (let i = 1; i < audio.length; i++) {
    expect(audio[i]!.sn).toBe((audio[i - 1]!.sn + 1) & 0xffff);
  }
  expect(engine.nonceReuses).toBe(0);
  expect(engine.port.heldPaths.length).toBeLessThanOrEqual(2 + ICE_PATHS_MAX);
  engine.advance(2_500);
  const { counters } = engine.events("statistics-report").at(-1)!;
  expect(counters.packetsIn).toBeGreaterThan(MUTATIONS / 2);
  expect(counters).toMatchObject({ bugs: 0, peers: 3, receivers: 2, downTracks: 3 });
  for (const peerId of [1, 2, 3]) engine.command({ kind: "close-peer", peerId });
  expect(engine.port.heldPaths).toEqual([]);
}

test("no datagrams disturb the engine, whether from a peer's address or a stranger's", () => {
  const corpusOf = ({ engine, attacker }: Scene): Uint8Array[] => {
    const { ice } = attacker;
    return [
      ...record((send) => ice.handleTimeout(engine.nowMs + 60_000, send)),
      ...rtpCorpus(),
      ...rtcpCorpus(),
      Uint8Array.of(22, 254, 253, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 9),
      Uint8Array.of(99, 1, 2, 3),
    ];
  };
  let inputs = 0;
  attack(corpusOf, SEED, ({ engine, attacker }, bytes) => {
    inputs += 1;
    const isStranger = inputs % 3 === 0;
    engine.receive(bytes, isStranger ? STRANGER_PATH + (inputs % 50) : attacker.path);
  });
});

test("no RTP of a client with keys disturbs others", () => {
  attack(rtpCorpus, SEED + 1, ({ attacker }, bytes) => attacker.sendSealed(bytes, false));
});

test("no RTCP of a client with keys disturbs others", () => {
  attack(rtcpCorpus, SEED + 2, ({ attacker }, bytes) => attacker.sendSealed(bytes, true));
});

test("no SCTP of a client with keys disturbs others", () => {
  const corpusOf = ({ engine, attacker }: Scene): Uint8Array[] => {
    const sent: Uint8Array[] = [];
    attacker.tap = (bytes) => {
      if (bytes[0] === APPLICATION_DATA) sent.push(bytes.slice());
    };
    attacker.channels.connect(engine.nowMs);
    engine.advance(50);
    const id = attacker.channels.open({ label: "_lossy", ordered: false, maxRetransmits: 0 });
    attacker.channels.send(engine.nowMs, id, ascii("hello"), true);
    engine.advance(50);
    attacker.tap = () => {};
    return sent;
  };
  attack(corpusOf, SEED + 3, ({ attacker }, bytes) => {
    if (bytes.length < 14) return;
    bytes[0] = APPLICATION_DATA;
    // a right checksum, or nothing would come past it
    writeChecksum(bytes.subarray(1), bytes.length - 1);
    attacker.send(bytes);
  });
});
