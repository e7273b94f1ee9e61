import { expect, test } from "bun:test";
import { TestHttp } from "../../../test/support/test-http.ts";
import { joinToken, testToken } from "../../../test/support/tokens.ts";
import { readBody } from "./body-limit.ts";

const path = "/rtc/validate";

test("the header's token wins over the query's, and the query's is enough", async () => {
  const http = new TestHttp();
  const good = joinToken("a");
  const headers = { Authorization: `Bearer ${good}` };
  expect(await http.answer(path, { headers })).toEqual([200, "success"]);
  expect(await http.answer(`${path}?access_token=${good}`)).toEqual([200, "success"]);
  expect(await http.answer(`${path}?access_token=broken`, { headers })).toEqual([200, "success"]);
  const broken = { headers: { Authorization: "Bearer broken" } };
  expect(await http.answer(`${path}?access_token=${good}`, broken)).toEqual([
    401,
    "invalid authorization token",
  ]);
});

test.each(["Basic abc", "bearer x", "Bearer", ""])("the header %p is no bearer", async (value) => {
  const http = new TestHttp();
  expect(await http.answer(path, { headers: { Authorization: value } })).toEqual([
    401,
    "invalid authorization header. Must start with Bearer ",
  ]);
});

test("without a token a request goes on, and its handler refuses it", async () => {
  const http = new TestHttp();
  expect(await http.answer(path)).toEqual([401, "no permissions to access the room"]);
});

test("a pre-flight is answered for any origin, without credentials", async () => {
  const http = new TestHttp();
  const response = await http.fetch("/twirp/livekit.RoomService/ListRooms", {
    method: "OPTIONS",
    headers: {
      Origin: "http://app.test",
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "authorization,content-type",
    },
  });
  expect(response.status).toBe(204);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "access-control-allow-origin": "http://app.test",
    "access-control-allow-methods": "OPTIONS, HEAD, GET, POST, PATCH, DELETE",
    "access-control-allow-headers": "authorization,content-type",
    "access-control-max-age": "86400",
  });
  expect(response.headers.has("access-control-allow-credentials")).toBe(false);
});

test("answers and refusals name the origin, and let a browser read why", async () => {
  const http = new TestHttp();
  const headers = { Origin: "http://app.test" };
  for (const token of [joinToken("a"), "broken", testToken({ secret: "wrong" })]) {
    const response = await http.fetch(`/rtc?access_token=${token}`, { headers });
    expect(response.headers.get("access-control-allow-origin")).toBe("http://app.test");
    expect(response.headers.get("access-control-expose-headers")).toBe("*");
  }
});

test.each([joinToken("a"), "", "broken", testToken({ secret: "wrong" })])(
  "validate lets every origin read its answer, whatever it is",
  async (token) => {
    const response = await new TestHttp().fetch(`${path}?access_token=${token}`);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
  },
);

test.each([
  { title: "a success", query: `?access_token=${joinToken("a")}`, status: 200 },
  { title: "a refusal", query: "", status: 401 },
  { title: "a bad token", query: "?access_token=broken", status: 401 },
])("$title is plain text, with and without an origin", async ({ query, status }) => {
  for (const headers of [{}, { Origin: "http://app.test" }]) {
    const response = await new TestHttp().fetch(`${path}${query}`, { headers });
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  }
});

test("an answer without a body has no type, and one in JSON keeps its own", async () => {
  const http = new TestHttp();
  const headers = { Origin: "http://app.test" };
  const none = await http.fetch(`/rtc?access_token=${joinToken("a")}`, { headers });
  expect(none.headers.has("content-type")).toBe(false);
  const json = await http.fetch("/twirp/livekit.RoomService/ListRooms", { headers });
  expect(json.headers.get("content-type")).toBe("application/json");
});

test("a body that says it is too large is refused before anything is read", async () => {
  const http = new TestHttp();
  const init = { method: "POST", headers: { "Content-Length": "10001" } };
  expect(await http.answer("/twirp/livekit.RoomService/ListRooms", init)).toEqual([
    413,
    "request body too large",
  ]);
});

test("reading a body stops at the limit", async () => {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1;
      controller.enqueue(new Uint8Array(100));
    },
  });
  const request = new Request("http://x/", { method: "POST", body, duplex: "half" } as RequestInit);
  expect(await readBody(request, 1_000)).toBeUndefined();
  expect(sent).toBeLessThan(20);
});

test("a body within the limit is read whole, and a missing one is empty", async () => {
  const text = "x".repeat(1_000);
  const request = new Request("http://x/", { method: "POST", body: text });
  expect(new TextDecoder().decode(await readBody(request, 1_000))).toBe(text);
  const unbounded = new Request("http://x/", { method: "POST", body: text });
  expect(await readBody(unbounded, 0)).toHaveLength(1_000);
  expect(await readBody(new Request("http://x/"), 10)).toHaveLength(0);
});
