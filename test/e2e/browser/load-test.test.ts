import { expect, test } from "bun:test";
import { TestBrowser } from "../../support/browser.ts";
import { BrowserClient } from "../../support/browser-client.ts";
import { API_KEY, API_SECRET, ServerProcess } from "../../support/server-process.ts";
import { until } from "../../support/until.ts";

const BINARY = process.env["PARLEY_LOAD_TEST"] ?? "dist/parley";
const FRAMES = 30;
const SAMPLES = 48_000;

test("a browser plays the sound of a load test, and puts its pictures together", async () => {
  await using server = await ServerProcess.start();
  const browser = await TestBrowser.launch();
  const access = ["--api-key", API_KEY, "--api-secret", API_SECRET, "--url", server.wsUrl];
  const load = Bun.spawn(
    [BINARY, "load-test", ...access, "--room", "load", "--publishers=1", "--audio-publishers=1"],
    { stdio: ["ignore", "ignore", "ignore"] },
  );
  try {
    const bob = await BrowserClient.join(browser, server, "load", "bob");
    await until(
      async () => {
        const inbound = await bob.inbound("audio");
        return inbound.jitterBufferEmittedCount > SAMPLES && inbound;
      },
      { what: "a second of sound" },
    );
    await until(
      async () => {
        const inbound = await bob.inbound("video");
        return inbound.framesReceived > FRAMES && inbound;
      },
      { what: `${FRAMES} pictures` },
    );
    expect((await bob.inbound("audio")).framesReceived).toBe(0);
    await bob.leave();
  } finally {
    load.kill("SIGINT");
    await load.exited;
    await browser.close();
  }
}, 90_000);
