import { expect, test } from "bun:test";
import type { LoadReport } from "../../src/loadtest/load-report.ts";
import { API_KEY, API_SECRET, ServerProcess } from "../support/server-process.ts";
import { until } from "../support/until.ts";

const BINARY = process.env["PARLEY_LOAD_TEST"] ?? "dist/parley";

type Outcome = { readonly code: number; readonly output: string; readonly errors: string };

function start(args: readonly string[], env: Record<string, string> = {}) {
  return Bun.spawn([BINARY, "load-test", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, LIVEKIT_API_KEY: API_KEY, LIVEKIT_API_SECRET: API_SECRET, ...env },
  });
}

async function finish(child: ReturnType<typeof start>): Promise<Outcome> {
  const [output, errors, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { code, output, errors };
}

test("the binary puts load on itself: everything arrives, and all have left afterwards", async () => {
  await using server = await ServerProcess.start();
  const child = start([
    ...["--url", server.httpUrl, "--room", "load", "--duration", "2s", "--num-per-second", "20"],
    ...["--audio-publishers", "2", "--video-publishers", "1", "--data-senders", "1"],
    ...["--subscribers", "3", "--json", "-"],
  ]);
  await until(async () => (await server.rooms.listParticipants("load")).length === 5, {
    what: "all of them in the room",
  });
  const { code, output, errors } = await finish(child);
  const report = JSON.parse(output) as LoadReport;
  expect(errors).toContain("5 of 5 clients joined");
  expect(report.participants).toEqual({ wanted: 5, joined: 5, failed: 0, lost: 0 });
  expect(report.errors).toEqual([]);
  expect(report.audio).toMatchObject({ tracks: 6, expectedTracks: 6 });
  expect(report.video).toMatchObject({ tracks: 3, expectedTracks: 3 });
  for (const media of [report.audio, report.video]) {
    expect(media!.packets).toBeGreaterThan(0);
    expect(media!.latency.count).toBe(media!.packets);
  }
  expect(report.data!.sent).toBeGreaterThan(0);
  expect(report.data!.received).toBe(report.data!.expected);
  expect(code).toBe(0);
  expect(await server.rooms.listParticipants("load")).toEqual([]);
}, 60_000);

test("a load test without an end is ended by SIGINT, with a report and without anybody left", async () => {
  await using server = await ServerProcess.start();
  const child = start([
    ...["--url", server.wsUrl, "--room", "load", "--num-per-second", "20"],
    ...["--audio-publishers", "2", "--publishers-subscribe"],
  ]);
  await until(
    async () => {
      const participants = await server.rooms.listParticipants("load");
      return participants.length === 2 && participants.every(({ tracks }) => tracks.length === 1);
    },
    { what: "both to publish" },
  );
  child.kill("SIGINT");
  const { code, output } = await finish(child);
  expect(output).toContain(" of 2 clients joined");
  expect(code).toBe(0);
  expect(await server.rooms.listParticipants("load")).toEqual([]);
}, 60_000);

test("a server that refuses or is not there is told from one that works, with what to do", async () => {
  await using server = await ServerProcess.start();
  const refused = await finish(
    start(["--url", server.wsUrl, "--subscribers", "1"], { LIVEKIT_API_SECRET: "x".repeat(40) }),
  );
  expect(refused.code).toBe(1);
  expect(refused.output).toContain("refused the token");
  expect(refused.output).toContain("Check --api-key and --api-secret");
  const absent = await finish(start(["--url", "ws://127.0.0.1:9", "--subscribers", "1"]));
  expect(absent.code).toBe(1);
  expect(absent.output).toContain("Cannot reach ws://127.0.0.1:9");
  expect(absent.output).toContain("Check --url");
}, 60_000);

test("clients that the server does not let in are counted, and the exit code says so", async () => {
  await using server = await ServerProcess.start({ config: { room: { max_participants: 2 } } });
  const { code, output } = await finish(
    start([
      ...["--url", server.wsUrl, "--duration", "1s", "--num-per-second", "10"],
      ...["--audio-publishers", "1", "--subscribers", "3"],
    ]),
  );
  expect(output).toContain("2 of 4 clients joined, 2 failed");
  expect(output).toMatch(/^2 x .+/m);
  expect(code).toBe(1);
}, 60_000);
