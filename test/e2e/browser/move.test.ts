import { afterAll, beforeAll, expect, test } from "bun:test";
import { TestBrowser } from "../../support/browser.ts";
import { BrowserClient } from "../../support/browser-client.ts";
import { ServerProcess } from "../../support/server-process.ts";
import { until } from "../../support/until.ts";

let server: ServerProcess;
let browser: TestBrowser;

beforeAll(async () => {
  [server, browser] = await Promise.all([
    ServerProcess.start({ config: { rtc: { workers: 1 } } }),
    TestBrowser.launch(),
  ]);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

test("a browser that is moved shows and is shown in the other room, without a reconnect", async () => {
  const ada = await BrowserClient.join(browser, server, "lobby", "ada");
  const bob = await BrowserClient.join(browser, server, "lobby", "bob");
  const cleo = await BrowserClient.join(browser, server, "stage", "cleo");
  for (const client of [ada, cleo]) await client.call("publishCamera", "vp8");
  await bob.showsHeight(720);

  await server.rooms.moveParticipant("lobby", "ada", "stage");
  await until(async () => (await ada.call<string[]>("moves")).length > 0, { what: "the move" });
  expect(await ada.call<string[]>("moves")).toEqual(["stage"]);
  await cleo.showsHeight(720);
  await ada.showsHeight(720);
  expect(await ada.call<string[]>("others")).toEqual(["cleo"]);
  expect(await cleo.call<string[]>("others")).toEqual(["ada"]);
  await until(async () => (await bob.call<string[]>("others")).length === 0, { what: "ada's end" });
  expect(await ada.call<number>("reconnects")).toBe(0);
  for (const client of [ada, bob, cleo]) await client.leave();
});
