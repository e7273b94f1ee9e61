import { afterAll, beforeAll, expect, test } from "bun:test";
import { TestBrowser } from "../../support/browser.ts";
import { BrowserClient } from "../../support/browser-client.ts";
import { ServerProcess } from "../../support/server-process.ts";

let server: ServerProcess;
let browser: TestBrowser;

beforeAll(async () => {
  [server, browser] = await Promise.all([ServerProcess.start(), TestBrowser.launch()]);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

test("a subscriber of VP8 simulcast gets the layer that it asks for, up and down", async () => {
  const ada = await BrowserClient.join(browser, server, "layers", "ada");
  const bob = await BrowserClient.join(browser, server, "layers", "bob");
  await ada.call("publishCamera", "vp8");

  const best = await bob.showsHeight(720);
  expect(best.codec).toBe("video/VP8");
  for (const [quality, height] of [
    ["low", 180],
    ["high", 720],
    ["medium", 360],
    ["high", 720],
  ] as const) {
    await bob.call("setQuality", quality);
    await bob.showsHeight(height);
  }
  await bob.leave();
  await ada.leave();
});

test("H.264 arrives as it was published", async () => {
  const ada = await BrowserClient.join(browser, server, "h264", "ada");
  const bob = await BrowserClient.join(browser, server, "h264", "bob");
  await ada.call("publishCamera", "h264");
  const picture = await bob.showsHeight(720);
  expect(picture.codec).toBe("video/H264");
  await bob.leave();
  await ada.leave();
});

test("a muted microphone is heard again after it is unmuted", async () => {
  const ada = await BrowserClient.join(browser, server, "mute", "ada");
  const bob = await BrowserClient.join(browser, server, "mute", "bob");
  for (let round = 0; round < 2; round++) {
    await ada.call("setMicrophone", true);
    await bob.hearsMore();
    await ada.call("setMicrophone", false);
  }
  await bob.leave();
  await ada.leave();
});
