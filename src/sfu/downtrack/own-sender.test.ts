import { expect, test } from "bun:test";
import fc from "fast-check";
import {
  audio,
  DownTrackRig,
  H264,
  OPUS,
  RED,
  VP8,
  video,
} from "../../../test/support/down-track-rig.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { ownPayloadOf } from "./own-frames.ts";
import type { SendCodec } from "./send-codecs.ts";

const TRAILER = new Uint8Array(32).fill(0x5a);

/** Whether the payload is ours, with the trailer behind it. */
function hasTrailer(payload: Uint8Array, own: Uint8Array): boolean {
  return payload.toHex().endsWith(own.toHex() + TRAILER.toHex());
}

test.each([
  { title: "Opus", codec: OPUS, packets: 50 },
  { title: "RED", codec: RED, packets: 50 },
])("silence of an encrypted track ends in the room's trailer: $title", ({ codec, packets }) => {
  const rig = new DownTrackRig([codec], { isEncrypted: true, sifTrailer: TRAILER });
  rig.write(0, audio(100, { codec: codec.codec }));
  expect(rig.sink.take()[0]!.payload).toEqual(Uint8Array.of(1, 2, 3, 4));
  rig.track.setPublisherMuted(20, true);
  rig.runUntil(5_000);
  const silence = rig.sink.take();
  expect(silence.length).toBe(packets);
  for (const { payload } of silence) {
    expect(hasTrailer(payload, ownPayloadOf(codec.codec))).toBe(true);
  }
});

test.each([
  { title: "VP8", codec: VP8 },
  { title: "H.264", codec: H264 },
])(
  "black pictures of an encrypted track end in the trailer, padding does not: $title",
  ({ codec }) => {
    const rig = new DownTrackRig([codec], { isEncrypted: true, sifTrailer: TRAILER });
    // in the middle of a frame, which an empty packet has to end
    rig.write(0, video(codec.codec, 100, { isKeyFrame: true, marker: false, pictureId: 7 }));
    rig.sink.take();
    rig.track.close(20, true);
    rig.runUntil(5_000);
    const [end, ...pictures] = rig.sink.take();
    expect([end!.payload.length, end!.paddingBytes]).toEqual([0, 1]);
    expect(pictures.length).toBe(6);
    for (const { payload } of pictures) {
      expect(hasTrailer(payload, ownPayloadOf(codec.codec))).toBe(true);
    }
  },
);

type Announced = { codec: SendCodec; count: number; intervalMs: number; ticks: number };

const ANNOUNCED: readonly (Announced & { title: string })[] = [
  { title: "video", codec: VP8, count: 50, intervalMs: 100, ticks: 9_000 },
  { title: "audio", codec: OPUS, count: 250, intervalMs: 20, ticks: 960 },
];

test.each(ANNOUNCED)(
  "$title without media is announced for five seconds, after a moment",
  ({ codec, count, intervalMs, ticks }) => {
    const rig = new DownTrackRig([codec], { isAnnounced: true });
    rig.runUntil(99);
    expect(rig.sink.take()).toEqual([]);
    rig.runUntil(100);
    const [first] = rig.sink.sent;
    rig.runUntil(60_000);
    const sent = rig.sink.take();
    expect(sent.length).toBe(count);
    expect(count * intervalMs).toBe(5_000);
    expect(first!.sn).toBeGreaterThan(0x8000);
    expect(first!.sn).toBeLessThanOrEqual(0xc000);
    expect(first!.ts).toBeGreaterThanOrEqual(2 ** 31);
    expect(first!.ts).toBeLessThan(2 ** 31 + 2 ** 30 + ticks);
    for (const [i, packet] of sent.entries()) {
      expect(packet.sn).toBe(first!.sn + i);
      expect(packet.ts).toBe(first!.ts + i * ticks);
      expect(packet.payloadType).toBe(codec.payloadType);
      expect(packet.marker).toBe(codec !== VP8);
      expect(packet.paddingBytes).toBe(codec === VP8 ? 255 : 0);
      expect(packet.payload).toEqual(codec === VP8 ? new Uint8Array(0) : ownPayloadOf(Codec.Opus));
    }
    expect(rig.track.stats).toMatchObject({ packets: 0, payloadBytes: 0, announcements: count });
  },
);

test("an announcement waits for the transport, whole", () => {
  const rig = new DownTrackRig([VP8], { isAnnounced: true });
  rig.sink.isConnected = false;
  rig.runUntil(7_000);
  rig.sink.isConnected = true;
  rig.runUntil(60_000);
  expect(rig.sink.take().length).toBe(50);
});

test("nothing is announced where nobody needs it, or no codec is in common", () => {
  const unneeded = new DownTrackRig([VP8]);
  unneeded.runUntil(0);
  unneeded.track.setPublisherMuted(0, true);
  expect(unneeded.track.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
  const foreign = new DownTrackRig([OPUS], { isAnnounced: true }, ({ source }) => {
    source.codecs = [Codec.Pcmu];
  });
  expect(foreign.track.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
});

test("the encrypted track's silence that announces it ends in the trailer, its padding does not", () => {
  const options = { isAnnounced: true, isEncrypted: true, sifTrailer: TRAILER };
  const sound = new DownTrackRig([OPUS], options);
  sound.runUntil(100);
  expect(hasTrailer(sound.sink.take()[0]!.payload, ownPayloadOf(Codec.Opus))).toBe(true);
  const picture = new DownTrackRig([VP8], options);
  picture.runUntil(100);
  expect(picture.sink.take()[0]).toMatchObject({ payload: new Uint8Array(0), paddingBytes: 255 });
});

test("media ends the announcement and continues its numbers and its clock", () => {
  const start = fc.record({
    atMs: fc.integer({ min: 100, max: 9_000 }),
    extSn: fc.integer({ min: 0, max: 200_000 }),
    extTs: fc.integer({ min: 0, max: 2 ** 33 }),
    codec: fc.constantFrom(OPUS, H264),
  });
  fc.assert(
    fc.property(start, ({ atMs, extSn, extTs, codec }) => {
      const rig = new DownTrackRig([codec], { isAnnounced: true });
      rig.runUntil(atMs);
      const announced = rig.sink.take();
      const hz = codec === OPUS ? 48_000 : 90_000;
      const fields = { codec: codec.codec, extSn, extTs, isKeyFrame: true, marker: true };
      rig.write(atMs, fields);
      rig.write(atMs + 20, { ...fields, extSn: extSn + 1, extTs: extTs + 20 * (hz / 1000) });
      rig.runUntil(atMs + 20);
      const [first, second, ...others] = rig.sink.take();
      expect(others).toEqual([]);
      expect(first!.sn).toBe(announced.at(-1)!.sn + 1);
      expect(second!.sn).toBe(first!.sn + 1);
      expect(second!.ts - first!.ts).toBe(20 * (hz / 1000));
      const passedMs = atMs - 100;
      const ticks = first!.ts - announced[0]!.ts;
      expect(Math.abs(ticks - (passedMs * hz) / 1000)).toBeLessThanOrEqual(announced.length);
    }),
  );
});
