import { expect, test } from "bun:test";
import { sdpFixture } from "../../../test/support/negotiation.ts";
import { TestRooms } from "../../../test/support/test-room.ts";
import { livekit } from "../../gen/livekit.js";

test("an offer is answered with its own id, then candidates follow, once", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a");
  a.link.clear();
  a.send({ offer: { type: "offer", sdp: sdpFixture("chromium-data-only"), id: 42 } });
  expect(a.link.kinds).toEqual(["answer", "trickle", "trickle"]);
  const answer = a.link.last("answer");
  expect(answer).toMatchObject({ type: "answer", id: 42 });
  expect(answer.sdp).toContain("a=setup:passive");
  expect(answer.midToTrackId).toEqual({});
  expect(a.link.last("trickle")).toMatchObject({
    target: livekit.SignalTarget.PUBLISHER,
    final: true,
  });
  a.link.clear();
  a.send({ offer: { type: "offer", sdp: sdpFixture("chromium-data-only"), id: 43 } });
  expect(a.link.kinds).toEqual(["answer"]);
  expect(rooms.thread.of("start-data-channels")).toHaveLength(1);
});

test("a browser's simulcast offer publishes the track that was announced for it", () => {
  const rooms = new TestRooms();
  const sdp = sdpFixture("chromium-vp8-simulcast");
  const cid = /^a=msid:\S+ (\S+)/m.exec(sdp)?.[1] ?? "";
  const a = rooms.join("a").connect();
  const layers = [0, 1, 2].map((quality) => ({ quality, height: 180 * 2 ** quality }));
  const simulcastCodecs = [{ codec: "vp8", cid }];
  const type = livekit.TrackType.VIDEO;
  a.send({ addTrack: { cid, type, layers, simulcastCodecs } });
  a.send({ offer: { type: "offer", sdp, id: 1 } });
  expect(a.infoOf("a")?.tracks?.[0]).toMatchObject({ mimeType: "video/VP8", simulcast: true });
  const [receiver] = rooms.thread.receivers.values();
  expect(receiver?.encodings.map(({ rid, spatialLayer }) => [rid, spatialLayer])).toEqual([
    ["q", 0],
    ["h", 1],
    ["f", 2],
  ]);
  expect(rooms.thread.violations).toEqual([]);
});

test("the announced codec leads the answer, and RED unless it was turned off", () => {
  const rooms = new TestRooms();
  const sdp = sdpFixture("chromium-audio-red");
  const cid = /^a=msid:\S+ (\S+)/m.exec(sdp)?.[1] ?? "";
  const type = livekit.TrackType.AUDIO;
  for (const disableRed of [false, true]) {
    const a = rooms.join(`red ${disableRed}`).connect();
    a.send({ addTrack: { cid, type, disableRed } });
    a.send({ offer: { type: "offer", sdp, id: 1 } });
    const expected = disableRed ? "audio/opus" : "audio/red";
    expect(a.infoOf(a.identity)?.tracks?.[0]?.mimeType).toBe(expected);
  }
});

test("codecs that a browser cannot send are not negotiated with it", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a", { client: { browser: "Safari", browserVersion: "17" } }).connect();
  a.publish("cam", {}, { codecs: ["AV1", "VP8"] });
  expect(a.link.last("answer").sdp).not.toContain("AV1");
  expect(a.infoOf("a")?.tracks?.[0]?.mimeType).toBe("video/VP8");
});

test("on a single peer connection tracks come in sections that the client is asked for", () => {
  const rooms = new TestRooms();
  const publisher = rooms.join("publisher").connect();
  const sdp = sdpFixture("chromium-audio-red");
  const cid = /^a=msid:\S+ (\S+)/m.exec(sdp)?.[1] ?? "";
  const single = rooms.join("single", { isSinglePeerConnection: true });
  expect(single.link.kinds).not.toContain("offer");
  publisher.send({ addTrack: { cid, type: livekit.TrackType.AUDIO } });
  publisher.send({ offer: { type: "offer", sdp, id: 1 } });
  rooms.scheduler.advance(10);
  expect(single.link.last("mediaSectionsRequirement")).toMatchObject({
    numAudios: 1,
    numVideos: 0,
  });
  single.link.clear();
  single.send({ offer: { type: "offer", sdp: sdpFixture("chromium-single-recvonly"), id: 5 } });
  const [track] = publisher.participant.publications.tracks();
  const answer = single.link.last("answer");
  expect(answer.id).toBe(5);
  expect(Object.values(answer.midToTrackId ?? {})).toEqual([track?.sid ?? ""]);
  expect([...rooms.thread.downTracks.values()]).toHaveLength(1);
  expect(rooms.thread.violations).toEqual([]);
});

test("from protocol 18 both sides make the channels of a single peer connection by id", () => {
  const rooms = new TestRooms();
  const offer = { type: "offer", sdp: sdpFixture("chromium-data-only"), id: 1 };
  const channelsOf = (protocol: number, isSinglePeerConnection: boolean): unknown => {
    const identity = `protocol ${protocol} ${isSinglePeerConnection}`;
    const client = rooms.join(identity, { client: { protocol }, isSinglePeerConnection });
    client.send({ offer });
    return rooms.thread.of("start-data-channels").at(-1)?.channels;
  };
  expect(channelsOf(18, true)).toEqual([
    { label: "_reliable", isOrdered: true, negotiatedId: 100 },
    { label: "_lossy", isOrdered: false, maxRetransmits: 0, negotiatedId: 101 },
    { label: "_data_track", isOrdered: false, maxRetransmits: 0, negotiatedId: 102 },
  ]);
  expect(channelsOf(17, true)).toEqual([]);
  expect(channelsOf(18, false)).toEqual([]);
  rooms.join("whip", {
    client: { protocol: 18 },
    connection: { isOneShot: true },
    isSinglePeerConnection: true,
    offer,
  });
  expect(rooms.thread.of("start-data-channels").at(-1)?.channels).toEqual([]);
});
