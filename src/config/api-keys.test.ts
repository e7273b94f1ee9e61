import { expect, test } from "bun:test";
import { loadTest, testFiles } from "../../test/support/test-config.ts";

const SECRET = "s".repeat(32);

test("without keys there is no start", () => {
  for (const yaml of ["", "keys: {}", "port: 1"]) {
    expect(() => loadTest({ yaml })).toThrow("one of key-file or keys must be provided");
  }
});

test("commands that only look at settings need no keys", () => {
  const yaml = "webhook: {urls: [http://127.0.0.1:9/x]}\nkey_file: missing.yaml";
  expect(loadTest({ yaml, keys: "optional" }).config.port).toBe(7880);
});

test("keys from the flag or the environment replace those of the file", () => {
  const yaml = `keys: {old: ${SECRET}}`;
  const env = { LIVEKIT_KEYS: `a: ${SECRET}\nb: ${SECRET}` };
  expect(loadTest({ yaml, env }).config.keys).toEqual({ a: SECRET, b: SECRET });
  const flags = { keys: `c: ${SECRET}` };
  expect(loadTest({ yaml, env, flags }).config.keys).toEqual({ c: SECRET });
});

test.each([
  [0o600, true],
  [0o640, true],
  [0o660, true],
  [0o644, false],
  [0o604, false],
  [0o601, false],
])("a key file with mode %o is taken: %p", (mode, isTaken) => {
  const files = testFiles({ "keys.yaml": `filekey: ${SECRET}` }, { "keys.yaml": mode });
  const load = () => loadTest({ files, flags: { "key-file": "keys.yaml" } });
  if (isTaken) expect(load().config.keys).toEqual({ filekey: SECRET });
  else expect(load).toThrow("key file others permissions must be set to 0");
});

test("the key file's name may have a home directory and variables in it", () => {
  const files = testFiles({ "/home/ann/prod/keys.yaml": `a: ${SECRET}` });
  const env = { HOME: "/home/ann", STAGE: "prod" };
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's variable, not a template's
  for (const path of ["~/$STAGE/keys.yaml", "$HOME/${STAGE}/keys.yaml"]) {
    const { config } = loadTest({ files, env, flags: { "key-file": path } });
    expect(config.keyFile).toBe("/home/ann/prod/keys.yaml");
    expect(config.keys).toEqual({ a: SECRET });
  }
});

test("the key file's keys replace all others", () => {
  const files = testFiles({ k: `a: ${SECRET}` });
  const flags = { "key-file": "k", keys: `b: ${SECRET}` };
  expect(loadTest({ files, flags }).config.keys).toEqual({ a: SECRET });
});

test("a key file that is missing, broken or empty is refused", () => {
  const flags = { "key-file": "k" };
  expect(() => loadTest({ files: testFiles({}), flags })).toThrow("open k: no such file");
  expect(() => loadTest({ files: testFiles({ k: "a: [1" }), flags })).toThrow(
    "could not parse key file: k:1:",
  );
  expect(() => loadTest({ files: testFiles({ k: "" }), flags })).toThrow(
    "one of key-file or keys must be provided",
  );
});

test("a short secret is an error in the log, once for each key, and start goes on", () => {
  const { config, warnings } = loadTest({ yaml: `keys: {a: short, b: ${SECRET}, c: x}` });
  expect(Object.keys(config.keys)).toEqual(["a", "b", "c"]);
  expect(warnings).toMatchObject([
    { level: "error", fields: { apiKey: "a" } },
    { level: "error", fields: { apiKey: "c" } },
  ]);
  expect(JSON.stringify(warnings)).not.toContain('short"');
  expect(warnings[0]?.message).toContain("at least 32 characters");
  expect(loadTest({ yaml: "keys: {a: short}\ndevelopment: true" }).warnings).toEqual([]);
});

test("development without keys has the placeholder key, on loopback only", () => {
  for (const sources of [{ flags: { dev: "true" } }, { yaml: "development: true" }]) {
    const { config, warnings } = loadTest(sources);
    expect(config.development).toBe(true);
    expect(config.keys).toEqual({ devkey: "secret" });
    expect(config.bindAddresses).toEqual(["127.0.0.1", "::1"]);
    expect(warnings).toMatchObject([{ level: "info", fields: { apiKey: "devkey" } }]);
  }
});

test("development binds to no IPv6 address where there is none", () => {
  const localAddresses = ["127.0.0.1", "192.0.2.5"];
  expect(loadTest({ yaml: "development: true", localAddresses }).config.bindAddresses).toEqual([
    "127.0.0.1",
  ]);
});

test("development with keys of its own is not tied to loopback", () => {
  const { config } = loadTest({ yaml: `development: true\nkeys: {a: ${SECRET}}` });
  expect(config.bindAddresses).toEqual([]);
  expect(config.keys).not.toHaveProperty("devkey");
});

test("--dev=false turns development off", () => {
  expect(() => loadTest({ yaml: "development: true", flags: { dev: "false" } })).toThrow("keys");
});

test.each([
  { bind: ["192.168.1.5", "127.0.0.1"], includes: ["192.168.1.5/24", "127.0.0.1/24"] },
  { bind: ["2001:db8::5"], includes: ["2001:db8::5/64"] },
  { bind: ["0.0.0.0"], includes: [] },
  { bind: ["127.0.0.1"], includes: [] },
])("development bound to $bind takes media from $includes", ({ bind, includes }) => {
  const { config } = loadTest({ flags: { dev: "true", bind } });
  expect(config.rtc.ips.includes).toEqual(includes);
});

test("secrets of other TURN servers come from closed files, inline ones win", () => {
  const files = testFiles({
    "test.yaml": `
development: true
rtc:
  turn_servers:
    - {host: a, secret_file: secret}
    - {host: b, secret_file: secret, secret: inline}
    - {host: c, credentials_file: credentials}
    - {host: d, credentials_file: credentials, username: u, credential: c}
`,
    secret: "  topsecret\n",
    credentials: "username: fu\ncredential: fc\n",
  });
  const { config, warnings } = loadTest({ files, flags: { config: "test.yaml" } });
  expect(config.rtc.turnServers).toMatchObject([
    { secret: "topsecret" },
    { secret: "inline" },
    { username: "fu", credential: "fc" },
    { username: "u", credential: "c" },
  ]);
  expect(warnings.filter(({ level }) => level === "warn")).toHaveLength(2);
});

test.each([
  ["secret_file: secret", "s", 0o644, "turn secret file others permissions must be set to 0"],
  ["secret_file: secret", " \n", 0o600, "turn secret is empty"],
  ["secret_file: missing", "s", 0o600, "open missing: no such file"],
  [
    "credentials_file: secret",
    "username: u",
    0o644,
    "turn credentials file others permissions must be set to 0",
  ],
  ["credentials_file: secret", "username: u", 0o600, "no usable credentials"],
  ["credentials_file: secret", "- 1", 0o600, "secret:1:1: expected keys and values"],
])("a TURN server with %s containing %j, mode %o, is refused", (entry, content, mode, text) => {
  const yaml = `development: true\nrtc: {turn_servers: [{host: h, ${entry}}]}\n`;
  const files = testFiles({ "test.yaml": yaml, secret: content }, { secret: mode });
  expect(() => loadTest({ files, flags: { config: "test.yaml" } })).toThrow(text);
});
