import { expect, test } from "bun:test";
import fc from "fast-check";
import { audio, DownTrackRig, OPUS, RED } from "../../../test/support/down-track-rig.ts";
import { type PacketFields, packetOf, type SentPacket } from "../../../test/support/send-side.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { DownTrack } from "./down-track.ts";

const TICKS = 960;

/** The Opus packet of a number, told from all others by its bytes and its length. */
function opus(index: number): Uint8Array {
  return new Uint8Array(3 + (index % 5)).fill(index & 0xff);
}

/** RED of the packet `index` with copies of some before it, RFC 2198 §3. */
function red(index: number, copies: readonly number[] = [2, 1]): PacketFields {
  const payload: number[] = [];
  const blocks = copies.map((back) => ({ back, bytes: opus(index - back) }));
  for (const { back, bytes } of blocks) {
    const ticks = back * TICKS;
    payload.push(0x80 | 111, ticks >> 6, ((ticks & 0x3f) << 2) | (bytes.length >> 8), bytes.length);
  }
  payload.push(111);
  for (const { bytes } of blocks) payload.push(...bytes);
  payload.push(...opus(index));
  const fields = { codec: Codec.Red, payloadType: 63, payload: Uint8Array.from(payload) };
  return audio(index, fields);
}

/** Numbers of the plain packets that left, by their distance from the first. */
function indicesOf(sent: readonly SentPacket[], first: number): number[] {
  return sent.map(({ sn, ts, payload, payloadType }) => {
    const index = first + (((sn - sent[0]!.sn) << 16) >> 16);
    expect(payload).toEqual(opus(index));
    expect(payloadType).toBe(96);
    expect((ts - sent[0]!.ts) | 0).toBe((index - first) * TICKS);
    return index;
  });
}

test("of RED a subscriber without it gets what is new, and the lost packets out of later ones", () => {
  const rig = new DownTrackRig([OPUS]);
  for (const index of [100, 101, 104, 105]) rig.write(index, red(index));
  expect(indicesOf(rig.sink.take(), 100)).toEqual([100, 101, 102, 103, 104, 105]);
});

test("a packet that was made up for does not leave a second time when it comes late", () => {
  const rig = new DownTrackRig([OPUS]);
  for (const index of [100, 102]) rig.write(index, red(index));
  rig.write(103, { ...red(101), isOutOfOrder: true });
  rig.write(104, red(103));
  expect(indicesOf(rig.sink.take(), 100)).toEqual([100, 101, 102, 103]);
});

test("a late packet that nothing was left of leaves in its place", () => {
  const rig = new DownTrackRig([OPUS]);
  for (const index of [100, 102]) rig.write(index, red(index, []));
  rig.write(103, { ...red(101, []), isOutOfOrder: true });
  expect(indicesOf(rig.sink.take(), 100)).toEqual([100, 102, 101]);
});

test("plain Opus in a stream of RED passes, and is not sent again out of the RED that follows", () => {
  const rig = new DownTrackRig([OPUS]);
  rig.write(0, red(100));
  rig.write(20, audio(101, { payload: opus(101) }));
  rig.write(40, red(102));
  expect(indicesOf(rig.sink.take(), 100)).toEqual([100, 101, 102]);
});

test("what cannot be RED is dropped", () => {
  const rig = new DownTrackRig([OPUS]);
  rig.write(0, { ...red(100), payload: Uint8Array.of(0x80 | 111, 0, 0, 9, 111) });
  rig.write(20, { ...red(101), payload: new Uint8Array(0) });
  expect(rig.sink.take()).toEqual([]);
});

test("a copy whose timestamp does not fit its number is dropped", () => {
  const rig = new DownTrackRig([OPUS]);
  rig.write(0, red(100));
  const liar = red(102, [1]);
  // 16,383 ticks older than the packet: long before number 100
  liar.payload![1] = 0xff;
  liar.payload![2] = liar.payload![2]! | 0xfc;
  rig.write(20, liar);
  expect(indicesOf(rig.sink.take(), 100)).toEqual([100, 102]);
});

