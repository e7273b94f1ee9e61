import { expect, test } from "bun:test";
import { clientOffer, FIRST_ICE, type OfferedSection } from "../../../test/support/client-sdp.ts";
import { TestHttp } from "../../../test/support/test-http.ts";
import { joinToken, testToken } from "../../../test/support/tokens.ts";
import { livekit } from "../../gen/livekit.js";

const SDP = "application/sdp";
const FRAGMENT = "application/trickle-ice-sdpfrag";
const TEXT = "text/plain; charset=utf-8";

const AUDIO: OfferedSection = { mid: "0", kind: "audio", cid: "voice" };
const OFFER = clientOffer([AUDIO]);

type Request = {
  readonly method?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

function send(http: TestHttp, path: string, request: Request): Promise<Response> {
  const { token = joinToken("w"), headers = {}, method = "POST", body } = request;
  return http.fetch(path, {
    method,
    headers: { ...(token === "" ? {} : { Authorization: `Bearer ${token}` }), ...headers },
    ...(body === undefined ? {} : { body }),
  });
}

function post(http: TestHttp, request: Request = {}): Promise<Response> {
  const headers = { "Content-Type": SDP, ...request.headers };
  return send(http, "/whip/v1", { body: OFFER, ...request, headers });
}

async function refusalOf(response: Response): Promise<[number, string, string | null]> {
  const text = await response.text();
  expect(text).toEndWith("}\n");
  return [response.status, JSON.parse(text).error, response.headers.get("Content-Type")];
}

test("a session is created, and is a participant like any other", async () => {
  const http = new TestHttp();
  const response = await post(http, {
    headers: {
      "User-Agent": "Mozilla/5.0 (OBS-Studio/31.0)",
      "X-LiveKit-ClientInfo": '{"clientIp":"198.51.100.1"}',
    },
  });
  expect(response.status).toBe(201);
  const participant = http.rooms.room().findParticipant("w");
  const { ufrag } = participant!.transports.publisher.peer.credentials;
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": SDP,
    location: `/whip/v1/${participant?.sid}`,
    etag: ufrag,
    link: '<stun:127.0.0.1:3478>; rel="ice-server"',
  });
  expect(await response.text()).toContain(`a=ice-ufrag:${ufrag}\r\n`);
  expect(participant?.client.info.address).toBe("198.51.100.1");
  expect(participant?.client.capabilities.isObs).toBe(true);
  expect(participant?.connection).toMatchObject({ isOneShot: true, isAdaptiveStream: false });
});

test("every address of an ICE server is a link, with its credentials", async () => {
  const http = new TestHttp({
    iceServersFor: () => [
      { urls: ["turn:a.test", "turns:a.test:443"], username: "u", credential: 'p"w\\d' },
    ],
  });
  const link = (await post(http)).headers.get("Link");
  const parameters = 'rel="ice-server"; username="u"; credential="p\\"w\\\\d"';
  expect(link).toBe(`<turn:a.test>; ${parameters}, <turns:a.test:443>; ${parameters}`);
});

test("a proxy says where the client is, when the client does not", async () => {
  const http = new TestHttp();
  await post(http, { headers: { "X-Forwarded-For": "203.0.113.9" } });
  const participant = http.rooms.room().findParticipant("w");
  expect(participant?.client.info.address).toBe("203.0.113.9");
  expect(participant?.client.capabilities.isObs).toBe(false);
});

test.each<[string, Request, number, string, string]>([
  [
    "another type",
    { headers: { "Content-Type": "text/sdp" } },
    400,
    "unsupported content-type: text/sdp",
    TEXT,
  ],
  [
    "a type with parameters",
    { headers: { "Content-Type": `${SDP}; charset=utf-8` } },
    400,
    `unsupported content-type: ${SDP}; charset=utf-8`,
    TEXT,
  ],
  ["no token", { token: "" }, 401, "no permissions to access the room", SDP],
  ["no grant", { token: testToken() }, 401, "no permissions to access the room", SDP],
  [
    "no right to join",
    { token: joinToken("w", { roomJoin: false }) },
    401,
    "permissions denied",
    SDP,
  ],
  ["no room", { token: joinToken("w", { room: "" }) }, 401, "room name cannot be empty", SDP],
  [
    "a long room",
    { token: joinToken("w", { room: "r".repeat(257) }) },
    400,
    "room name length exceeds limits: max length 256",
    SDP,
  ],
  ["no identity", { token: joinToken("") }, 400, "identity cannot be empty", SDP],
  [
    "a long identity",
    { token: joinToken("w".repeat(257)) },
    400,
    "participant identity length exceeds limits: max length 256",
    SDP,
  ],
  [
    "a broken client info",
    { headers: { "X-LiveKit-ClientInfo": "[]" }, body: "" },
    400,
    "malformed json in client info header: it is not an object",
    SDP,
  ],
  ["no offer", { body: "" }, 400, "body does not have SDP offer", SDP],
  [
    "a broken offer",
    { body: "garbage" },
    400,
    "malformed SDP offer: the first line is not v=0",
    SDP,
  ],
  [
    "an unusable offer",
    { body: OFFER.replace(/a=fingerprint.*\r\n/, "") },
    400,
    "unusable SDP offer: it has no a=fingerprint with sha-256",
    SDP,
  ],
  [
    "a broken room configuration",
    { token: testToken({ claims: { video: { roomJoin: true, room: "r" }, roomConfig: 5 } }) },
    401,
    expect.stringContaining("invalid token: roomConfig: ") as unknown as string,
    SDP,
  ],
])("creating is refused with %s", async (_, request, status, message, type) => {
  const http = new TestHttp();
  expect(await refusalOf(await post(http, request))).toEqual([status, message, type]);
  expect(http.rooms.rooms.rooms()).toEqual([]);
});

