import { beforeAll, expect, test } from "bun:test";
import { writeMeetingPage } from "../../../scripts/lib/meeting-page.ts";
import { TokenVerifier } from "../http/token-verifier.ts";
import { demoRoutes } from "./demo-routes.ts";

const API_KEY = "devkey";
const API_SECRET = "a secret that is long enough for HS256";
const routesWith = (isPlaceholder: boolean) =>
  demoRoutes({ apiKey: API_KEY, apiSecret: API_SECRET, isPlaceholder, wallMs: Date.now });
const routes = routesWith(true);

beforeAll(writeMeetingPage);

test("the meeting page is one document that loads nothing from elsewhere", async () => {
  const answer = await routes.request("/demo");
  expect(answer.status).toBe(200);
  expect(answer.headers.get("Content-Type")).toStartWith("text/html");
  const page = await answer.text();
  expect(page).toContain('id="join-form"');
  expect(page).not.toMatch(/<(script|img|link)\b[^>]*\s(src|href)="(?!data:)/);
});

test("the meeting page's token lets its bearer join the room it was asked for", async () => {
  const answer = await routes.request("/demo/token?room=blue&identity=ada-1&name=Ada");
  expect(answer.status).toBe(200);
  const { token } = (await answer.json()) as { token: string };
  const claims = await new TokenVerifier(new Map([[API_KEY, API_SECRET]])).verify(token);
  expect(claims).toMatchObject({
    identity: "ada-1",
    name: "Ada",
    video: { roomJoin: true, room: "blue", roomAdmin: false, roomCreate: false },
  });
});

const OWN = routesWith(false);

test.each([
  { title: "this machine", from: "127.0.0.1", host: "localhost:7880", status: 200 },
  { title: "this machine by IPv6", from: "::1", host: "[::1]:7880", status: 200 },
  { title: "another machine", from: "192.0.2.7", host: "192.0.2.1:7880", status: 403 },
  { title: "nobody knows where", from: "", host: "127.0.0.1", status: 403 },
  { title: "a page with a name that leads here", from: "127.0.0.1", host: "a.test", status: 403 },
  {
    title: "a proxy on this machine",
    from: "127.0.0.1",
    host: "localhost",
    headers: { "X-Forwarded-For": "192.0.2.7" },
    status: 403,
  },
])("a key of the operator's own makes tokens for $title: $status", async (asked) => {
  const { from, host, headers = {}, status } = asked;
  const ask = (app: typeof OWN) =>
    app.request(
      `http://${host}/demo/token?room=blue&identity=ada`,
      { headers },
      { remoteAddress: from, upgrade: () => false },
    );
  expect((await ask(OWN)).status).toBe(status);
  expect((await ask(routes)).status).toBe(200);
});

test.each([
  { title: "without a room", query: "identity=ada" },
  { title: "without an identity", query: "room=blue" },
  { title: "with an identity of 300 letters", query: `room=blue&identity=${"a".repeat(300)}` },
])("a token is refused $title", async ({ query }) => {
  const answer = await routes.request(`/demo/token?${query}`);
  expect(answer.status).toBe(400);
});
