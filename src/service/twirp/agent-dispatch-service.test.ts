import { expect, test } from "bun:test";
import { TestHttp } from "../../../test/support/test-http.ts";
import { testToken } from "../../../test/support/tokens.ts";

const ADMIN = testToken({ claims: { video: { roomAdmin: true, room: "demo" } } });

function dispatchCalls(http: TestHttp, token: string | undefined = ADMIN) {
  return (method: string, request: object) =>
    http.call(method, { room: "demo", ...request }, token, "livekit.AgentDispatchService");
}

test("a dispatch is created with its room, listed, found and deleted once", async () => {
  const call = dispatchCalls(new TestHttp());
  const made = await call("CreateDispatch", { agent_name: "helper", metadata: "m" });
  expect(made.json).toMatchObject({ agent_name: "helper", room: "demo", metadata: "m" });
  const id = made.json["id"] as string;
  expect(id).toStartWith("AD_");
  const listed = async (dispatch_id: string) => {
    const { json } = await call("ListDispatch", { dispatch_id });
    return (json["agent_dispatches"] as { agent_name: string }[]).map((d) => d.agent_name);
  };
  expect(await listed("")).toEqual(["", "helper"]);
  expect(await listed(id)).toEqual(["helper"]);
  expect(await listed("AD_none")).toEqual([]);
  expect((await call("DeleteDispatch", { dispatch_id: id })).status).toBe(200);
  expect(await call("DeleteDispatch", { dispatch_id: id })).toEqual({
    status: 404,
    json: { code: "not_found", msg: "dispatch ID not found" },
  });
});

test("a room that names its agents calls for no others", async () => {
  const http = new TestHttp();
  http.rooms.rooms.create({ name: "demo", agents: [{ agentName: "named" }] });
  const { json } = await dispatchCalls(http)("ListDispatch", {});
  expect(json["agent_dispatches"]).toMatchObject([{ agent_name: "named" }]);
});

test.each([
  { title: "a deployment with an underscore", request: { deployment: "a_b" } },
  { title: "a deployment with a blank", request: { deployment: "a b" } },
  { title: "a deployment of 65 bytes", request: { deployment: "d".repeat(65) } },
  { title: "metadata over the limit", request: { metadata: "m".repeat(101) } },
  { title: "attributes over the limit", request: { attributes: { key: "v".repeat(48) } } },
])("CreateDispatch refuses $title", async ({ request }) => {
  const http = new TestHttp({ maxMetadataBytes: 100, maxAttributesBytes: 50 });
  const answer = await dispatchCalls(http)("CreateDispatch", request);
  expect(answer).toMatchObject({ status: 400, json: { code: "invalid_argument" } });
});

test("dispatches of an unknown room are not found", async () => {
  const answer = await dispatchCalls(new TestHttp())("ListDispatch", {});
  expect(answer).toMatchObject({ status: 404, json: { code: "not_found" } });
});

test.each(["CreateDispatch", "ListDispatch", "DeleteDispatch"])(
  "%s needs roomAdmin of that room",
  async (method) => {
    const other = testToken({ claims: { video: { roomAdmin: true, room: "another" } } });
    const answer = await dispatchCalls(new TestHttp(), other)(method, {});
    expect(answer).toMatchObject({ status: 401, json: { code: "unauthenticated" } });
  },
);
