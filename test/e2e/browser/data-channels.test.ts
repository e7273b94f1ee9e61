import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { TestBrowser } from "../../support/browser.ts";
import { ServerProcess } from "../../support/server-process.ts";
import { until } from "../../support/until.ts";

const ENTRY = join(import.meta.dir, "page/data.ts");
/** livekit-client says 17; a newer one differs by this and by how it makes its channels. */
const PROTOCOL = /\bprotocolVersion = 17\b/g;

const FILE_BYTES = 3_000_000;
const MESSAGES = 200;

let server: ServerProcess;
let browser: TestBrowser;
let bundle: string;

beforeAll(async () => {
  const { outputs } = await Bun.build({ entrypoints: [ENTRY], target: "browser", format: "iife" });
  bundle = await outputs[0]!.text();
  expect(bundle.match(PROTOCOL)).toHaveLength(1);
  server = await ServerProcess.start();
  browser = await TestBrowser.launch();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function open(room: string, identity: string, protocol: number): Promise<Page> {
  const page = await browser.open(server.httpUrl);
  await page.addScriptTag({ content: bundle.replace(PROTOCOL, `protocolVersion = ${protocol}`) });
  const token = await server.token(room, identity);
  await call(page, "join", server.wsUrl, token, protocol >= 18);
  return page;
}

/** Calls a method of the page's client. */
function call<T>(page: Page, method: string, ...args: readonly unknown[]): Promise<T> {
  return page.evaluate(
    ({ name, values }) => {
      const { client } = globalThis as unknown as {
        client: Record<string, (...given: readonly unknown[]) => unknown>;
      };
      return client[name]!(...values);
    },
    { name: method, values: args },
  ) as Promise<T>;
}

test("a browser of protocol 18 and one of protocol 17 hear each other on one peer connection", async () => {
  const pages = [await open("ids", "new", 18), await open("ids", "old", 17)] as const;
  const [modern, old] = pages;
  expect(await call<number>(modern, "serverProtocol")).toBe(18);
  for (const [from, to, name] of [
    [modern, old, "modern"],
    [old, modern, "old"],
  ] as const) {
    await call(from, "say", `${name} reliable`, true);
    await until(async () => (await call<string[]>(to, "heard")).includes(`0: ${name} reliable`), {
      what: `the reliable message of the ${name} client`,
    });
    let count = 0;
    await until(
      async () => {
        count += 1;
        await call(from, "say", `${name} lossy ${count}`, false);
        const heard = await call<string[]>(to, "heard");
        return heard.some((text) => text.startsWith(`1: ${name} lossy`));
      },
      { what: `a lossy message of the ${name} client` },
    );
  }
  expect(await call<string[]>(modern, "channels")).toEqual([
    "_data_track 102",
    "_lossy 101",
    "_reliable 100",
  ]);
  expect(await call<string[]>(old, "channels")).toEqual(["_data_track", "_lossy", "_reliable"]);
  for (const page of pages) await call(page, "leave");
}, 60_000);

test.each([17, 18])(
  "a file and numbered messages across a resume arrive whole (protocol %d)",
  async (protocol) => {
    const room = `bulk-${protocol}`;
    const [from, to] = [await open(room, "from", protocol), await open(room, "to", protocol)];
    await call(to, "takeFiles");
    await call(from, "say", "ready?", true);
    await until(async () => (await call<string[]>(to, "heard")).includes("0: ready?"), {
      what: "an open channel",
    });
    await call(from, "sendFile", FILE_BYTES);
    await until(async () => (await call<number[]>(to, "files")).length > 0, { what: "the file" });
    expect(await call<number[]>(to, "files")).toEqual([FILE_BYTES]);

    await call(from, "countAcrossResume", MESSAGES);
    const counted = async (): Promise<string[]> =>
      (await call<string[]>(to, "heard")).filter((text) => /^0: \d+$/.test(text));
    await until(async () => (await counted()).length >= MESSAGES, { what: "all messages" });
    expect(await counted()).toEqual(Array.from({ length: MESSAGES }, (_, i) => `0: ${i}`));
    for (const page of [from, to]) await call(page, "leave");
  },
  60_000,
);
