import { beforeAll, expect, test } from "bun:test";
import { writeMeetingPage } from "../../../scripts/lib/meeting-page.ts";
import { TokenVerifier } from "../http/token-verifier.ts";
import { demoRoutes } from "./demo-routes.ts";

const API_KEY = "devkey";
const API_SECRET = "a secret that is long enough for HS256";
const routes = demoRoutes({ apiKey: API_KEY, apiSecret: API_SECRET, wallMs: Date.now });

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

test.each([
  { title: "without a room", query: "identity=ada" },
  { title: "without an identity", query: "room=blue" },
  { title: "with an identity of 300 letters", query: `room=blue&identity=${"a".repeat(300)}` },
])("a token is refused $title", async ({ query }) => {
  const answer = await routes.request(`/demo/token?${query}`);
  expect(answer.status).toBe(400);
});