test("a bad token ends the request before the route, as everywhere", async () => {
  const response = await post(new TestHttp(), { token: "broken" });
  expect([response.status, await response.text()]).toEqual([401, "invalid authorization token"]);
});

test("a body is read up to 1 MiB, also without a stated length", async () => {
  const http = new TestHttp();
  const chunk = new Uint8Array(64 * 1024).fill(0x61);
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(chunk),
  });
  const headers = { Authorization: `Bearer ${joinToken("w")}`, "Content-Type": SDP };
  const init = { method: "POST", headers, body, duplex: "half" } as RequestInit;
  expect(await refusalOf(await http.fetch("/whip/v1", init))).toEqual([
    413,
    "request body exceeds 1048576 bytes",
    SDP,
  ]);
});

test("rooms that nobody may make are not made", async () => {
  const http = new TestHttp({ autoCreate: false });
  const refused = [404, "requested room does not exist", SDP];
  expect(await refusalOf(await post(http))).toEqual(refused as [number, string, string]);
  const token = joinToken("w", { roomCreate: true });
  expect((await post(http, { token })).status).toBe(201);
  expect((await post(http, { token: joinToken("x") })).status).toBe(201);
});

test("what the room refuses is for another try, what the client got wrong is not", async () => {
  const http = new TestHttp({ maxParticipants: 1 });
  expect((await post(http)).status).toBe(201);
  const [full] = await refusalOf(await post(http, { token: joinToken("other") }));
  expect(full).toBe(503);
  const long = new TestHttp({ maxMetadataBytes: 1 });
  const claims = { video: { roomJoin: true, room: "demo" }, metadata: "long" };
  const [tooLong] = await refusalOf(await post(long, { token: testToken({ claims }) }));
  expect(tooLong).toBe(400);
  const [useless, message] = await refusalOf(await post(new TestHttp({ enabledCodecs: [] }), {}));
  expect([useless, message]).toEqual([400, "unusable SDP offer: no section has a codec of ours"]);
});

/** A session, and what addresses it. */
async function session(): Promise<{ http: TestHttp; path: string; etag: string }> {
  const http = new TestHttp();
  const { headers } = await post(http);
  return { http, path: headers.get("Location") ?? "", etag: headers.get("ETag") ?? "" };
}

function fragment(changes: { readonly ufrag?: string; readonly mid?: string } = {}): string {
  const { ufrag = FIRST_ICE.ufrag, mid = "0" } = changes;
  return [
    `a=ice-ufrag:${ufrag}`,
    `a=ice-pwd:${FIRST_ICE.pwd}`,
    "m=audio 9 UDP/TLS/RTP/SAVPF 111",
    `a=mid:${mid}`,
    "a=candidate:1 1 udp 2122260223 192.0.2.1 61764 typ host",
    "",
  ].join("\r\n");
}

function patch(
  http: TestHttp,
  path: string,
  tag: string,
  request: Request = {},
): Promise<Response> {
  const headers = { "Content-Type": FRAGMENT, "If-Match": tag, ...request.headers };
  return send(http, path, { body: fragment(), ...request, method: "PATCH", headers });
}

test("candidates are taken with the session's tag, quoted or not", async () => {
  const { http, path, etag } = await session();
  for (const tag of [etag, `"${etag}"`]) {
    const response = await patch(http, path, tag);
    expect([response.status, await response.text()]).toEqual([204, ""]);
  }
});

test("an ICE restart gives a new tag, and the old one is void", async () => {
  const { http, path, etag } = await session();
  const body = fragment({ ufrag: "other" });
  const response = await patch(http, path, "*", { body });
  expect([response.status, response.headers.get("Content-Type")]).toEqual([200, FRAGMENT]);
  const tag = response.headers.get("ETag") ?? "";
  expect(tag).not.toBe(etag);
  expect(await response.text()).toContain(`a=ice-ufrag:${tag}\r\n`);
  expect((await patch(http, path, tag, { body })).status).toBe(204);
  expect(await refusalOf(await patch(http, path, etag, { body }))).toEqual([
    412,
    `ice session mismatch, expected: ${tag}, got: ${etag}`,
    FRAGMENT,
  ]);
  const again = await patch(http, path, "*", { body });
  expect([again.status, again.headers.get("ETag")]).toEqual([200, tag]);
});

