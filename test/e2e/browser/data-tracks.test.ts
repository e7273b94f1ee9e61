import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { TestBrowser } from "../../support/browser.ts";
import { addPageScript, callPage } from "../../support/page-bundle.ts";
import { ServerProcess } from "../../support/server-process.ts";
import { until } from "../../support/until.ts";

/** As the page's own type says. */
interface SeenFrame {
  readonly bytes: number;
  readonly sum: number;
  readonly userTimestamp: string | undefined;
}

let server: ServerProcess;
let browser: TestBrowser;

beforeAll(async () => {
  server = await ServerProcess.start();
  browser = await TestBrowser.launch();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function join(room: string, identity: string, isSingle: boolean): Promise<Page> {
  const page = await browser.open(server.httpUrl);
  await addPageScript(page, "data-track");
  await callPage(page, "join", server.wsUrl, await server.token(room, identity), isSingle);
  return page;
}

async function subscribe(page: Page, name: string): Promise<void> {
  await until(async () => (await callPage<string[]>(page, "tracks")).includes(name), {
    what: `the data track ${name}`,
  });
  await callPage(page, "subscribe", name);
}

/** Pushes frames, each of other contents, until one has come through. */
async function pushUntilSeen(from: Page, to: Page, name: string): Promise<void> {
  let value = 0;
  await until(
    async () => {
      value += 1;
      await callPage(from, "push", name, 10, value);
      return (await callPage<SeenFrame[]>(to, "frames", name)).length > 0;
    },
    { what: `a frame of ${name}` },
  );
}

/** A frame of many packets may lose one where much waits: it is pushed until it has come whole. */
async function pushWhole(from: Page, to: Page, name: string, frame: SeenFrame): Promise<void> {
  const { bytes, sum, userTimestamp } = frame;
  await until(
    async () => {
      await callPage(from, "push", name, bytes, sum / bytes, userTimestamp);
      const frames = await callPage<SeenFrame[]>(to, "frames", name);
      return frames.some((one) => Bun.deepEquals(one, frame));
    },
    { what: `a frame of ${bytes} bytes` },
  );
}

test.each([
  { title: "one peer connection", room: "single", isSingle: true },
  { title: "two peer connections", room: "dual", isSingle: false },
])(
  "browsers with $title send each other frames on data tracks",
  async ({ room, isSingle }) => {
    const [ada, bob, carl] = [
      await join(room, "ada", isSingle),
      await join(room, "bob", isSingle),
      await join(room, "carl", !isSingle),
    ];
    await callPage(ada, "publish", "sensor");
    await callPage(ada, "publish", "camera");
    await callPage(bob, "publish", "arm");
    for (const [page, name] of [
      [bob, "sensor"],
      [carl, "sensor"],
      [bob, "camera"],
      [ada, "arm"],
    ] as const) {
      await subscribe(page, name);
    }
    await pushUntilSeen(ada, bob, "sensor");
    await pushUntilSeen(ada, carl, "sensor");
    await pushUntilSeen(ada, bob, "camera");
    await pushUntilSeen(bob, ada, "arm");
    // of many packets, with an extension in each
    const frame = { bytes: 30_000, sum: 60_000, userTimestamp: "1234567890123" };
    for (const page of [bob, carl]) await pushWhole(ada, page, "sensor", frame);
    expect(await callPage<SeenFrame[]>(carl, "frames", "camera")).toEqual([]);
    await callPage(bob, "unsubscribe", "camera");
    await callPage(ada, "unpublish", "sensor");
    await until(async () => !(await callPage<string[]>(bob, "tracks")).includes("sensor"), {
      what: "the end of the data track",
    });
    expect(await callPage<string[]>(carl, "tracks")).toEqual(["arm", "camera"]);
    for (const page of [ada, bob, carl]) await callPage(page, "leave");
  },
  60_000,
);

test("data tracks go on after a resume of their publisher and of a subscriber", async () => {
  const [ada, bob] = [await join("resume", "ada", true), await join("resume", "bob", true)];
  await callPage(ada, "publish", "sensor");
  await subscribe(bob, "sensor");
  await pushUntilSeen(ada, bob, "sensor");
  for (const [index, page] of [bob, ada].entries()) {
    await callPage(page, "reconnect", "signal-reconnect");
    const frame = { bytes: 100, sum: 100 * (50 + index), userTimestamp: `${index + 1}` };
    await pushWhole(ada, bob, "sensor", frame);
  }
  for (const page of [ada, bob]) await callPage(page, "leave");
}, 60_000);

test("after a full reconnect a data track is published and can be subscribed to again", async () => {
  const [ada, bob] = [await join("anew", "ada", true), await join("anew", "bob", true)];
  await callPage(ada, "publish", "sensor");
  await subscribe(bob, "sensor");
  await pushUntilSeen(ada, bob, "sensor");
  const sids = [await callPage<string>(bob, "sidOf", "sensor")];
  for (const page of [bob, ada]) {
    await callPage(page, "reconnect", "full-reconnect");
    // the publisher's new session has new tracks
    const isKnown = async (): Promise<boolean> => {
      const sid = await callPage<string>(bob, "sidOf", "sensor");
      return sid !== "" && (page === bob || !sids.includes(sid));
    };
    await until(isKnown, { what: "the data track" });
    sids.push(await callPage<string>(bob, "sidOf", "sensor"));
    await callPage(bob, "subscribe", "sensor");
    await pushUntilSeen(ada, bob, "sensor");
  }
  for (const page of [ada, bob]) await callPage(page, "leave");
}, 60_000);
