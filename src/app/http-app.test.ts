import { expect, test } from "bun:test";
import { loadTestConfig } from "../../test/support/test-config.ts";
import { TestRooms } from "../../test/support/test-room.ts";
import { SILENT_LOG } from "../base/log.ts";
import { demoRoutes } from "../service/demo/demo-routes.ts";
import { ApiMetrics } from "../telemetry/metrics/api-metrics.ts";
import { httpApp } from "./http-app.ts";

const { rooms, router, settings, scheduler, registry, metrics, thread } = new TestRooms();
const app = httpApp({
  config: loadTestConfig("development: true"),
  rooms,
  router,
  settings,
  scheduler,
  log: SILENT_LOG,
  roomMetrics: metrics,
  apiMetrics: new ApiMetrics(registry),
  demo: demoRoutes({
    apiKey: "devkey",
    apiSecret: "secret",
    isPlaceholder: true,
    wallMs: Date.now,
  }),
});
const headers = { Origin: "https://elsewhere.test" };

test.each(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])(
  "health answers %s",
  async (method) => {
    const answer = await app.request("/", { method });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(method === "HEAD" ? "" : "OK");
  },
);

test("health is not ready while no media thread is live", async () => {
  thread.isLive = false;
  const answer = await app.request("/");
  thread.isLive = true;
  expect([answer.status, await answer.text()]).toEqual([406, "Not Ready"]);
  expect((await app.request("/")).status).toBe(200);
});

test("any origin may read what the API answers, and none but the page's own a token of the page", async () => {
  const readableBy = async (path: string) =>
    (await app.request(path, { headers })).headers.get("Access-Control-Allow-Origin");
  expect(await readableBy("/")).toBe(headers.Origin);
  expect((await app.request("/demo/token?room=a&identity=b", { headers })).status).toBe(200);
  expect(await readableBy("/demo/token?room=a&identity=b")).toBeNull();
});

test("what the media threads count is shown in development", async () => {
  const answer = await app.request("/debug/media");
  expect(await answer.json()).toMatchObject({ peers: 0, countersByThread: [] });
});
