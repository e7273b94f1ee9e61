import { expect, test } from "bun:test";
import { jwtVerify } from "jose";
import { testFiles } from "../../test/support/test-config.ts";
import type { Config } from "../config/config.ts";
import type { ConfigFiles, ConfigWarning } from "../config/config-sources.ts";
import { GENERATED_FLAGS } from "../config/flags.ts";
import type { CliEnvironment } from "./command.ts";
import { base62 } from "./generate-keys.ts";
import { runCli } from "./run.ts";

const SECRET = "s".repeat(32);
const NOW_SECONDS = 1_750_000_000;

interface Run {
  readonly code: number;
  readonly output: string;
  readonly served: readonly { config: Config; warnings: readonly ConfigWarning[] }[];
}

async function run(
  args: readonly string[],
  given: { env?: Record<string, string>; files?: ConfigFiles } & Partial<CliEnvironment> = {},
): Promise<Run> {
  let output = "";
  const served: { config: Config; warnings: readonly ConfigWarning[] }[] = [];
  const code = await runCli({
    args,
    env: {},
    files: testFiles({}),
    localAddresses: ["127.0.0.1", "::1"],
    build: { version: "1.2.3", commit: "abc123" },
    write: (text) => {
      output += text;
    },
    wallMs: () => NOW_SECONDS * 1000 + 500,
    serve: async (config, warnings) => {
      served.push({ config, warnings });
      return 0;
    },
    ...given,
  });
  return { code, output, served };
}

test.each([["--version"], ["-v"], ["version"]])("%s prints version and commit", async (arg) => {
  expect(await run([arg])).toMatchObject({
    code: 0,
    output: "parley version 1.2.3 (abc123)\n",
    served: [],
  });
});

test("generate-keys prints a fresh pair in two lines", async () => {
  const secrets = new Set<string>();
  for (let i = 0; i < 100; i++) {
    const { code, output } = await run(["generate-keys"]);
    expect(code).toBe(0);
    const match =
      /^API Key: {2}(API[2-9A-HJ-NP-Za-km-z]{12})\nAPI Secret: {2}([0-9A-Za-z]{43,44})\n$/.exec(
        output,
      );
    expect(match).not.toBeNull();
    secrets.add(match![1]!).add(match![2]!);
  }
  expect(secrets.size).toBe(200);
});

test("a secret keeps its length when it starts with zeros", () => {
  expect(base62(new Uint8Array(32))).toBe("0".repeat(43));
  expect(base62(new Uint8Array(32).fill(255))).toHaveLength(43);
  expect(base62(Uint8Array.of(...new Uint8Array(31), 62))).toBe(`${"0".repeat(41)}10`);
});

test.each([
  {
    title: "by default",
    body: "",
    lines: [
      "TCP Ports",
      "7880 - HTTP service",
      "7881 - ICE/TCP",
      "UDP Ports",
      "50000-60000 - ICE/UDP range",
    ],
  },
  {
    title: "with one media port, TURN and no ICE/TCP",
    body: "port: 80\nrtc: {udp_port: 7882, tcp_port: 0}\nturn: {enabled: true, udp_port: 3478, tls_port: 5349, domain: t.example.com, external_tls: true}",
    lines: [
      "TCP Ports",
      "80 - HTTP service",
      "5349 - TURN/TLS",
      "UDP Ports",
      "7882 - ICE/UDP",
      "3478 - TURN/UDP",
    ],
  },
])("ports are listed $title, without keys", async ({ body, lines }) => {
  expect(await run(["ports", "--config-body", body])).toMatchObject({
    code: 0,
    output: `${lines.join("\n")}\n`,
  });
});

test("create-join-token signs for 30 days with the first key", async () => {
  const env = { LIVEKIT_KEYS: `first: ${SECRET}\nsecond: ${"t".repeat(32)}` };
  const { code, output } = await run(["create-join-token", "--room", "r", "--identity=i"], { env });
  expect(code).toBe(0);
  const token = /^Token: (\S+)\n$/.exec(output)?.[1] ?? "";
  const { payload, protectedHeader } = await jwtVerify(token, new TextEncoder().encode(SECRET), {
    currentDate: new Date(NOW_SECONDS * 1000),
  });
  expect(protectedHeader.alg).toBe("HS256");
  expect(payload).toEqual({
    iss: "first",
    sub: "i",
    nbf: NOW_SECONDS,
    exp: NOW_SECONDS + 30 * 86_400,
    video: { roomJoin: true, room: "r" },
  });
});

