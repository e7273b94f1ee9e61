import { expect, test } from "bun:test";
import { SECOND_ICE } from "../../../test/support/client-sdp.ts";
import { type TestClient, TestRooms } from "../../../test/support/test-room.ts";
import { livekit } from "../../gen/livekit.js";
import { UdpLossHistory } from "./udp-loss-history.ts";

const LOSSY = { fractionLost: 63, rttMs: 100 };
const FINE = { fractionLost: 62, rttMs: 100 };

/** After how many of these reports UDP is given up; undefined: it is not. */
function givenUpAfter(
  reports: readonly { fractionLost: number; rttMs: number }[],
  signalRttMs = 100,
  maxMs = 200,
): number | undefined {
  const history = new UdpLossHistory();
  const index = reports.findIndex((report) => history.isUnstable(report, signalRttMs, maxMs));
  return index < 0 ? undefined : index + 1;
}

test("a quarter lost in twenty of the last 32 reports is too much", () => {
  const lossy = new Array(20).fill(LOSSY);
  expect(givenUpAfter(lossy)).toBe(20);
  expect(givenUpAfter(new Array(40).fill(FINE))).toBeUndefined();
  expect(givenUpAfter([...lossy.slice(1), ...new Array(12).fill(FINE), LOSSY])).toBe(32 + 1 - 1);
  expect(givenUpAfter([...lossy.slice(1), ...new Array(13).fill(FINE), LOSSY])).toBeUndefined();
  expect(givenUpAfter(new Array(100).fill([LOSSY, FINE]).flat())).toBeUndefined();
});

test.each([
  ["the media path's round trip is not known", 0, 0, 200],
  ["signalling is slower than the media path", 100, 130, 200],
  ["signalling is too slow altogether", 1_000, 200, 200],
])("UDP stays when %s", (_, rttMs, signalRttMs, maxMs) => {
  const reports = new Array(40).fill({ fractionLost: 255, rttMs });
  expect(givenUpAfter(reports, signalRttMs, maxMs)).toBeUndefined();
});

test("after it was said once, twenty more are needed", () => {
  const history = new UdpLossHistory();
  const said = Array.from({ length: 60 }, () => history.isUnstable(LOSSY, 1, 200));
  expect(said.filter(Boolean)).toHaveLength(3);
});

const ON = { allowUdpUnstableFallback: true, tcpFallbackRttMaxMs: 200 };

function report(client: TestClient, count: number, target: "publisher" | "subscriber"): void {
  const { peerId } = client.participant.transports[target]!.peer;
  for (let i = 0; i < count; i++) {
    client.rooms.thread.emit({ kind: "loss-report", peerId, fractionLost: 200, rttMs: 100 });
  }
}

function protocols(client: TestClient): string[] {
  const { sdp } = client.resume().last("offer");
  return [...(sdp ?? "").matchAll(/^a=candidate:\S+ 1 (\w+) /gm)].map(([, name]) => name ?? "");
}

test("a client whose UDP loses too much is told to resume over TCP, and stays there", () => {
  const rooms = new TestRooms(ON);
  const a = rooms.join("a").connect();
  report(a, 19, "subscriber");
  expect(a.link.all("leave")).toEqual([]);
  report(a, 1, "subscriber");
  expect(a.link.last("leave").action).toBe(livekit.LeaveRequest.Action.RESUME);
  expect(protocols(a)).toEqual(["tcp"]);
  a.ice = SECOND_ICE;
  a.connect("tcp");
  report(a, 40, "subscriber");
  expect(a.link.all("leave")).toEqual([]);
});

test("losses are asked for where they have an effect", () => {
  const asked = (settings: object, isSinglePeerConnection = false): boolean[] => {
    const rooms = new TestRooms(settings);
    rooms.join("a", { isSinglePeerConnection });
    return rooms.thread.of("create-peer").map((command) => command.reportsLoss === true);
  };
  expect(asked(ON)).toEqual([false, true]);
  expect(asked(ON, true)).toEqual([true]);
  expect(asked({})).toEqual([false, false]);
  expect(asked({ ...ON, tcpFallbackRttMaxMs: 0 })).toEqual([false, false]);
  expect(asked({ ...ON, allowTcpFallback: false })).toEqual([false, false]);
});