test.each<[string, Request & { readonly path?: string }, number, string, string]>([
  [
    "another type",
    { headers: { "Content-Type": SDP }, token: "" },
    400,
    `unsupported content-type: ${SDP}`,
    TEXT,
  ],
  ["no tag", { headers: { "If-Match": "" }, token: "" }, 428, "missing entity tag", FRAGMENT],
  ["no token", { token: "" }, 401, "no permissions to access the room", FRAGMENT],
  [
    "no right to join",
    { token: joinToken("w", { roomJoin: false }) },
    401,
    "permissions denied",
    FRAGMENT,
  ],
  ["another's token", { token: joinToken("x") }, 404, "participant does not exist", FRAGMENT],
  ["another session", { path: "/whip/v1/PA_other" }, 404, "participant does not exist", FRAGMENT],
  ["no fragment", { body: "" }, 400, "invalid sdp fragment", FRAGMENT],
  ["a broken fragment", { body: "garbage" }, 400, "invalid sdp fragment", FRAGMENT],
  [
    "a section that was not offered",
    { body: fragment({ mid: "7" }) },
    400,
    "invalid sdp fragment",
    FRAGMENT,
  ],
  [
    "other credentials",
    { body: fragment({ ufrag: "other" }) },
    400,
    "ice credential mismatch",
    FRAGMENT,
  ],
])("a fragment is refused with %s", async (_, request, status, message, type) => {
  const { http, path, etag } = await session();
  const response = await patch(http, request.path ?? path, etag, request);
  expect(await refusalOf(response)).toEqual([status, message, type]);
});

test("a broken fragment restarts nothing", async () => {
  const { http, path, etag } = await session();
  expect((await patch(http, path, "*", { body: "garbage" })).status).toBe(400);
  expect((await patch(http, path, etag)).status).toBe(204);
});

test("a deleted session is over, and only that", async () => {
  const { http, path } = await session();
  const participant = http.rooms.room().findParticipant("w");
  const remove = (target: string, token?: string) =>
    send(http, target, { method: "DELETE", ...(token === undefined ? {} : { token }) });
  expect(await refusalOf(await remove(path, ""))).toEqual([
    401,
    "no permissions to access the room",
    TEXT,
  ]);
  expect((await remove(path, joinToken("x"))).status).toBe(404);
  expect((await remove("/whip/v1/PA_former")).status).toBe(200);
  expect(participant?.isClosed).toBe(false);
  const response = await remove(path);
  expect([response.status, await response.text()]).toEqual([200, ""]);
  expect(participant?.disconnectReason).toBe(livekit.DisconnectReason.CLIENT_INITIATED);
  expect(await refusalOf(await remove(path))).toEqual([404, "participant does not exist", TEXT]);
});

test("one with a signal connection is no session of WHIP", async () => {
  const http = new TestHttp();
  const { sid, participant } = http.rooms.join("w");
  const response = await send(http, `/whip/v1/${sid}`, { method: "DELETE" });
  expect(response.status).toBe(404);
  expect((await patch(http, `/whip/v1/${sid}`, "*")).status).toBe(404);
  expect(participant.isClosed).toBe(false);
});

test("GET finds nothing to tell, OPTIONS says what may be asked, and the rest is not there", async () => {
  const http = new TestHttp();
  for (const path of ["/whip/v1", "/whip/v1/PA_x"]) {
    for (const method of ["GET", "HEAD"]) {
      expect((await http.fetch(path, { method })).status).toBe(204);
    }
    expect((await http.fetch(path, { method: "PUT" })).status).toBe(404);
  }
  const options = await http.fetch("/whip/v1", { method: "OPTIONS" });
  expect(options.status).toBe(200);
  expect(Object.fromEntries(options.headers)).toMatchObject({
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "*",
    "access-control-allow-methods": "PATCH, OPTIONS, GET, POST, DELETE",
    "access-control-expose-headers": "*",
  });
  expect((await http.fetch("/whip/v1", { method: "DELETE" })).status).toBe(404);
  expect((await http.fetch("/whip/v1/PA_x", { method: "POST" })).status).toBe(404);
});

test("a page of any origin may read location and tag", async () => {
  const response = await post(new TestHttp(), { headers: { Origin: "https://app.test" } });
  expect(response.headers.get("Access-Control-Allow-Origin")).toBe("https://app.test");
  expect(response.headers.get("Access-Control-Expose-Headers")).toBe("*");
});
