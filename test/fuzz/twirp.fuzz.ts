import { expect, test } from "bun:test";
import { livekit } from "../../src/gen/livekit.js";
import { type Encoder, encodeMessage } from "../../src/protobuf/codec.ts";
import { writeTwirpJson } from "../../src/protobuf/proto-json.ts";
import { mutations, stretched, tellFailure } from "../support/mutate.ts";
import { TestHttp } from "../support/test-http.ts";
import { testToken } from "../support/tokens.ts";

type Message = Encoder<object> & { getTypeUrl(prefix?: string): string };
type Call = { readonly service: string; readonly type: Message; readonly request: object };

const ROOMS = "livekit.RoomService";
const ROOM = "demo";
const IDENTITY = "a";

function call(service: string, method: string, type: unknown, request: object): [string, Call] {
  return [method, { service, type: type as Message, request: { room: ROOM, ...request } }];
}

/** Methods that answer at once. */
const CALLS = new Map<string, Call>([
  call(ROOMS, "CreateRoom", livekit.CreateRoomRequest, {
    name: "x",
    emptyTimeout: 5,
    maxParticipants: 3,
    metadata: "m",
    agents: [{ agentName: "n", metadata: "m", attributes: { k: "v" } }],
  }),
  call(ROOMS, "ListRooms", livekit.ListRoomsRequest, { names: ["x", ROOM] }),
  call(ROOMS, "ListParticipants", livekit.ListParticipantsRequest, {}),
  call(ROOMS, "GetParticipant", livekit.RoomParticipantIdentity, { identity: IDENTITY }),
  call(ROOMS, "MutePublishedTrack", livekit.MuteRoomTrackRequest, {
    identity: IDENTITY,
    trackSid: "TR_1",
    muted: true,
  }),
  call(ROOMS, "UpdateParticipant", livekit.UpdateParticipantRequest, {
    identity: IDENTITY,
    name: "n",
    metadata: "m",
    attributes: { k: "v", gone: "" },
    permission: { canPublish: true, canPublishSources: [1, 2] },
  }),
  call(ROOMS, "UpdateSubscriptions", livekit.UpdateSubscriptionsRequest, {
    identity: IDENTITY,
    trackSids: ["TR_1"],
    participantTracks: [{ participantSid: "PA_1", trackSids: ["TR_2"] }],
    subscribe: true,
  }),
  call(ROOMS, "SendData", livekit.SendDataRequest, {
    data: Uint8Array.of(1, 2),
    destinationIdentities: [IDENTITY],
    nonce: new Uint8Array(16),
    topic: "t",
  }),
  call(ROOMS, "UpdateRoomMetadata", livekit.UpdateRoomMetadataRequest, { metadata: "m" }),
  call("livekit.AgentDispatchService", "CreateDispatch", livekit.CreateAgentDispatchRequest, {
    agentName: "n",
    metadata: "m",
    deployment: "d",
  }),
  call("livekit.AgentDispatchService", "ListDispatch", livekit.ListAgentDispatchRequest, {}),
]);

const TOKEN = testToken({
  claims: {
    video: { roomCreate: true, roomList: true, roomAdmin: true, roomJoin: true, room: ROOM },
  },
});

const encoder = new TextEncoder();
/** A server is made anew after so many requests, since participants and rooms add up. */
const REQUESTS_PER_SERVER = 100;
const ANSWER_BYTES_MAX = 200_000;
/** `TestHttp` takes bodies of 10,000 bytes. */
const LARGE_BYTES = 9_000;
const TOO_LARGE_BYTES = 100_000;

/** Sends every body to a method; @returns how many answers there were of each status */
async function fuzz(
  method: string,
  contentType: string,
  bodies: Iterable<Uint8Array>,
): Promise<Map<number, number>> {
  const { service } = CALLS.get(method)!;
  const statuses = new Map<number, number>();
  let http = new TestHttp();
  let count = 0;
  for (const body of bodies) {
    if (count % REQUESTS_PER_SERVER === 0) {
      http.rooms.rooms.close(livekit.DisconnectReason.SERVER_SHUTDOWN);
      http = new TestHttp();
      http.rooms.join(IDENTITY);
    }
    count += 1;
    try {
      const response = await http.fetch(`/twirp/${service}/${method}`, {
        method: "POST",
        headers: { "Content-Type": contentType, Authorization: `Bearer ${TOKEN}` },
        body: body.slice(),
      });
      const answer = await response.bytes();
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      expect(answer.length).toBeLessThan(ANSWER_BYTES_MAX);
      // what would be a bug of ours says so
      expect(new TextDecoder().decode(answer)).not.toContain("internal error");
      expect(http.rooms.errors).toEqual([]);
      expect(http.rooms.thread.violations).toEqual([]);
    } catch (error) {
      tellFailure(401, body);
      throw error;
    }
  }
  http.rooms.rooms.close(livekit.DisconnectReason.SERVER_SHUTDOWN);
  return statuses;
}

function bodiesOf(corpus: Uint8Array): Uint8Array[] {
  return [
    ...mutations([corpus], 1_000, 401),
    ...stretched([corpus], 20, 402, LARGE_BYTES),
    ...stretched([corpus], 5, 403, TOO_LARGE_BYTES),
  ];
}

test.each([...CALLS])("%s answers any body, in protobuf and in JSON", async (method, one) => {
  const { type, request } = one;
  const protobuf = encodeMessage(type, request);
  const json = encoder.encode(writeTwirpJson(type, request));
  for (const [contentType, corpus] of [
    ["application/protobuf", protobuf],
    ["application/json", json],
  ] as const) {
    const statuses = await fuzz(method, contentType, bodiesOf(corpus));
    expect(statuses.get(200) ?? 0).toBeGreaterThan(0);
    expect(statuses.get(400) ?? 0).toBeGreaterThan(0);
  }
});
