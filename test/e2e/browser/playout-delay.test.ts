import { afterAll, beforeAll, expect, test } from "bun:test";
import { TestBrowser } from "../../support/browser.ts";
import { BrowserClient } from "../../support/browser-client.ts";
import { ServerProcess } from "../../support/server-process.ts";

const MIN_DELAY_MS = 600;
const FRAMES = 30;

let server: ServerProcess;
let browser: TestBrowser;

beforeAll(async () => {
  [server, browser] = await Promise.all([ServerProcess.start(), TestBrowser.launch()]);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** How long pictures wait in the subscriber, on average, ms. */
async function heldMs(room: string): Promise<number> {
  const ada = await BrowserClient.join(browser, server, room, "ada");
  const bob = await BrowserClient.join(browser, server, room, "bob");
  await ada.call("publishCamera", "vp8");
  await bob.showsHeight(720);
  const before = await bob.inbound("video");
  let after = before;
  while (after.jitterBufferEmittedCount < before.jitterBufferEmittedCount + FRAMES) {
    after = await bob.inbound("video", after.packetsReceived);
  }
  await bob.leave();
  await ada.leave();
  const seconds = after.jitterBufferDelay - before.jitterBufferDelay;
  return (seconds * 1_000) / (after.jitterBufferEmittedCount - before.jitterBufferEmittedCount);
}

test("the playout delay that a room was created with holds pictures back", async () => {
  await server.rooms.createRoom({ name: "slow", minPlayoutDelay: MIN_DELAY_MS });
  expect(await heldMs("slow")).toBeGreaterThan(MIN_DELAY_MS * 0.75);
});

test("without one they are shown soon", async () => {
  expect(await heldMs("fast")).toBeLessThan(MIN_DELAY_MS * 0.75);
});
