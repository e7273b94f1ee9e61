import { expect, test } from "bun:test";
import { RtcpType } from "../../src/wire/rtcp/rtcp-types.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import type { SimClient } from "../support/sim-client.ts";
import { SimEngine } from "../support/sim-engine.ts";
import { SimPublisher } from "../support/sim-publisher.ts";
import { elementsOfChance, rtcp, rtp } from "./hostile.ts";
import { Random } from "./random.ts";

/** In each 5 ms: 20,000 packets a second. */
const PACKETS_A_STEP = 100;
const ATTACK_MS = 1_000;
/** Of a peer's SRTP, both ways: a stream that is refused takes no keys. */
const AEADS_A_PEER_MAX = 8;

type Attack = (attacker: SimClient, random: Random, index: number) => void;

const attacks: readonly { readonly title: string; readonly run: Attack }[] = [
  {
    title: "a flood of SSRCs",
    run: (attacker, random, index) =>
      attacker.sendSealed(rtp(random, { ssrc: random.uint32(), sn: index }), false),
  },
  {
    title: "numbers that jump",
    run: (attacker, random) =>
      attacker.sendSealed(rtp(random, { ssrc: 7_000, sn: random.uint32() }), false),
  },
  {
    title: "extension blocks of chance",
    run: (attacker, random, index) => {
      const elements = elementsOfChance(random);
      attacker.sendSealed(rtp(random, { ssrc: 7_001, sn: index, elements }), false);
    },
  },
  {
    title: "RTCP about the streams of others",
    run: (attacker, random) => {
      const ssrcs = [8_000, 110, 111, 112, 0];
      attacker.sendSealed(rtcp(random, ssrcs[random.uint32() % ssrcs.length]!), true);
    },
  },
];

test.each([...attacks])("MediaNode bears $title, and a microphone goes on beside it", ({ run }) => {
  const engine = new SimEngine();
  const random = new Random(9);
  const attacker = engine.connect(1);
  const publisher = new SimPublisher(engine.connect(2));
  publisher.hasVideo = false;
  const viewer = engine.connect(3);
  engine.publish(1, 1, "video");
  engine.publish(2, 2, "audio");
  engine.subscribe(3, 1, 10, Codec.Vp8);
  engine.subscribe(3, 2, 11, Codec.Opus);
  engine.advance(500, publisher.step);
  viewer.takeRtp(110);
  attacker.takeRtcp(RtcpType.TransportFeedback);
  let index = 0;
  engine.advance(ATTACK_MS, () => {
    publisher.step();
    for (let i = 0; i < PACKETS_A_STEP; i++) run(attacker, random, index++);
  });
  const audio = viewer.takeRtp(110);
  expect(audio.length).toBeGreaterThanOrEqual(ATTACK_MS / 20 - 1);
  for (let i = 1; i < audio.length; i++) {
    expect(audio[i]!.sn).toBe((audio[i - 1]!.sn + 1) & 0xffff);
  }
  // No amplifier: transport-wide numbers of chance need more reports than real ones, yet far fewer
  // than there were packets.
  expect(attacker.takeRtcp(RtcpType.TransportFeedback).length).toBeLessThan(index / 4);
  expect(engine.openAeads).toBeLessThanOrEqual(3 * AEADS_A_PEER_MAX);
  engine.advance(2_500, publisher.step);
  const { counters } = engine.events("statistics-report").at(-1)!;
  expect(counters).toMatchObject({ bugs: 0, peers: 3, receivers: 2, downTracks: 2 });
});
