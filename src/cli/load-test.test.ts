import { expect, test } from "bun:test";
import { testFiles } from "../../test/support/test-config.ts";
import type { LoadPlan } from "../loadtest/load-plan.ts";
import { runCli } from "./run.ts";

const ACCESS = ["--api-key", "key", "--api-secret", "secret"];

type Outcome = {
  readonly code: number;
  readonly output: string;
  readonly plan: LoadPlan | undefined;
  readonly jsonPath: string | undefined;
};

async function run(args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
  let output = "";
  const given: { plan?: LoadPlan; jsonPath?: string | undefined } = {};
  const code = await runCli({
    args,
    env,
    files: testFiles({}),
    localAddresses: ["127.0.0.1"],
    build: { version: "1.2.3", commit: "abc123" },
    write: (text) => {
      output += text;
    },
    wallMs: () => 0,
    serve: async () => 0,
    loadTest: async (plan, jsonPath) => {
      given.plan = plan;
      given.jsonPath = jsonPath;
      return 7;
    },
  });
  return { code, output, plan: given.plan, jsonPath: given.jsonPath };
}

function loadTest(args: readonly string[], env?: Record<string, string>): Promise<Outcome> {
  return run(["load-test", ...args], env);
}

test("options make a plan, and the test's exit code is the program's", async () => {
  const { code, plan, jsonPath } = await loadTest([
    ...ACCESS,
    ...["--url", "https://example.com/media/", "--room", "demo", "--duration", "1m30s"],
    ...["--audio-publishers", "2", "--video-publishers", "1", "--subscribers", "60"],
    ...["--data-senders=1", "--data-rate=0.5", "--data-bytes=64", "--data-lossy"],
    ...["--num-per-second", "2.5", "--video-resolution", "medium", "--no-simulcast"],
    ...["--layout", "4x4", "--identity-prefix", "x-", "--json", "out.json"],
  ]);
  expect(code).toBe(7);
  expect(jsonPath).toBe("out.json");
  expect(plan).toEqual({
    url: "wss://example.com/media",
    key: "key",
    secret: "secret",
    room: "demo",
    rooms: 1,
    durationMs: 90_000,
    audioPublishers: 2,
    videoPublishers: 1,
    dataSenders: 1,
    subscribers: 60,
    publishersSubscribe: false,
    joinsPerSecond: 2.5,
    layerCount: 2,
    isSimulcast: false,
    layout: "4x4",
    identityPrefix: "x-",
    data: { rate: 0.5, byteCount: 64, isReliable: false },
  });
});

test("the environment stands in for the server and its key, and options win", async () => {
  const env = {
    LIVEKIT_URL: "wss://example.com",
    LIVEKIT_API_KEY: "their-key",
    LIVEKIT_API_SECRET: "their-secret",
  };
  expect((await loadTest(["--subscribers", "1"], env)).plan).toMatchObject({
    url: "wss://example.com",
    key: "their-key",
    secret: "their-secret",
  });
  const { plan } = await loadTest(["--subscribers", "1", "--url=ws://127.0.0.1:1"], env);
  expect(plan).toMatchObject({ url: "ws://127.0.0.1:1", key: "their-key" });
});

test("names that are not given differ from test to test", async () => {
  const args = [...ACCESS, "--subscribers", "1"];
  const [first, second] = [await loadTest(args), await loadTest(args)];
  expect(first.plan?.room).toMatch(/^load-test-[a-z0-9]{6}$/);
  expect(first.plan?.room).not.toBe(second.plan?.room);
  expect(first.plan?.identityPrefix).not.toBe(second.plan?.identityPrefix);
});

test("--dev is the key of a server in development", async () => {
  const { plan } = await loadTest(["--dev", "--publishers", "1"]);
  expect(plan).toMatchObject({
    url: "ws://127.0.0.1:7880",
    key: "devkey",
    secret: "secret",
    videoPublishers: 1,
  });
});

test.each([
  [["--subscribers", "1"], "an API key and its secret of the server are needed"],
  [[...ACCESS], "nobody would join"],
  [[...ACCESS, "--subscribers", "-1"], "must be a whole number from 0 to 10000"],
  [[...ACCESS, "--subscribers", "1e9"], "must be a whole number from 0 to 10000"],
  [[...ACCESS, "--subscribers", "99999999"], "must be a whole number from 0 to 10000"],
  [[...ACCESS, "--subscribers", "9000", "--rooms", "2"], "run several, on several machines"],
  [[...ACCESS, "--num-per-second", "0"], "must be a number from 0.1 to 1000"],
  [[...ACCESS, "--duration", "soon"], "must be a time such as 30s"],
  [[...ACCESS, "--duration", "1000h"], "must be 168h or less"],
  [[...ACCESS, "--data-bytes", "5"], "must be a whole number from 14 to 15000"],
  [[...ACCESS, "--layout", "7x7"], "must be one of speaker, 3x3, 4x4, 5x5, all"],
  [[...ACCESS, "--video-codec", "h264"], "must be one of vp8"],
  [[...ACCESS, "--url", "example.com"], "must be an address such as wss://example.com"],
  [[...ACCESS, "--url", "wss://"], "must be an address such as wss://example.com"],
  [[...ACCESS, "--subscribrs", "1"], "did you mean --subscribers?"],
  [[...ACCESS, "60"], "60 is no option"],
] as const)("%j is refused and says what to do", async (args, text) => {
  const { code, output, plan } = await loadTest(args);
  expect(code).toBe(1);
  expect(plan).toBeUndefined();
  expect(output.trimEnd().split("\n").at(-1)).toContain(text);
  expect(output).toContain("parley load-test");
});

test("a secret is never shown", async () => {
  const { output } = await loadTest(["--api-secret", "very-secret", "--layout", "x"]);
  expect(output).not.toContain("very-secret");
});

test("help names every option that is not hidden", async () => {
  const { code, output } = await run(["help", "load-test"]);
  expect(code).toBe(0);
  for (const name of ["url", "api-key", "subscribers", "json"])
    expect(output).toContain(`--${name}`);
  expect(output).not.toContain("--publishers ");
});
