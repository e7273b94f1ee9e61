/**
 * Our SCTP against Chromium's, over a path that loses, doubles and reorders packets. More seeds:
 * `SCTP_SEEDS=100 bun test ./test/e2e/browser/sctp.test.ts`, or one: `SCTP_SEED=17`.
 */
import { expect, test } from "bun:test";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { ChunkType } from "../../../src/wire/sctp/chunk-type.ts";
import { TestBrowser } from "../../support/browser.ts";
import { createMessage, describe, hashOf } from "../../support/channel-messages.ts";
import { ImpairedChannels } from "../../support/impaired-channels.ts";
import { callPage } from "../../support/page-bundle.ts";
import { seededRandom } from "../../support/sctp-link.ts";
import { until } from "../../support/until.ts";

const ENTRY = join(import.meta.dir, "page/channels.ts");
const SEEDS = Number(process.env["SCTP_SEEDS"] ?? 1);
const FIRST_SEED = Number(process.env["SCTP_SEED"] ?? 1);
const SIZES = [0, 1, 2, 100, 1143, 1150, 1175, 1190, 1191, 1200, 4000, 16_000, 65_535, 262_144];
/** By label and direction. */
const MESSAGES = 14;
const INTERLEAVING = "WebRTC-DataChannelMessageInterleaving/Enabled/";

type Heard = [size: number, hash: number][];

const LABELS = ["ordered", "unordered", "once", "brief"] as const;
const SPECS = [
  { label: "ordered" },
  { label: "unordered", ordered: false },
  { label: "once", maxRetransmits: 0 },
  { label: "brief", ordered: false, maxPacketLifeTime: 100 },
];

function pickSizes(random: () => number, count: number): number[] {
  return Array.from({ length: count }, () => SIZES[random() % SIZES.length]!);
}

/** What may be said of messages that came, given those that were sent. */
function judge(label: string, heard: Heard, sizes: readonly number[]): void {
  const sent = sizes.map((size, index) => describe(index, size));
  if (label === "ordered") {
    expect(heard).toEqual(sent);
    return;
  }
  const key = ([size, hash]: [number, number]) => `${size} ${hash}`;
  if (label === "unordered") {
    expect(heard.map(key).sort()).toEqual(sent.map(key).sort());
    return;
  }
  const left = sent.map(key);
  for (const one of heard) {
    const at = left.indexOf(key(one));
    expect(at).toBeGreaterThanOrEqual(0);
    if (label === "once") left.splice(0, at + 1);
    else left.splice(at, 1);
  }
}

async function open(browser: TestBrowser): Promise<Page> {
  const { outputs } = await Bun.build({ entrypoints: [ENTRY], target: "browser", format: "iife" });
  const page = await browser.open("about:blank");
  await page.addScriptTag({ content: await outputs[0]!.text() });
  return page;
}

for (const trials of [undefined, INTERLEAVING]) {
  const isInterleaved = trials !== undefined;
  test(
    `Chromium and we understand each other on a bad path, ${isInterleaved ? "" : "not "}interleaved`,
    async () => {
      await using browser = await TestBrowser.launch(trials ? { fieldTrials: trials } : {});
      for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
        await exchange(browser, seed, isInterleaved).catch((error: Error) => {
          error.message = `seed ${seed}: ${error.message}`;
          throw error;
        });
      }
    },
    60_000 + SEEDS * 30_000,
  );
}

async function exchange(browser: TestBrowser, seed: number, isInterleaved: boolean): Promise<void> {
  const random = seededRandom(seed);
  const page = await open(browser);
  const offer = await callPage<string>(page, "offer", SPECS);
  const { peer, sdp } = await ImpairedChannels.answer(offer, {
    seed,
    loss: (random() % 15) / 100,
    duplication: (random() % 10) / 100,
    jitterMs: random() % 30,
  });
  await using _peer = peer;
  await callPage(page, "answer", sdp);

  const idOf = (label: string): number | undefined => {
    const opened = peer.events.findLast((event) => event.kind === "open" && event.label === label);
    return opened?.kind === "open" ? opened.channelId : undefined;
  };
  const heardFrom = (label: string): Heard => {
    const id = idOf(label);
    return peer.events.flatMap((event) =>
      event.kind === "message" && event.channelId === id
        ? [[event.bytes.length, hashOf(event.bytes)] as [number, number]]
        : [],
    );
  };
  const wait = (what: string, isDone: () => boolean | Promise<boolean>) =>
    until(isDone, { what: `${what}, seed ${seed}`, timeoutMs: 30_000 });

  const areOpen = async (labels: readonly string[]): Promise<boolean> => {
    const states = await callPage<Record<string, string>>(page, "states");
    return labels.every((label) => idOf(label) !== undefined && states[label] === "open");
  };
  await wait("channels", () => areOpen(LABELS));
  peer.with((channels) => channels.open({ label: "ours", ordered: true }));

  const toUs = new Map(LABELS.map((label) => [label, pickSizes(random, MESSAGES)]));
  const toThem = new Map(LABELS.map((label) => [label, pickSizes(random, MESSAGES)]));
  for (const label of LABELS) await callPage(page, "send", label, toUs.get(label));
  for (const label of LABELS) {
    for (const [index, size] of toThem.get(label)!.entries()) {
      const sent = peer.with((channels, nowMs) =>
        channels.send(nowMs, idOf(label)!, createMessage(index, size), false),
      );
      expect(sent).toBe("sent");
    }
  }
  for (const label of ["ordered", "unordered"] as const) {
    await wait(`${label} messages to us`, () => heardFrom(label).length >= MESSAGES);
    await wait(`${label} messages to Chromium`, async () => {
      return (await callPage<Heard>(page, "heard", label)).length >= MESSAGES;
    });
  }
  for (const label of LABELS) {
    judge(label, heardFrom(label), toUs.get(label)!);
    judge(label, await callPage<Heard>(page, "heard", label), toThem.get(label)!);
  }
  const kind = isInterleaved ? ChunkType.IData : ChunkType.Data;
  expect(peer.heardChunks.has(kind)).toBe(true);

  // Both close one, and open one again in its place.
  const former = idOf("ordered")!;
  await callPage(page, "close", "ordered");
  peer.with((channels) => channels.closeChannel(idOf("ours")!));
  const isClosed = (id: number) =>
    peer.events.some((event) => event.kind === "closed" && event.channelId === id);
  await wait("the end of both channels", () => isClosed(former) && isClosed(idOf("ours")!));
  await wait("their end in Chromium", async () => {
    const states = await callPage<Record<string, string>>(page, "states");
    return states["ordered"] === "closed" && states["ours"] === "closed";
  });
  await callPage(page, "open", "again", {});
  await wait("the new channel", () => areOpen(["again"]));
  expect(idOf("again")).toBe(former);
  await callPage(page, "send", "again", [5, 1200]);
  await wait("messages on the new channel", () => heardFrom("again").length >= 2);
  await page.close();
}