test("a recorder's token hides and silences", async () => {
  const { output } = await run([
    "--dev",
    "create-join-token",
    "--room=r",
    "--identity=i",
    "--recorder",
  ]);
  const payload = JSON.parse(atob(output.split(".")[1]!.replace(/-/g, "+").replace(/_/g, "/")));
  expect(payload.video).toEqual({
    roomJoin: true,
    room: "r",
    hidden: true,
    recorder: true,
    canPublish: false,
    canPublishData: false,
  });
});

test("list-nodes says what to set without Redis, and prints what it is given with it", async () => {
  expect(await run(["list-nodes"])).toMatchObject({ code: 1 });
  expect((await run(["list-nodes"])).output).toContain("--redis-host");
  const args = ["list-nodes", "--redis-host=127.0.0.1:6379"];
  expect((await run(args)).code).toBe(1);
  const listNodes = async (config: Config) => `nodes of ${config.redis.address}\n`;
  expect(await run(args, { listNodes })).toMatchObject({
    code: 0,
    output: "nodes of 127.0.0.1:6379\n",
  });
});

test("help lists commands and base flags, and neither hidden nor generated ones", async () => {
  for (const args of [["help"], ["h"], ["--help"], ["-h"]]) {
    const { code, output } = await run(args);
    expect(code).toBe(0);
    for (const text of ["generate-keys", "help-verbose", "--node-ip", "$NODE_IP", "--bind"]) {
      expect(output).toContain(text);
    }
    for (const text of ["create-join-token", "--rtc.tcp_port", "--disable-strict-config"]) {
      expect(output).not.toContain(text);
    }
  }
});

test("help-verbose has every flag with its default and environment name", async () => {
  const { code, output } = await run(["help-verbose"]);
  expect(code).toBe(0);
  for (const { name, env } of GENERATED_FLAGS) {
    expect(output).toContain(`--${name} `);
    expect(output).toContain(`[$${env}]`);
  }
  expect(output).toMatch(/--rtc\.tcp_port value +.*\(default: 7881\) \[\$LIVEKIT_RTC_TCP_PORT\]/);
});

test.each([[["help", "create-join-token"]], [["create-join-token", "--help"]]])(
  "%j shows that command's flags",
  async (args) => {
    const { code, output } = await run(args);
    expect(code).toBe(0);
    expect(output).toContain("--identity value");
    expect(output).not.toContain("--config");
  },
);

test("without a command the server runs with the loaded configuration", async () => {
  const files = testFiles({ "a.yaml": `port: 1000\nkeys: {k: short}\n` });
  const { code, served, output } = await run(["--config", "a.yaml", "--rtc.tcp_port=0"], { files });
  expect({ code, output }).toEqual({ code: 0, output: "" });
  expect(served).toHaveLength(1);
  expect(served[0]!.config).toMatchObject({ port: 1000, rtc: { tcpPort: 0 } });
  expect(served[0]!.warnings).toMatchObject([{ level: "error" }]);
});

test("an unknown first word starts the server as well", async () => {
  expect((await run(["start", "--dev"])).served).toHaveLength(1);
});

test("the server's exit code is the program's", async () => {
  expect((await run(["--dev"], { serve: async () => 3 })).code).toBe(3);
});

test.each([
  [["--config", "missing.yaml"], "open missing.yaml: no such file or directory\n"],
  [["--config-body", "foo: 1"], 'could not parse config: config-body:1:1: unknown key "foo"\n'],
])("%j is explained on standard output, with exit code 1", async (args, output) => {
  expect(await run(args)).toMatchObject({ code: 1, output, served: [] });
});

test("no keys is explained", async () => {
  const { code, output } = await run(["--config-body", "{}"]);
  expect(code).toBe(1);
  expect(output).toStartWith("one of key-file or keys must be provided");
});

test("wrong usage shows the help and the mistake", async () => {
  const { code, output } = await run(["--dev=xx"]);
  expect(code).toBe(1);
  expect(output).toStartWith('Incorrect Usage: invalid value "xx" for flag -dev: parse error');
  expect(output).toContain("GLOBAL OPTIONS:");
  expect(output.trimEnd().split("\n").at(-1)).toStartWith('invalid value "xx" for flag -dev');
  const missing = await run(["create-join-token", "--room=r", "--dev"]);
  expect(missing.output).toContain('Required flag "identity" not set');
  expect(missing.code).toBe(1);
});

test("a failing system call is one line, a bug has its stack", async () => {
  const busy = Object.assign(new Error("listen EADDRINUSE"), { code: "EADDRINUSE" });
  const failing = (error: Error) => ({ serve: () => Promise.reject(error) });
  expect(await run(["--dev"], failing(busy))).toMatchObject({
    code: 1,
    output: "listen EADDRINUSE\n",
  });
  const bug = await run(["--dev"], failing(new TypeError("oops")));
  expect(bug.code).toBe(1);
  expect(bug.output).toContain("run.test.ts");
});
