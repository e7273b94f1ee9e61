import { expect, test } from "bun:test";
import { isDeepStrictEqual } from "node:util";
import { readConfigYaml } from "../../src/config/read-yaml.ts";
import { defaultOf, LEAVES } from "../../src/config/settings.ts";
import { switchOnAll, writeConfigSample } from "../support/config-sample.ts";
import { loadTest } from "../support/test-config.ts";

const SAMPLE_URL: URL = new URL("../../config-sample.yaml", import.meta.url);
if (Bun.env["UPDATE_CONFIG_SAMPLE"] === "1") await Bun.write(SAMPLE_URL, writeConfigSample());
const sample: string = await Bun.file(SAMPLE_URL).text();

test("the sample is what the settings table says (UPDATE_CONFIG_SAMPLE=1 writes it anew)", () => {
  expect(sample).toBe(writeConfigSample());
});

test("the sample as it stands is enough to start, with a warning about its key alone", () => {
  const { config, warnings } = loadTest({ yaml: sample });
  expect(warnings.map(({ message }) => message)).toEqual([
    "The key of the sample config is in use, anybody can make tokens: replace it",
  ]);
  expect(config.port).toBe(7880);
  expect(Object.keys(config.keys)).toHaveLength(1);
});

test("switched on altogether, the sample has every setting of today and no other", () => {
  const { settings, problems } = readConfigYaml(switchOnAll(sample), "config-sample.yaml", true);
  expect(problems).toEqual([]);
  const current = LEAVES.filter(({ leaf }) => leaf.deprecated === undefined);
  expect([...settings.keys()].toSorted()).toEqual(current.map(({ path }) => path).toSorted());
});

test("every value in the sample is the default", () => {
  const { settings } = readConfigYaml(switchOnAll(sample), "config-sample.yaml", true);
  const changed = LEAVES.filter(({ path, leaf }) => {
    return settings.has(path) && !isDeepStrictEqual(settings.get(path), defaultOf(leaf));
  });
  expect(changed.map(({ path }) => path)).toEqual(["keys"]);
});

test("each setting is explained by one line that fits", () => {
  for (const { path, leaf } of LEAVES) {
    expect(leaf.help, path).toMatch(/^[^\n]{4,99}[^.\n]$/);
  }
  expect(sample.split("\n").filter((line) => line.length > 100)).toEqual([]);
});
