import type { Config } from "../../src/config/config.ts";
import type { ConfigFiles } from "../../src/config/config-sources.ts";
import { type LoadedConfig, loadConfig } from "../../src/config/load-config.ts";

/** A file system of a few texts, as `node:fs` would behave. Permissions default to 0o600. */
export function testFiles(
  texts: Readonly<Record<string, string>>,
  permissions: Readonly<Record<string, number>> = {},
): ConfigFiles {
  const missing = (path: string): Error =>
    Object.assign(new Error(`ENOENT: no such file or directory, open '${path}'`), {
      code: "ENOENT",
    });
  return {
    read(path) {
      const text = texts[path];
      if (text === undefined) throw missing(path);
      return text;
    },
    permissions(path) {
      if (texts[path] === undefined) throw missing(path);
      return permissions[path] ?? 0o600;
    },
  };
}

export interface TestSources {
  readonly yaml?: string;
  readonly flags?: Readonly<Record<string, string | readonly string[]>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: ConfigFiles;
  readonly localAddresses?: readonly string[];
  readonly keys?: "required" | "optional";
}

/** For tests: a configuration from plain values; the YAML goes in as `test.yaml`. */
export function loadTest(sources: TestSources): LoadedConfig {
  const flags = new Map(
    Object.entries(sources.flags ?? {}).map(([name, value]) => [
      name,
      typeof value === "string" ? [value] : value,
    ]),
  );
  const files = sources.files ?? testFiles({ "test.yaml": sources.yaml ?? "" });
  if (sources.yaml !== undefined) flags.set("config", ["test.yaml"]);
  const { env = {}, localAddresses = ["127.0.0.1", "::1"], keys = "required" } = sources;
  return loadConfig({ flags, env, files, localAddresses, keys });
}

export function loadTestConfig(yaml: string): Config {
  return loadTest({ yaml }).config;
}
