import { afterAll, beforeAll, expect, test } from "bun:test";
import { TestBrowser } from "../../support/browser.ts";
import { BrowserClient, type Inbound } from "../../support/browser-client.ts";
import { freePort } from "../../support/free-port.ts";
import { LossyLink } from "../../support/lossy-link.ts";
import { ServerProcess } from "../../support/server-process.ts";

/** A client that is offered no RED. */
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0";
/** Enough that one packet in eight is many. */
const PACKETS = 300;
/** Chromium's made-up sound takes 80 to 120 bytes a packet, and with one copy twice as many. */
const PLAIN_BYTES_MAX = 150;

let server: ServerProcess;
let browser: TestBrowser;
let mediaPort: number;

beforeAll(async () => {
  mediaPort = await freePort();
  // over TCP nothing would be lost
  const rtc = { udp_port: mediaPort, tcp_port: 0 };
  const config = { rtc, audio: { active_red_encoding: true } };
  [server, browser] = await Promise.all([ServerProcess.start({ config }), TestBrowser.launch()]);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

function packetBytes({ bytesReceived, packetsReceived }: Inbound): number {
  return bytesReceived / packetsReceived;
}

test("what a publisher of RED loses is made up for, for a subscriber without RED", async () => {
  await using link = await LossyLink.open(mediaPort);
  const ada = await BrowserClient.join(browser, server, "red", "ada", { script: link.pageScript });
  const plain = await BrowserClient.join(browser, server, "red", "plain", { userAgent: FIREFOX });
  await ada.call("setMicrophone", true);
  await plain.hearsMore();
  const heard = await plain.inbound("audio", PACKETS);
  expect(packetBytes(heard)).toBeLessThan(PLAIN_BYTES_MAX);
  expect(link.dropped).toBeGreaterThan(PACKETS / 10);
  expect(heard.packetsLost).toBeLessThan(link.dropped / 5);
  await plain.leave();
  await ada.leave();
});

test("plain Opus comes to a subscriber with RED as RED, where that is switched on", async () => {
  const userAgent = FIREFOX;
  const ada = await BrowserClient.join(browser, server, "plain", "ada", { userAgent });
  const bob = await BrowserClient.join(browser, server, "plain", "bob");
  await ada.call("setMicrophone", true);
  await bob.hearsMore();
  const heard = await bob.inbound("audio", PACKETS / 3);
  // the packet and two copies; the browser names the codec that is inside
  expect(packetBytes(heard)).toBeGreaterThan(PLAIN_BYTES_MAX);
  expect(heard.packetsLost).toBe(0);
  await bob.leave();
  await ada.leave();
});
