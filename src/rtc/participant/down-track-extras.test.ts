import { expect, test } from "bun:test";
import { type JoinOptions, TestRooms } from "../../../test/support/test-room.ts";
import type { DownTrackSpec } from "../../bridge/commands.ts";
import { livekit } from "../../gen/livekit.js";
import { mimeTypeOf } from "../../wire/rtp/codec.ts";
import type { RoomRequest } from "../room/room-options.ts";
import type { RtcSettings } from "../rtc-services.ts";

const { AUDIO } = livekit.TrackType;
const { GCM } = livekit.Encryption.Type;
const { PTF_USER_TIMESTAMP } = livekit.PacketTrailerFeature;
const TRAILER_CLIENT: livekit.IClientInfo = {
  capabilities: [livekit.ClientInfo.Capability.CAP_PACKET_TRAILER],
};

type Scene = {
  settings?: Partial<RtcSettings>;
  room?: Partial<RoomRequest>;
  track?: livekit.IAddTrackRequest;
  codecs?: ("opus" | "red")[];
  client?: JoinOptions["client"];
};

/** One track and one subscriber: what the media thread and the subscriber are told. */
function subscribe({ settings = {}, room = {}, track = {}, codecs, client }: Scene): {
  rooms: TestRooms;
  spec: DownTrackSpec | undefined;
  offer: string;
  sifTrailer: Uint8Array;
} {
  const rooms = new TestRooms(settings);
  const a = rooms.join("a", { roomRequest: room }).connect();
  const b = rooms.join("b", { roomRequest: room, ...(client && { client }) }).connect();
  a.publish("cam", track, codecs === undefined ? {} : { codecs });
  b.negotiate();
  expect(rooms.thread.violations).toEqual([]);
  return {
    rooms,
    spec: [...rooms.thread.downTracks.values()][0],
    offer: b.link.last("offer").sdp ?? "",
    sifTrailer: b.link.last("join").sifTrailer ?? new Uint8Array(0),
  };
}

const PRESET = new livekit.RoomConfiguration({ minPlayoutDelay: 300, maxPlayoutDelay: 500 });
const PRESETS = new Map([["slow", PRESET]]);

test.each([
  { title: "CreateRoom", room: { minPlayoutDelay: 100 }, delay: { minMs: 100, maxMs: 0 } },
  { title: "an upper bound alone", room: { maxPlayoutDelay: 50 }, delay: { minMs: 0, maxMs: 50 } },
  {
    title: "a preset",
    settings: { roomPresets: PRESETS },
    room: { roomPreset: "slow", minPlayoutDelay: 100 },
    delay: { minMs: 100, maxMs: 500 },
  },
  {
    title: "the configuration",
    settings: { playoutDelay: { minMs: 0, maxMs: 0 } },
    delay: { minMs: 0, maxMs: 0 },
  },
  {
    title: "CreateRoom before the configuration",
    settings: { playoutDelay: { minMs: 10, maxMs: 20 } },
    room: { minPlayoutDelay: 100 },
    delay: { minMs: 100, maxMs: 0 },
  },
])("the playout delay of $title is negotiated and told", ({ delay, ...scene }) => {
  const { spec, offer } = subscribe(scene);
  expect(spec!.playoutDelay).toEqual(delay);
  expect(offer).toContain("rtp-hdrext/playout-delay");
});

test.each([
  { title: "in rooms that set none" },
  {
    title: "with Firefox where streams are synchronised",
    room: { minPlayoutDelay: 100, syncStreams: true },
    client: { browser: "Firefox" },
  },
])("no playout delay is negotiated $title", (scene) => {
  expect(subscribe(scene).offer).not.toContain("playout-delay");
});

test("audio is not held back by itself", () => {
  const { spec } = subscribe({ room: { minPlayoutDelay: 100 }, track: { type: AUDIO } });
  expect(spec!.playoutDelay).toBeUndefined();
});

test("frames of the server in an encrypted track end in what the client was told at its join", () => {
  const { spec, sifTrailer } = subscribe({ track: { encryption: GCM } });
  expect(spec).toMatchObject({ isEncrypted: true, sifTrailer });
  expect(subscribe({}).spec).toMatchObject({ isEncrypted: false, sifTrailer: undefined });
});

test.each([
  { title: "cut off", strips: true },
  {
    title: "left for who can read them",
    client: TRAILER_CLIENT,
    strips: false,
  },
  {
    title: "left alone in tracks without",
    features: [] as livekit.PacketTrailerFeature[],
    strips: false,
  },
])("packet trailers are $title", ({ client, features, strips }) => {
  const track = { packetTrailerFeatures: features ?? [PTF_USER_TIMESTAMP] };
  const { spec } = subscribe({ track, ...(client && { client }) });
  expect(spec!.stripsPacketTrailer).toBe(strips);
});

test("a client of the Go SDK gets a first packet, whatever is published", () => {
  expect(subscribe({ client: { sdk: livekit.ClientInfo.SDK.GO } }).spec!.isAnnounced).toBe(true);
  expect(subscribe({}).spec!.isAnnounced).toBe(false);
});

test("source descriptions name the section", () => {
  expect(subscribe({}).offer).toContain(`a=mid:${subscribe({}).spec!.mid}\r\n`);
});

const ON = { activeRedEncoding: true };

test("plain Opus is offered as RED first where that is switched on", () => {
  const { spec, offer } = subscribe({ settings: ON, track: { type: AUDIO } });
  expect(spec!.encodesRed).toBe(true);
  expect(offer).toMatch(/m=audio \d+ UDP\/TLS\/RTP\/SAVPF 63 111/);
  expect(spec!.codecs.map(({ codec }) => mimeTypeOf(codec))).toContain("audio/red");
});

test.each([
  { title: "it is not switched on", settings: {} },
  { title: "the publisher does not want it", settings: ON, track: { disableRed: true } },
  { title: "the track is encrypted", settings: ON, track: { encryption: GCM } },
])("plain Opus stays plain when $title", ({ settings, track }) => {
  const { spec, offer } = subscribe({ settings, track: { type: AUDIO, ...track } });
  expect(spec!.encodesRed).toBe(false);
  expect(offer).toMatch(/m=audio \d+ UDP\/TLS\/RTP\/SAVPF 111/);
});

test("a client without RED does not get an encrypted track that is RED", () => {
  const scene = { codecs: ["red" as const, "opus" as const], client: { browser: "Safari" } };
  expect(subscribe({ ...scene, track: { type: AUDIO } }).spec).toBeDefined();
  expect(subscribe({ ...scene, track: { type: AUDIO, encryption: GCM } }).spec).toBeUndefined();
});
