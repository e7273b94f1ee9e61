import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { TestBrowser } from "../../support/browser.ts";
import { ServerProcess } from "../../support/server-process.ts";
import { until } from "../../support/until.ts";

let server: ServerProcess;
let browser: TestBrowser;

beforeAll(async () => {
  [server, browser] = await Promise.all([
    ServerProcess.start({ args: ["--dev"] }),
    TestBrowser.launch(),
  ]);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

async function join(room: string, name: string): Promise<Page> {
  const page = await browser.open(`${server.httpUrl}/demo?room=${room}`);
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: "Join" }).click();
  await page.locator("#meeting").waitFor({ state: "visible" });
  return page;
}

/** The tile of somebody, once its video has a picture and time goes on in it. */
async function waitForVideo(page: Page, name: string): Promise<void> {
  const video = page.locator(`figure[data-identity^="${name}-"] video`);
  await video.waitFor({ state: "visible" });
  const read = (): Promise<{ time: number; width: number }> =>
    video.evaluate((node) => {
      const { currentTime, videoWidth } = node as unknown as Record<string, number>;
      return { time: currentTime!, width: videoWidth! };
    });
  const first = await read();
  await until(
    async () => {
      const now = await read();
      return now.width > 0 && now.time > first.time + 0.5;
    },
    { what: `moving pictures of ${name}` },
  );
}

/** Sound of all others together, from the statistics of the page's own room. */
function soundEnergy(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { room } = globalThis as unknown as { room: TestRoom };
    let energy = 0;
    for (const participant of room.remoteParticipants.values()) {
      for (const { audioTrack } of participant.trackPublications.values()) {
        const report = await audioTrack?.getRTCStatsReport();
        for (const { totalAudioEnergy } of report?.values() ?? []) energy += totalAudioEnergy ?? 0;
      }
    }
    return energy;
  });
}

interface TestRoom {
  readonly remoteParticipants: ReadonlyMap<
    string,
    { readonly trackPublications: ReadonlyMap<string, { readonly audioTrack?: TestTrack }> }
  >;
}

interface TestTrack {
  getRTCStatsReport(): Promise<ReadonlyMap<string, { readonly totalAudioEnergy?: number }>>;
}

test("two tabs of the meeting page see and hear each other, chat, and leave", async () => {
  const ada = await join("kitchen", "Ada");
  const bob = await join("kitchen", "Bob");
  await waitForVideo(ada, "Bob");
  await waitForVideo(bob, "Ada");
  for (const page of [ada, bob]) {
    await until(async () => (await soundEnergy(page)) > 1e-4, { what: "sound of the other tab" });
  }

  await ada.getByRole("button", { name: "Chat" }).click();
  await ada.getByLabel("Message").fill("<b>hello</b>");
  await ada.getByRole("button", { name: "Send" }).click();
  const lines = bob.getByRole("log");
  await lines.getByText("<b>hello</b>").waitFor({ state: "visible" });
  expect(await lines.textContent()).toBe("Ada: <b>hello</b>");

  await ada.getByRole("button", { name: "Microphone" }).click();
  await bob.getByText("Ada, muted").waitFor({ state: "visible" });

  await ada.getByRole("button", { name: "Leave" }).click();
  await ada.locator("#lobby").waitFor({ state: "visible" });
  await bob.getByText("Only you").waitFor({ state: "visible" });
  expect(await bob.locator("figure").count()).toBe(1);
  await Promise.all([ada.close(), bob.close()]);
});

test("a camera that is switched off and on comes back, and so does a tab that is loaded anew", async () => {
  const ada = await join("garden", "Ada");
  const bob = await join("garden", "Bob");
  await waitForVideo(bob, "Ada");

  const camera = ada.getByRole("button", { name: "Camera" });
  await camera.click();
  await bob.locator('figure[data-identity^="Ada-"] video').waitFor({ state: "detached" });
  await camera.click();
  await waitForVideo(bob, "Ada");

  await ada.reload();
  await ada.getByRole("button", { name: "Join" }).click();
  await waitForVideo(bob, "Ada");
  await waitForVideo(ada, "Bob");
  await Promise.all([ada.close(), bob.close()]);
});

test("the meeting page says why it cannot join", async () => {
  const page = await browser.open(`${server.httpUrl}/demo`);
  await page.getByLabel("Your name").fill("Ada");
  await page.route("**/demo/token*", (route) =>
    route.fulfill({ status: 400, body: "no such room" }),
  );
  await page.getByRole("button", { name: "Join" }).click();
  const problem = page.locator("#join-problem");
  await problem.waitFor({ state: "visible" });
  expect(await problem.textContent()).toBe("Cannot join: no such room");
  await page.close();
});