test("a NACK for plain Opus is answered with what is in the RED packet", () => {
  const rig = new DownTrackRig([OPUS]);
  rig.write(0, red(100));
  rig.write(20, red(101));
  const [, second] = rig.sink.take();
  rig.track.handleNack(500, Uint16Array.of(second!.sn), 1);
  expect(rig.sink.take()[0]).toMatchObject({ sn: second!.sn, payload: opus(101) });
});

test("of an encrypted track neither RED is taken apart nor Opus put together", () => {
  const apart = new DownTrackRig([OPUS], { isEncrypted: true });
  apart.write(0, red(100));
  expect([apart.sink.take(), apart.track.stats.unsupported]).toEqual([[], 1]);
  const together = new DownTrackRig([RED, OPUS], { isEncrypted: true, encodesRed: true }, plain);
  together.write(0, audio(100));
  expect(together.sink.take()[0]!.payloadType).toBe(96);
});

test("whatever is lost, what gets through or was copied arrives once, in order, as it was", () => {
  const losses = fc.array(fc.boolean(), { minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 70_000 }), losses, (start, lost) => {
      const rig = new DownTrackRig([OPUS]);
      const arrived = lost.flatMap((isLost, i) => (isLost ? [] : [start + i]));
      for (const index of arrived) rig.write(index, red(index));
      const first = arrived[0] ?? 0;
      const wanted = new Set(
        arrived.flatMap((index) => [index - 2, index - 1, index]).filter((i) => i >= first),
      );
      expect(indicesOf(rig.sink.take(), first)).toEqual([...wanted].sort((a, b) => a - b));
    }),
  );
});

/** The publisher has Opus and no RED. */
function plain({ source }: DownTrackRig): void {
  source.codecs = [Codec.Opus];
}

type Block = { payloadType: number; ticks: number; bytes: Uint8Array };

/** An independent reading of a RED payload. */
function blocksOf({ payload }: SentPacket): Block[] {
  const blocks: Block[] = [];
  const lengths: number[] = [];
  let at = 0;
  for (; payload[at]! >= 0x80; at += 4) {
    const ticks = (payload[at + 1]! << 6) | (payload[at + 2]! >> 2);
    lengths.push(((payload[at + 2]! & 3) << 8) | payload[at + 3]!);
    blocks.push({ payloadType: payload[at]! & 0x7f, ticks, bytes: payload });
  }
  blocks.push({ payloadType: payload[at]!, ticks: 0, bytes: payload });
  at += 1;
  for (const [i, length] of lengths.entries()) {
    blocks[i]!.bytes = payload.slice(at, at + length);
    at += length;
  }
  blocks.at(-1)!.bytes = payload.slice(at);
  return blocks;
}

test("plain Opus leaves as RED with the two packets before it, where that is switched on", () => {
  const rig = new DownTrackRig([RED, OPUS], { encodesRed: true }, plain);
  for (const index of [100, 101, 102, 103]) {
    rig.write(index, audio(index, { payload: opus(index) }));
  }
  const sent = rig.sink.take();
  expect(sent.map(({ payloadType }) => payloadType)).toEqual([97, 97, 97, 97]);
  expect(sent.map(blocksOf)).toEqual(
    [[100], [100, 101], [100, 101, 102], [101, 102, 103]].map((indices, i) =>
      indices.map((index) => ({
        payloadType: 96,
        ticks: (100 + i - index) * TICKS,
        bytes: opus(index),
      })),
    ),
  );
});

test("copies are left out where they are missing, too old or too long", () => {
  const rig = new DownTrackRig([RED, OPUS], { encodesRed: true }, plain);
  rig.write(0, audio(100, { payload: opus(100) }));
  rig.write(20, audio(102, { payload: opus(102) }));
  rig.write(40, audio(103, { payload: opus(103), extTs: 102 * TICKS + 20_000 }));
  rig.write(60, audio(104, { payload: new Uint8Array(1_023), extTs: 102 * TICKS + 21_000 }));
  rig.write(80, audio(105, { payload: new Uint8Array(600), extTs: 102 * TICKS + 22_000 }));
  const ticks = rig.sink.take().map((it) => blocksOf(it).map((block) => block.ticks));
  expect(ticks).toEqual([[0], [1_920, 0], [0], [1_000, 0], [0]]);
});

