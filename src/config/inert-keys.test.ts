import { expect, test } from "bun:test";
import { loadTestConfig } from "../../test/support/test-config.ts";
import { covers, INERT_KEYS, inertKeys } from "./inert-keys.ts";
import { LEAVES } from "./settings.ts";

const KEYS = `keys: {key: ${"s".repeat(32)}}\n`;

test("settings left at their defaults are not worth a word", () => {
  expect(inertKeys(loadTestConfig(KEYS))).toEqual([]);
  expect(inertKeys(loadTestConfig("development: true"))).toEqual([]);
});

test("what somebody has changed without effect is named by its path", () => {
  const yaml = `${KEYS}trace: {jaeger_url: x}\nport: 1000\nrtc: {use_mdns: true, tcp_port: 7}\n`;
  expect(inertKeys(loadTestConfig(yaml))).toEqual(["rtc.use_mdns", "trace.jaeger_url"]);
});

test("each entry of the table stands for a setting that there is", () => {
  for (const inert of INERT_KEYS) {
    const covered = LEAVES.filter(({ path }) => covers(inert, path));
    expect(covered.length, inert).toBeGreaterThan(0);
  }
  expect([...INERT_KEYS].toSorted()).toEqual([...INERT_KEYS]);
});
