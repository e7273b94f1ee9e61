/**
 * A camera of three layers to a subscriber behind a bad downlink, both of them Chromium with
 * livekit-client: `unshare --net bun test/load/run-impairment.ts --command 'SERVER {config}'
 * --scenario NAME`, as root. Prints one line of JSON.
 */
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { joinToken } from "../../src/loadtest/access-token.ts";
import { TestBrowser } from "../support/browser.ts";
import { addPageScript, callPage } from "../support/page-bundle.ts";
import { until } from "../support/until.ts";
import { required } from "./arguments.ts";
import { FAR_ADDRESS, ImpairedLink, NEAR_ADDRESS } from "./impaired-link.ts";
import { IMPAIRMENTS, type ImpairmentResult } from "./impairments.ts";
import { MeasuredServer } from "./measured-server.ts";

const ROOM = "impairment";
const SAMPLE_MS = 250;
const TOP_HEIGHT = 720;
/** A layer counts as reached when it has been shown for so long. */
const SETTLED_MS = 3_000;
/** Of a subscriber that has just joined, nothing is asked yet. */
const WARM_UP_MS = 8_000;

/** As the page's own type says; the page is checked with other types than this is. */
type Reception = {
  readonly height: number;
  readonly framesDecoded: number;
  readonly packetsReceived: number;
  readonly packetsLost: number;
  readonly retransmittedPacketsReceived: number;
  readonly freezeCount: number;
  readonly gapMaxMs: number;
};

type Sample = { readonly ms: number; readonly queueMs: number } & Reception;

async function open(
  browser: TestBrowser,
  server: MeasuredServer,
  host: string,
  identity: string,
): Promise<Page> {
  const { key, secret, url } = server.access;
  const port = new URL(url).port;
  const page = await browser.open(`http://${host}:${port}`);
  await addPageScript(page, "client");
  await callPage(
    page,
    "join",
    `ws://${host}:${port}`,
    await joinToken({ key, secret }, ROOM, identity),
  );
  return page;
}

async function watch(page: Page, link: ImpairedLink, forMs: number): Promise<Sample[]> {
  const samples: Sample[] = [];
  const startMs = performance.now();
  for (let ms = 0; ms < forMs; ms = performance.now() - startMs) {
    await Bun.sleep(SAMPLE_MS);
    const reception = await callPage<Reception>(page, "reception");
    const { queueMaxMs } = link.takeDownlink();
    samples.push({ ...reception, ms: performance.now() - startMs, queueMs: queueMaxMs });
  }
  return samples;
}

/** @returns when `height` was reached for good, ms from the start; NaN: never */
function reachedMs(samples: readonly Sample[], height: number): number {
  const last = samples.findLastIndex((sample) => sample.height !== height);
  const first = samples[last + 1];
  if (first === undefined || samples.at(-1)!.ms - first.ms < SETTLED_MS) return Number.NaN;
  return last < 0 ? 0 : first.ms;
}

function maxOf(samples: readonly Sample[], of: (sample: Sample) => number): number {
  return samples.reduce((most, sample) => Math.max(most, of(sample)), 0);
}

export async function runImpairment(command: string, name: string): Promise<ImpairmentResult> {
  const scenario = IMPAIRMENTS.find((it) => it.name === name);
  if (scenario === undefined) throw new Error(`There is no impairment ${name}`);
  using link = ImpairedLink.create(scenario.start);
  link.setUplink({ rateBps: Number.POSITIVE_INFINITY });
  await using server = await MeasuredServer.start(command, undefined, NEAR_ADDRESS);
  const trustedOrigin = `http://${NEAR_ADDRESS}:${new URL(server.access.url).port}`;
  await using near = await TestBrowser.launch({ trustedOrigin });
  await using far = await TestBrowser.launch({ namespace: link.namespace, trustedOrigin });
  const publisher = await open(near, server, NEAR_ADDRESS, "publisher");
  await callPage(publisher, "publishCamera", "vp8");
  const page = await open(far, server, NEAR_ADDRESS, "subscriber");
  await until(
    async () => (await callPage<Reception | undefined>(page, "reception"))?.height === TOP_HEIGHT,
    { what: `the highest layer at ${FAR_ADDRESS}`, timeoutMs: 30_000 },
  );
  await callPage(page, "watchPictures");
  await watch(page, link, WARM_UP_MS);
  const before = (await watch(page, link, SAMPLE_MS)).at(-1)!;

  link.setDownlink(scenario.limit.down);
  if (scenario.limit.down.loss !== undefined) link.setUplink({ loss: scenario.limit.down.loss });
  const limited = await watch(page, link, scenario.limit.forMs);
  const heightInLimit = limited.at(-1)!.height;
  const settleMs = reachedMs(limited, heightInLimit);
  const settled = limited.filter(({ ms }) => ms > settleMs);
  let recoverMs = Number.NaN;
  let all = limited;
  if (scenario.after !== undefined) {
    link.setDownlink(scenario.after.down);
    const after = await watch(page, link, scenario.after.forMs);
    recoverMs = reachedMs(after, TOP_HEIGHT);
    all = [...limited, ...after];
  }
  const end = all.at(-1)!;
  const received = end.packetsReceived - before.packetsReceived;
  const repaired = end.retransmittedPacketsReceived - before.retransmittedPacketsReceived;
  const lost = Math.max(end.packetsLost - before.packetsLost - repaired, 0);
  const seconds = (scenario.limit.forMs + (scenario.after?.forMs ?? 0)) / 1000;
  return {
    scenario: name,
    settleMs,
    heightInLimit,
    queueMaxMs: maxOf(settled, ({ queueMs }) => queueMs),
    queuePeakMs: maxOf(limited, ({ queueMs }) => queueMs),
    recoverMs,
    freezes: end.freezeCount - before.freezeCount,
    gapMaxMs: maxOf(all, ({ gapMaxMs }) => gapMaxMs),
    framesPerSecond: (end.framesDecoded - before.framesDecoded) / seconds,
    lostPercent: (100 * lost) / Math.max(received + lost, 1),
  };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { command: { type: "string" }, scenario: { type: "string" } },
  });
  const command = required(values.command, "command");
  const result = await runImpairment(command, required(values.scenario, "scenario"));
  console.log(JSON.stringify(result));
  process.exit(0);
}
