import { afterAll, expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** What ./scripts/proto writes now, against what is committed. */
const ROOT = resolve(import.meta.dir, "../..");
const KEPT_BY_HAND = /^(additions|rpc|psrpc)\//;

const folder = mkdtempSync(join(tmpdir(), "parley-proto-"));
afterAll(() => rmSync(folder, { recursive: true }));

const run = Bun.spawnSync([process.execPath, "scripts/proto.ts", "--out", folder, "--no-types"], {
  cwd: ROOT,
  stderr: "pipe",
});

function protoFiles(root: string): string[] {
  return readdirSync(join(root, "proto"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".proto") && !KEPT_BY_HAND.test(path))
    .sort();
}

test("scripts/proto runs", () => {
  expect(run.stderr.toString()).toBe("");
  expect(run.exitCode).toBe(0);
});

test("the committed .proto files are those that scripts/proto writes", () => {
  const paths = protoFiles(folder);
  expect(paths).toContain("livekit_rtc.proto");
  expect(protoFiles(ROOT)).toEqual(paths);
  const differing = paths.filter(
    (path) =>
      readFileSync(join(ROOT, "proto", path), "utf8") !==
      readFileSync(join(folder, "proto", path), "utf8"),
  );
  expect(differing).toEqual([]);
});

test("the committed code is what scripts/proto writes", () => {
  const names = readdirSync(join(folder, "src/gen")).sort();
  expect(names).toEqual(["livekit.js", "protobuf-runtime.js", "reflection.ts"]);
  const differing = names.filter(
    (name) =>
      readFileSync(join(ROOT, "src/gen", name), "utf8") !==
      readFileSync(join(folder, "src/gen", name), "utf8"),
  );
  expect(differing).toEqual([]);
});

test("the committed declarations were written together with the committed code", () => {
  const code = readFileSync(join(ROOT, "src/gen/livekit.js"));
  const hash = createHash("sha256").update(code).digest("hex");
  const declarations = readFileSync(join(ROOT, "src/gen/livekit.d.ts"), "utf8");
  expect(declarations.split("\n", 1)[0]).toBe(`// Of livekit.js with SHA-256 ${hash}.`);
});
