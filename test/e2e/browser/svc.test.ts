import { afterAll, beforeAll, expect, test } from "bun:test";
import { TestBrowser } from "../../support/browser.ts";
import { BrowserClient } from "../../support/browser-client.ts";
import { freePort } from "../../support/free-port.ts";
import { LossyLink } from "../../support/lossy-link.ts";
import { ServerProcess } from "../../support/server-process.ts";

let server: ServerProcess;
let browser: TestBrowser;
let mediaPort: number;

beforeAll(async () => {
  mediaPort = await freePort();
  // over TCP nothing would be lost
  const config = { rtc: { udp_port: mediaPort, tcp_port: 0 } };
  [server, browser] = await Promise.all([ServerProcess.start({ config }), TestBrowser.launch()]);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

test.each([
  { codec: "av1", mode: "L3T3_KEY" },
  { codec: "av1", mode: "L3T3" },
  { codec: "vp9", mode: "L3T3_KEY" },
  { codec: "vp9", mode: "L3T3" },
])(
  "a subscriber of $codec $mode gets the layer that it asks for, and can decode it all",
  async (it) => {
    const room = `${it.codec}-${it.mode}`;
    const ada = await BrowserClient.join(browser, server, room, "ada");
    const bob = await BrowserClient.join(browser, server, room, "bob");
    await ada.call("publishLayered", it.codec, it.mode);
    const best = await bob.showsWidth(960);
    expect(best.codec).toBe(`video/${it.codec.toUpperCase()}`);
    let last = best;
    for (const [quality, width] of [
      ["low", 240],
      ["medium", 480],
      ["high", 960],
      ["low", 240],
      ["high", 960],
    ] as const) {
      await bob.call("setQuality", quality);
      last = await bob.showsWidth(width);
    }
    expect(last.pliCount).toBe(best.pliCount);
    await bob.leave();
    await ada.leave();
  },
);

test("layers of AV1 change while the publisher loses one packet in eight", async () => {
  await using link = await LossyLink.open(mediaPort);
  const ada = await BrowserClient.join(browser, server, "loss", "ada", { script: link.pageScript });
  const bob = await BrowserClient.join(browser, server, "loss", "bob");
  await ada.call("publishLayered", "av1", "L3T3_KEY");
  await bob.showsWidth(960);
  for (const [quality, width] of [
    ["low", 240],
    ["high", 960],
  ] as const) {
    await bob.call("setQuality", quality);
    await bob.showsWidth(width);
  }
  expect(link.dropped).toBeGreaterThan(20);
  await bob.leave();
  await ada.leave();
});

test("a subscriber of VP8 simulcast with dependency descriptors can decode all of it", async () => {
  const options = { describesAllVideo: true };
  const ada = await BrowserClient.join(browser, server, "vp8", "ada", options);
  const bob = await BrowserClient.join(browser, server, "vp8", "bob");
  await ada.call("publishCamera", "vp8");
  const best = await bob.showsWidth(1280);
  let last = best;
  for (const [quality, width] of [
    ["low", 320],
    ["high", 1280],
    ["medium", 640],
  ] as const) {
    await bob.call("setQuality", quality);
    last = await bob.showsWidth(width);
  }
  for (const framesPerSecond of [5, 30]) {
    await bob.call("setFrameRate", framesPerSecond);
    last = await bob.showsWidth(640);
  }
  expect(last.pliCount).toBe(best.pliCount);
  await bob.leave();
  await ada.leave();
});
