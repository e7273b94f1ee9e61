import { expect, test } from "bun:test";
import { readProxyHeader } from "../../src/io/proxy-header.ts";
import { MESSAGE_BYTES_MAX, TurnFrameReader } from "../../src/io/turn-framing.ts";
import { TurnType } from "../../src/wire/turn/constants.ts";
import { runMutations } from "../support/mutate.ts";
import { TurnLab } from "../support/turn-lab.ts";
import {
  channel,
  channelData,
  data,
  lifetime,
  message,
  overUdp,
  peer,
  raw,
} from "../support/turn-messages.ts";

const MUTATIONS = 20_000;
const SEED = 8656;
/** Beyond this an answer would be worth forging a source address for. */
const UNPROVEN_ANSWER_BYTES_MAX = 120;

const PEER = "198.51.100.7";
const lab = new TurnLab();
lab.allocate(1);
lab.request(1, TurnType.ChannelBind, [peer(PEER), channel(0x4000)]);
const options = { login: lab.login(), nonce: lab.nonce(1) };

const SIGNED = [
  message(TurnType.Allocate, [overUdp, lifetime(9)], options),
  message(TurnType.Refresh, [lifetime(0)], options),
  message(TurnType.CreatePermission, [peer(PEER), peer("2001:db8::1")], options),
  message(TurnType.ChannelBind, [peer(PEER, 10), channel(0x4001)], options),
];
const UNSIGNED = [
  message(1),
  message(TurnType.Allocate, [overUdp, raw(0x0018, new Uint8Array([0x80]))]),
  message(TurnType.SendIndication, [peer(PEER), data(new Uint8Array(30))]),
  channelData(0x4000, new Uint8Array(20)),
];
/** As they are on a wire where nobody checks sums: without FINGERPRINT. */
const BARE = SIGNED.map((bytes) => {
  const bare = bytes.slice(0, -8);
  bare[3] = bare.length - 20;
  return bare;
});

test("mutated messages change no allocation, and get no long answers", () => {
  runMutations([...SIGNED, ...BARE, ...UNSIGNED], MUTATIONS, SEED, (bytes) => {
    // a client that has nothing yet, which a message that was left whole may help to something
    for (const answer of lab.receive(2, bytes.slice())) {
      if (answer.length > UNPROVEN_ANSWER_BYTES_MAX) throw new Error("A long answer");
    }
    lab.receive(1, bytes.slice());
  });
  expect(lab.context.limits.count).toBe(lab.listener.allocationCount);
  expect(lab.relays.all.filter((relay) => !relay.isClosed)).toHaveLength(
    lab.listener.allocationCount,
  );
});

test("data that peers send reaches the client whole, whatever it is", () => {
  const own = new TurnLab();
  const relay = own.allocate(1);
  own.request(1, TurnType.ChannelBind, [peer(PEER), channel(0x4000)]);
  runMutations(UNSIGNED, 2_000, SEED, (bytes) => {
    const before = own.link.sent.length;
    relay.owner.received(own.nowMs, bytes.slice(0, 1_500), PEER, 9);
    const sent = own.link.sent[before];
    if (sent?.bytes.length !== 4 + Math.min(bytes.length, 1_500)) throw new Error("Not whole");
    own.link.sent.length = before;
  });
});

test("a mutated stream cut at odd places gives messages within bounds, the same as uncut", () => {
  const streams = [...SIGNED, ...UNSIGNED].map(
    (bytes) => new Uint8Array([...bytes, ...SIGNED[0]!, ...UNSIGNED[3]!]),
  );
  runMutations(streams, 5_000, SEED, (bytes) => {
    const read = (chunkBytes: number): string => {
      const heard: string[] = [];
      const sink = {
        onMessage(one: Uint8Array): boolean {
          if (one.length < 4 || one.length > MESSAGE_BYTES_MAX) throw new Error("Out of bounds");
          heard.push(one.toHex());
          return true;
        },
        onBroken(): void {
          heard.push("broken");
        },
      };
      const reader = new TurnFrameReader();
      for (let at = 0; at < bytes.length; at += chunkBytes) {
        reader.push(bytes.slice(at, at + chunkBytes), sink);
      }
      return heard.join();
    };
    if (read(bytes.length + 1) !== read(7)) throw new Error("Cuts changed the messages");
  });
});

test("a mutated PROXY header is read within its bytes, or refused", () => {
  const corpus = [
    new TextEncoder().encode("PROXY TCP4 198.51.100.7 203.0.113.1 4321 443\r\nrest"),
    new TextEncoder().encode("PROXY TCP6 2001:db8::7 2001:db8::1 4321 443\r\n"),
    Uint8Array.fromHex("0d0a0d0a000d0a515549540a2111000cc6336407cb007101c00101bb00"),
  ];
  runMutations(corpus, MUTATIONS, SEED, (bytes) => {
    const header = readProxyHeader(bytes);
    if (header.kind !== "read") return;
    if (header.length > bytes.length) throw new Error("Beyond the bytes");
    const port = header.client?.port ?? 0;
    if (port < 0 || port > 65_535) throw new Error("No port");
  });
});
