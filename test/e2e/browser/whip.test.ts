import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { TestBrowser } from "../../support/browser.ts";
import { BrowserClient } from "../../support/browser-client.ts";
import { addPageScript, callPage } from "../../support/page-bundle.ts";
import { ServerProcess } from "../../support/server-process.ts";
import { until } from "../../support/until.ts";

type WhipSession = { readonly location: string; readonly etag: string };

let server: ServerProcess;
let browser: TestBrowser;

beforeAll(async () => {
  [server, browser] = await Promise.all([ServerProcess.start(), TestBrowser.launch()]);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** A tab with a peer connection that speaks WHIP. */
async function whipPage(): Promise<Page> {
  const page = await browser.open(server.httpUrl);
  await addPageScript(page, "whip");
  return page;
}

async function identities(room: string): Promise<string[]> {
  return (await server.rooms.listParticipants(room)).map(({ identity }) => identity);
}

test("what a WHIP client publishes is seen and heard, in the layer that is asked for", async () => {
  const viewer = await BrowserClient.join(browser, server, "show", "viewer");
  const page = await whipPage();
  const token = await server.token("show", "encoder");
  const { location, etag } = await callPage<WhipSession>(page, "publish", server.httpUrl, token);

  const encoder = await server.rooms.getParticipant("show", "encoder");
  expect(location).toBe(`/whip/v1/${encoder.sid}`);
  expect(etag).not.toBe("");
  expect((await viewer.showsHeight(720)).codec).toBe("video/VP8");
  await viewer.hearsMore();
  const { tracks } = await server.rooms.getParticipant("show", "encoder");
  expect(tracks.map(({ name }) => name).sort()).toEqual([
    "synthesized-camera",
    "synthesized-microphone",
  ]);
  await viewer.call("setQuality", "low");
  await viewer.showsHeight(180);

  const restarted = await callPage<WhipSession>(page, "restartIce");
  expect(restarted.etag).not.toBe(etag);
  await viewer.call("setQuality", "high");
  await viewer.showsHeight(720);
  await viewer.hearsMore();

  expect(await callPage<number>(page, "stop")).toBe(200);
  await until(async () => (await identities("show")).join() === "viewer", {
    what: "the encoder to be gone",
  });
  await page.close();
  await viewer.leave();
});

test("a WHIP client can wait for a track and see it, and talk on a channel of its own", async () => {
  const page = await whipPage();
  const info = { subscribedParticipantTrackNames: { encoder: ["synthesized-camera"] } };
  const token = await server.token("watch", "viewer");
  const viewing = callPage<WhipSession>(page, "receive", server.httpUrl, token, info);
  const source = await whipPage();
  const sourceToken = await server.token("watch", "encoder");
  await callPage(source, "publish", server.httpUrl, sourceToken);
  await viewing;
  await until(async () => (await callPage<number>(page, "framesDecoded")) > 10, {
    what: "pictures",
  });

  await until(() => callPage<boolean>(page, "isChannelOpen"), { what: "the channel to open" });
  const { DataPacket_Kind } = await import("livekit-server-sdk");
  const send = (text: string) =>
    server.rooms.sendData("watch", new TextEncoder().encode(text), DataPacket_Kind.RELIABLE, {
      topic: "chat",
    });
  // the server may hear of the channel a moment after the client does
  await until(
    async () => {
      await send("hello");
      return (await callPage<string[]>(page, "texts")).length > 0;
    },
    { what: "a message" },
  );
  expect((await callPage<string[]>(page, "texts"))[0]).toBe("hello");

  expect(await callPage<number>(page, "stop")).toBe(200);
  expect(await callPage<number>(source, "stop")).toBe(200);
  await until(async () => (await identities("watch")).length === 0, { what: "both to be gone" });
  await page.close();
  await source.close();
});
