import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import deno from "../../deno.json" with { type: "json" };
import manifest from "../../package.json" with { type: "json" };
import { ROOT } from "./source-files.ts";

function read(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** `npm:name@1.2.3/path` of deno.json against the versions of package.json. */
function findDifferences(
  imports: Readonly<Record<string, string>>,
  versions: Readonly<Record<string, string>>,
): string[] {
  const problems: string[] = [];
  for (const [name, target] of Object.entries(imports)) {
    const [, wanted, version] = /^npm:((?:@[^/]+\/)?[^@/]+)@([^/]+)/.exec(target) ?? [];
    if (wanted === undefined || versions[wanted] !== version) {
      problems.push(`deno.json has ${name} as ${target}, package.json ${versions[wanted ?? name]}`);
    }
  }
  const named = new Set(Object.keys(imports));
  for (const name of Object.keys(versions)) {
    if (!named.has(name)) problems.push(`deno.json has no import of ${name}`);
  }
  return problems;
}

function findAddresses(lock: string): string[] {
  return lock.match(/\b(?:https?|git|ssh):\/\/[^"\s]+/g) ?? [];
}

test("package.json and deno.json name the same version of the server and of each package", () => {
  expect(Object.keys(manifest.dependencies).length).toBeGreaterThan(5);
  expect(findDifferences(deno.imports, manifest.dependencies)).toEqual([]);
  expect(deno.version).toBe(manifest.version);
});

test("every package has one exact version", () => {
  const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

test("Bun is pinned once, and its types are close behind", () => {
  expect(manifest.packageManager).toBe(`bun@${manifest.engines.bun}`);
  const line = manifest.engines.bun.split(".").slice(0, 2).join(".");
  expect(manifest.devDependencies["@types/bun"]).toStartWith(`${line}.`);
});

test("a server run from source reports the version of package.json", () => {
  expect(read("src/app/build-info.ts")).toContain(`"${manifest.version}"`);
});

test("the tasks of deno.json run what the scripts of package.json run", () => {
  const scripts: Readonly<Record<string, string>> = manifest.scripts;
  const shared = Object.entries(deno.tasks).filter(([name]) => name !== "check");
  expect(shared.filter(([name, command]) => scripts[name] !== command)).toEqual([]);
});

test("the lock file is text and has no download addresses", () => {
  const lock = read("bun.lock");
  expect(lock).toContain(`"hono": "${manifest.dependencies.hono}"`);
  expect(findAddresses(lock)).toEqual([]);
});

test("these checks can fail", () => {
  expect(findDifferences({ a: "npm:a@1.0.0" }, { a: "1.0.1" })).toHaveLength(1);
  expect(findDifferences({}, { a: "1.0.1" })).toHaveLength(1);
  expect(findDifferences({ "@x/a/b": "npm:@x/a@1.0.0/b" }, { "@x/a": "2.0.0" })).toHaveLength(2);
  expect(findAddresses('["hono@4.0.0", "https://packages.example/hono.tgz"]')).toHaveLength(1);
});
