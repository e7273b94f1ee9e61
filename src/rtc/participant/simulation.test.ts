import { expect, test } from "bun:test";
import { TestRooms } from "../../../test/support/test-room.ts";
import { livekit } from "../../gen/livekit.js";

const { DisconnectReason } = livekit;

test("a simulated speaker is shown to itself and its subscribers, for the seconds asked", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const b = rooms.join("b").connect();
  const stranger = rooms.join("s", { connection: { isAutoSubscribe: false } }).connect();
  a.publish("cam");
  b.negotiate();
  a.send({ simulate: { speakerUpdate: 3 } });
  for (const { link } of [a, b]) {
    const [speaker] = link.last("speakersChanged").speakers ?? [];
    expect(speaker).toMatchObject({ sid: a.sid, active: true });
    expect(speaker?.level).toBeCloseTo(0.9);
  }
  rooms.advance(2_999);
  expect(b.link.all("speakersChanged")).toHaveLength(1);
  rooms.advance(1);
  for (const { link } of [a, b]) {
    expect(link.last("speakersChanged").speakers?.[0]).toMatchObject({ active: false, level: 0 });
  }
  expect(stranger.link.all("speakersChanged")).toEqual([]);
});

test("simulated speaking is bounded, and a hundred requests keep one timer", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const timers = rooms.scheduler.pendingCount;
  for (let i = 0; i < 100; i++) a.send({ simulate: { speakerUpdate: 2 ** 31 - 1 } });
  a.send({ simulate: { speakerUpdate: -5 } });
  a.send({ simulate: { speakerUpdate: 2 ** 31 - 1 } });
  expect(rooms.scheduler.pendingCount).toBe(timers + 1);
  rooms.advance(60_000);
  expect(a.link.last("speakersChanged").speakers?.[0]?.active).toBe(false);
});

test.each(["nodeFailure", "migration"] as const)(
  "%s closes without a leave, and a resume finds nobody",
  (scenario) => {
    const rooms = new TestRooms();
    const a = rooms.join("a").connect();
    rooms.join("b");
    a.send({ simulate: { [scenario]: true } });
    expect(a.link.isClosed).toBe(true);
    expect(a.link.all("leave")).toEqual([]);
    expect(a.resume().last("leave")).toMatchObject({
      action: livekit.LeaveRequest.Action.RECONNECT,
      reason: DisconnectReason.STATE_MISMATCH,
    });
  },
);

test("the subscriber's bandwidth is fixed, and never below zero", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  a.send({ simulate: { subscriberBandwidth: 300_000 } });
  a.send({ simulate: { subscriberBandwidth: -1 } });
  const { peerId } = a.participant.transports.subscriber!.peer;
  expect(rooms.thread.of("override-estimate")).toEqual([
    { kind: "override-estimate", peerId, bitrateBps: 300_000 },
    { kind: "override-estimate", peerId, bitrateBps: 0 },
  ]);
});

test("on a single peer connection the bandwidth of that one is fixed", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a", { isSinglePeerConnection: true }).connect();
  a.send({ simulate: { subscriberBandwidth: 300_000 } });
  const { peerId } = a.participant.transports.publisher.peer;
  expect(rooms.thread.of("override-estimate")).toEqual([
    { kind: "override-estimate", peerId, bitrateBps: 300_000 },
  ]);
});

test("the next resume within five seconds is completed and then closed", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  a.send({ simulate: { disconnectSignalOnResume: true } });
  const broken = a.resume();
  expect(broken.kinds.slice(0, 2)).toEqual(["reconnect", "update"]);
  expect(broken.isClosed).toBe(true);
  expect(a.participant.isClosed).toBe(false);
  expect(a.resume().isClosed).toBe(false);
});

test("up to three resumes are closed before anything is said", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  a.send({ simulate: { disconnectSignalOnResumeNoMessages: true } });
  for (let i = 0; i < 3; i++) {
    const link = a.resume();
    expect(link.messages).toEqual([]);
    expect(link.isClosed).toBe(true);
  }
  expect(a.resume().kinds[0]).toBe("reconnect");
});

test("after five seconds a resume is left alone", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  a.send({ simulate: { disconnectSignalOnResumeNoMessages: true } });
  rooms.advance(5_001);
  expect(a.resume().isClosed).toBe(false);
});

test("a scenario that is not acted out changes nothing", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  a.link.clear();
  a.send({ simulate: {} });
  a.send({ simulate: { leaveRequestFullReconnect: true } });
  expect(a.link.messages).toEqual([]);
});

function protocolsOf(sdp: string | null | undefined): string[] {
  const lines = [...(sdp ?? "").matchAll(/^a=candidate:\S+ 1 (\w+) /gm)];
  return lines.map(([, protocol]) => protocol ?? "");
}

test("a switch to TCP restarts ICE with TCP candidates alone, and holds for the next session", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  a.link.clear();
  a.send({ simulate: { switchCandidateProtocol: livekit.CandidateProtocol.TCP } });
  expect(protocolsOf(a.link.last("offer").sdp)).toEqual(["tcp"]);
  expect(a.link.all("trickle")).toHaveLength(1);
  expect(rooms.thread.of("restart-ice")).toHaveLength(1);
  a.offer([{ mid: "0", kind: "data" }]);
  expect(protocolsOf(a.link.last("answer").sdp)).toEqual(["tcp"]);
  const again = rooms.join("a");
  expect(again.link.last("join").fastPublish).toBe(false);
  expect(protocolsOf(again.link.last("offer").sdp)).toEqual(["tcp"]);
  again.connect();
  again.send({ simulate: { switchCandidateProtocol: livekit.CandidateProtocol.UDP } });
  expect(protocolsOf(again.link.last("offer").sdp)).toEqual(["udp", "tcp"]);
  expect(rooms.join("a").link.last("join").fastPublish).toBe(true);
});

test("a preference is forgotten after five minutes, and others have none", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  a.send({ simulate: { switchCandidateProtocol: livekit.CandidateProtocol.TCP } });
  expect(protocolsOf(rooms.join("b").link.last("offer").sdp)).toEqual(["udp", "tcp"]);
  a.negotiate();
  rooms.advance(300_000);
  expect(protocolsOf(rooms.join("a").link.last("offer").sdp)).toEqual(["udp", "tcp"]);
});
