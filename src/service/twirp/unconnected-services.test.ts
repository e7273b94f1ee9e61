import { expect, test } from "bun:test";
import { TestHttp } from "../../../test/support/test-http.ts";
import { testToken } from "../../../test/support/tokens.ts";

const RECORDER = testToken({ claims: { video: { roomRecord: true } } });
const INGRESS = testToken({ claims: { video: { ingressAdmin: true } } });
const SIP = testToken({ claims: { sip: { admin: true, call: true } } });
const TRANSFER = testToken({
  claims: { sip: { call: true }, video: { roomAdmin: true, room: "demo" } },
});
const NOBODY = testToken({ claims: { video: { roomCreate: true, roomList: true } } });

test.each([
  { service: "livekit.Egress", method: "ListEgress", token: RECORDER, name: "egress" },
  { service: "livekit.Ingress", method: "ListIngress", token: INGRESS, name: "ingress" },
  { service: "livekit.SIP", method: "ListSIPInboundTrunk", token: SIP, name: "sip" },
  { service: "livekit.SIP", method: "CreateSIPParticipant", token: SIP, name: "sip" },
])("$service $method says that it needs Redis", async ({ service, method, token, name }) => {
  expect(await new TestHttp().call(method, {}, token, service)).toEqual({
    status: 500,
    json: { code: "internal", msg: `${name} not connected (redis required)` },
  });
});

test.each([
  { service: "livekit.Egress", method: "StopEgress" },
  { service: "livekit.Ingress", method: "CreateIngress" },
  { service: "livekit.SIP", method: "CreateSIPInboundTrunk" },
  { service: "livekit.SIP", method: "CreateSIPParticipant" },
])("$service $method refuses a caller without the grant", async ({ service, method }) => {
  for (const token of [undefined, NOBODY]) {
    const answer = await new TestHttp().call(method, {}, token, service);
    expect(answer).toMatchObject({ status: 401, json: { code: "unauthenticated" } });
  }
});

test("a recording of a room that is not there is not found", async () => {
  const request = { room_name: "gone" };
  const service = "livekit.Egress";
  const answer = await new TestHttp().call("StartRoomCompositeEgress", request, RECORDER, service);
  expect(answer).toMatchObject({ status: 404, json: { code: "not_found" } });
});

test("a call can be transferred only for a participant that has one", async () => {
  const http = new TestHttp();
  const transfer = (participant_identity: string) =>
    http.call(
      "TransferSIPParticipant",
      { room_name: "demo", participant_identity, transfer_to: "tel:+1" },
      TRANSFER,
      "livekit.SIP",
    );
  expect(await transfer("a")).toMatchObject({ status: 404, json: { code: "not_found" } });
  http.rooms.join("a");
  expect(await transfer("a")).toMatchObject({ status: 400, json: { code: "invalid_argument" } });
});
