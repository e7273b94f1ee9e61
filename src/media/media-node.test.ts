import { expect, test } from "bun:test";
import fc from "fast-check";
import { EXTENSIONS, SimEngine } from "../../test/support/sim-engine.ts";
import { SimPublisher } from "../../test/support/sim-publisher.ts";
import type { MediaCommand } from "../bridge/commands.ts";
import { Codec } from "../wire/rtp/codec.ts";
import { NO_EXTENSIONS } from "../wire/rtp/extension-ids.ts";

const PEERS_MAX = 4;
const MEMBERS_MAX = 3;
const peerId = fc.integer({ min: 1, max: PEERS_MAX });
const memberId = fc.integer({ min: 1, max: MEMBERS_MAX });
const receiverId = fc.integer({ min: 1, max: 4 });
const downTrackId = fc.integer({ min: 1, max: 5 });
const ssrc = fc.constantFrom(0, 8_000, 7_001, 10, 11, 20, 4_294_967_295);
const media = fc.constantFrom("audio" as const, "video" as const);
const localUfrag = fc.constantFrom("ufrag1", "ufrag2", "ufrag3", "other", "");
const localPwd = fc.constantFrom("a-password-of-the-server", "");
const label = fc.constantFrom("_reliable" as const, "_lossy" as const, "_data_track" as const);
const codec = fc.record({
  codec: fc.constantFrom(...Object.values(Codec)),
  payloadType: fc.constantFrom(0, 96, 111, 127),
  rtxPayloadType: fc.constantFrom(0, 97),
  fmtp: fc.constantFrom("", "profile-id=0", "level-asymmetry-allowed=1;;=", "111/111"),
  hasNack: fc.boolean(),
  hasPli: fc.boolean(),
});
const codecs = fc.array(codec, { maxLength: 3 });
const encodings = fc.array(
  fc.record({
    spatialLayer: fc.integer({ min: 0, max: 2 }),
    rid: fc.constantFrom("", "q", "h", "f"),
    ssrc,
    rtxSsrc: ssrc,
  }),
  { maxLength: 3 },
);
const settings = fc.record({
  isDisabled: fc.boolean(),
  maxSpatialLayer: fc.integer({ min: 0, max: 2 }),
  maxTemporalLayer: fc.integer({ min: 0, max: 3 }),
  maxFrameRate: fc.integer({ min: 0, max: 60 }),
  priority: fc.integer({ min: 1, max: 255 }),
});
const extensions = fc.constantFrom(EXTENSIONS, NO_EXTENSIONS);

const commands: fc.Arbitrary<MediaCommand> = fc.oneof(
  fc.record({ kind: fc.constant("create-peer" as const), peerId, localUfrag, localPwd }),
  fc.record({
    kind: fc.constant("set-remote" as const),
    peerId,
    ufrag: localUfrag,
    pwd: localPwd,
    fingerprint: fc.constant(""),
  }),
  fc.record({ kind: fc.constant("restart-ice" as const), peerId, localUfrag, localPwd }),
  fc.record({
    kind: fc.constant("set-extensions" as const),
    peerId,
    receive: extensions,
    send: extensions,
  }),
  fc.record({
    kind: fc.constant("start-data-channels" as const),
    peerId,
    remoteMessageBytesMax: fc.constantFrom(0, 1, 65_535),
    channels: fc.array(
      fc.record(
        {
          label,
          isOrdered: fc.boolean(),
          maxRetransmits: fc.constantFrom(0, 3),
          negotiatedId: fc.constantFrom(0, 1, 2, 65_535),
        },
        { requiredKeys: ["label", "isOrdered"] },
      ),
      { maxLength: 3 },
    ),
  }),
  fc.record({
    kind: fc.constant("set-data-member" as const),
    roomId: fc.integer({ min: 1, max: 2 }),
    member: fc.record({
      memberId,
      peerIds: fc.array(peerId, { maxLength: 3 }),
      primaryPeerId: peerId,
      sid: fc.constantFrom("PA_1", "PA_2"),
      identity: fc.constantFrom("a", "b", ""),
      canPublishData: fc.boolean(),
      isAgent: fc.boolean(),
      isHidden: fc.boolean(),
      isOneShot: fc.boolean(),
    }),
  }),
  fc.record({
    kind: fc.constant("remove-data-member" as const),
    memberId,
  }),
  fc.record({
    kind: fc.constant("send-server-data" as const),
    roomId: fc.integer({ min: 1, max: 2 }),
    bytes: fc.uint8Array({ maxLength: 3_000 }),
  }),
  fc.record({ kind: fc.constant("close-peer" as const), peerId }),
  fc.record({
    kind: fc.constant("add-receiver" as const),
    receiver: fc.record({
      receiverId,
      peerId,
      mid: fc.constantFrom("v", "a", ""),
      media,
      codecs,
      encodings,
      isScreenShare: fc.boolean(),
      observeAudioLevel: fc.boolean(),
      isMuted: fc.boolean(),
    }),
  }),
  fc.record({ kind: fc.constant("update-receiver" as const), receiverId, codecs, encodings }),
  fc.record({ kind: fc.constant("mute-receiver" as const), receiverId, isMuted: fc.boolean() }),
  fc.record({
    kind: fc.constant("expect-layers" as const),
    receiverId,
    spatialLayer: fc.integer({ min: -1, max: 2 }),
  }),
  fc.record({ kind: fc.constant("remove-receiver" as const), receiverId }),
  fc.record({
    kind: fc.constant("add-down-track" as const),
    downTrack: fc.record({
      downTrackId,
      peerId,
      receiverId,
      ssrc,
      rtxSsrc: ssrc,
      codecs,
      cname: fc.constantFrom("", "stream"),
      isScreenShare: fc.boolean(),
      settings,
    }),
  }),
  fc.record({ kind: fc.constant("set-down-track" as const), downTrackId, settings }),
  fc.record({ kind: fc.constant("remove-down-track" as const), downTrackId }),
  fc.record({
    kind: fc.constant("add-data-track" as const),
    dataTrackId: downTrackId,
    peerId,
    handle: downTrackId,
  }),
  fc.record({ kind: fc.constant("remove-data-track" as const), dataTrackId: downTrackId }),
  fc.record({
    kind: fc.constant("subscribe-data-track" as const),
    subscriptionId: downTrackId,
    dataTrackId: downTrackId,
    peerId,
    handle: downTrackId,
  }),
  fc.record({ kind: fc.constant("unsubscribe-data-track" as const), subscriptionId: downTrackId }),
  fc.record({
    kind: fc.constant("override-estimate" as const),
    peerId,
    bitrateBps: fc.constantFrom(0, 1, 100_000, 5_000_000),
  }),
);

