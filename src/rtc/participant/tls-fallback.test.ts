import { expect, test } from "bun:test";
import { SECOND_ICE } from "../../../test/support/client-sdp.ts";
import { type TestClient, TestRooms } from "../../../test/support/test-room.ts";
import { livekit } from "../../gen/livekit.js";

const { CandidateProtocol, ClientConfigSetting } = livekit;
const { RESUME } = livekit.LeaveRequest.Action;

/** A server with TURN over TLS, whose lists say which clients they are for. */
function rooms(settings: object = {}): TestRooms {
  return new TestRooms({
    hasTurnTls: true,
    iceServersFor: (sid, isTlsOnly) => [
      { urls: [`${isTlsOnly ? "turns" : "turn"}:${sid}`], username: "u", credential: "c" },
    ],
    ...settings,
  });
}

type Told = {
  readonly iceServers?: readonly livekit.IICEServer[] | null;
  readonly clientConfiguration?: livekit.IClientConfiguration | null;
};

function told({ iceServers, clientConfiguration }: Told): { urls: string[]; isForced: boolean } {
  return {
    urls: (iceServers ?? []).flatMap(({ urls }) => urls ?? []),
    isForced: clientConfiguration?.forceRelay === ClientConfigSetting.ENABLED,
  };
}

/** Comes back and restarts ICE, as clients do when they are told to resume. */
function resumed(client: TestClient): ReturnType<typeof told> {
  const link = client.resume();
  client.ice = SECOND_ICE;
  return told(link.last("reconnect"));
}

test("every list of servers is made for the participant", () => {
  const all = rooms();
  const a = all.join("a").connect();
  expect(told(a.link.last("join"))).toEqual({ urls: [`turn:${a.sid}`], isForced: false });
  expect(resumed(a)).toEqual({ urls: [`turn:${a.sid}`], isForced: false });
});

test("a switch to TLS holds for the next session: relays over TLS alone, and by force", () => {
  const all = rooms();
  const a = all.join("a").connect();
  a.send({ simulate: { switchCandidateProtocol: CandidateProtocol.TLS } });
  expect(resumed(a)).toEqual({ urls: [`turns:${a.sid}`], isForced: true });
  const again = all.join("a");
  expect(told(again.link.last("join"))).toEqual({ urls: [`turns:${again.sid}`], isForced: true });
  expect(again.link.last("join").fastPublish).toBe(false);
  again.connect().send({ simulate: { switchCandidateProtocol: CandidateProtocol.UDP } });
  expect(resumed(again)).toEqual({ urls: [`turn:${again.sid}`], isForced: false });
});

test("a client whose TCP did not last is sent to a relay over TLS, and stays there", () => {
  const all = rooms();
  const a = all.join("a").connect();
  a.fail();
  expect(resumed(a).isForced).toBe(false);
  a.connect("tcp").fail();
  expect(resumed(a).isForced).toBe(true);
  a.connect().fail();
  expect(resumed(a).isForced).toBe(true);
});

test("a client that knows no TCP goes from UDP to TLS", () => {
  const all = rooms();
  const a = all.join("a", { client: { sdk: livekit.ClientInfo.SDK.GO } }).connect();
  a.fail();
  expect(resumed(a).isForced).toBe(true);
});

test.each([
  { rttMs: 0, waitMs: 5_000 },
  { rttMs: 800, waitMs: 6_400 },
  { rttMs: 999, waitMs: 7_992 },
  { rttMs: 600, waitMs: 5_000 },
])(
  "ICE over TCP is given up after $waitMs ms at a round trip of $rttMs ms",
  ({ rttMs, waitMs }) => {
    const all = rooms({ tcpFallbackRttMaxMs: 0 });
    const a = all.join("a").connect();
    a.send({ pingReq: { timestamp: 1, rtt: rttMs } });
    a.fail();
    a.resume();
    a.ice = SECOND_ICE;
    a.answerOffers();
    all.advance(waitMs - 1);
    expect(a.link.all("leave")).toEqual([]);
    all.advance(1);
    expect(a.link.last("leave").action).toBe(RESUME);
    expect(resumed(a).isForced).toBe(true);
  },
);