test("RED never needs more room than a datagram has", () => {
  const rig = new DownTrackRig([RED, OPUS], { encodesRed: true }, plain);
  const lengths = [1_023, 376, 1_023, 1, 0x3ff, 375, 1];
  for (const [i, length] of lengths.entries()) {
    rig.write(i * 20, audio(100 + i, { payload: new Uint8Array(length) }));
  }
  const sent = rig.sink.take();
  expect(sent.map((it) => blocksOf(it).at(-1)!.bytes.length)).toEqual(lengths);
  expect(Math.max(...sent.map(({ payload }) => payload.length))).toBeLessThanOrEqual(1_400);
  expect(Math.max(...rig.sink.reservations)).toBeLessThan(1_500);
});

test("a packet too long for a block leaves as plain Opus", () => {
  const rig = new DownTrackRig([RED, OPUS], { encodesRed: true }, plain);
  rig.write(0, audio(100, { payload: new Uint8Array(1_024) }));
  rig.write(20, audio(101, { payload: opus(101) }));
  const [long, next] = rig.sink.take();
  expect([long!.payloadType, long!.payload.length]).toEqual([96, 1_024]);
  expect(blocksOf(next!).length).toBe(1);
});

test.each([
  {
    title: "the subscriber has no RED",
    codecs: [OPUS],
    prepare: plain,
    options: { encodesRed: true },
  },
  { title: "it is switched off", codecs: [RED, OPUS], prepare: plain, options: {} },
  {
    title: "the publisher could send RED and does not",
    codecs: [RED, OPUS],
    prepare: () => {},
    options: { encodesRed: true },
  },
])("plain Opus leaves as it is where $title", ({ codecs, prepare, options }) => {
  const rig = new DownTrackRig(codecs, options, prepare);
  rig.write(0, audio(100, { payload: opus(100) }));
  expect(rig.sink.take()[0]).toMatchObject({ payloadType: 96, payload: opus(100) });
});

test("RED of our making is not sent again, and its silence is RED too", () => {
  const rig = new DownTrackRig([RED, OPUS], { encodesRed: true }, plain);
  rig.write(0, audio(100, { payload: opus(100) }));
  const [first] = rig.sink.take();
  rig.track.handleNack(500, Uint16Array.of(first!.sn), 1);
  expect(rig.sink.take()).toEqual([]);
  rig.track.setPublisherMuted(600, true);
  rig.track.handleTimeout(600);
  const [silence] = rig.sink.take();
  expect([silence!.payloadType, silence!.payload[0], silence!.payload.length]).toEqual([
    97, 111, 81,
  ]);
});

test("a publisher's stream that begins anew is heard, whatever its numbers", () => {
  const rig = new DownTrackRig([OPUS]);
  for (const index of [900, 901]) rig.write(index, red(index));
  rig.sink.take();
  rig.track.handleStreamReset(0);
  for (const index of [100, 101, 102]) rig.write(1_000 + index, { ...red(index), ssrc: 77 });
  expect(rig.sink.take().map(({ payload }) => payload)).toEqual([opus(100), opus(101), opus(102)]);
});

test("RED is made once for all who are sent the same packet", () => {
  const first = new DownTrackRig([RED, OPUS], { encodesRed: true }, plain);
  let reads = 0;
  first.source.readForRetransmission = () => {
    reads += 1;
    return false;
  };
  const { source, transport, allocator, track } = first;
  const settings = {
    isDisabled: false,
    maxSpatialLayer: 0,
    maxTemporalLayer: 0,
    maxFrameRate: 0,
    priority: 1,
  };
  const tracks = [2, 3].map((ssrc) => {
    const config = { downTrackId: ssrc, ssrc, rtxSsrc: 0, cname: "c", isScreenShare: false };
    const whole = { ...config, codecs: [RED, OPUS], settings, encodesRed: true };
    return new DownTrack(0, whole, source, transport, allocator, ssrc);
  });
  const packet = packetOf(audio(500));
  for (const each of [track, ...tracks]) each.write(packet, 1);
  expect(first.sink.take().map(({ payloadType }) => payloadType)).toEqual([97, 97, 97]);
  expect(reads).toBe(2);
});