test("MediaNode takes any commands in any order, and holds nothing once all peers are closed", () => {
  fc.assert(
    fc.property(fc.array(commands, { maxLength: 60 }), fc.boolean(), (list, isLive) => {
      const engine = new SimEngine();
      const publisher = new SimPublisher(engine.connect(1));
      engine.connect(2);
      engine.publish(1, 1, "video");
      engine.publish(1, 2, "audio");
      engine.subscribe(2, 1, 1, Codec.Vp8);
      expect(engine.openAeads).toBeGreaterThan(0);
      for (const command of list) {
        engine.command(command);
        if (isLive) engine.advance(15, publisher.step);
      }
      engine.advance(100, publisher.step);
      for (let id = 1; id <= PEERS_MAX; id++) engine.command({ kind: "close-peer", peerId: id });
      for (let memberId = 1; memberId <= MEMBERS_MAX; memberId++) {
        engine.command({ kind: "remove-data-member", memberId });
      }
      expect(engine.port.heldPaths).toEqual([]);
      expect(engine.openAeads).toBe(0);
      engine.advance(2_500);
      const { counters } = engine.events("statistics-report").at(-1)!;
      expect(counters).toMatchObject({ bugs: 0, peers: 0, receivers: 0, downTracks: 0 });
      expect(engine.node.debugInfo()).toEqual({
        peers: [],
        data: { members: 0, rooms: [] },
        dataTracks: { tracks: 0, subscriptions: 0 },
        relays: { threads: [], replicas: 0, relays: 0 },
      });
    }),
    { numRuns: 150 },
  );
});

test("MediaNode ignores a second command that makes what is there already", () => {
  const engine = new SimEngine();
  engine.connect(1);
  const viewer = engine.connect(2);
  engine.publish(1, 1, "audio");
  engine.subscribe(2, 1, 10, Codec.Opus);
  const publisher = new SimPublisher(engine.clients[0]!);
  publisher.hasVideo = false;
  engine.advance(500, publisher.step);
  const before = viewer.takeRtp(100);
  engine.command({ kind: "create-peer", peerId: 2, localUfrag: "x", localPwd: "y" });
  engine.publish(1, 1, "audio");
  engine.subscribe(2, 1, 10, Codec.Opus);
  engine.advance(500, publisher.step);
  const all = [...before, ...viewer.takeRtp(100)];
  expect(all.length).toBe(50);
  for (let i = 1; i < all.length; i++) expect(all[i]!.sn).toBe((all[i - 1]!.sn + 1) & 0xffff);
});
