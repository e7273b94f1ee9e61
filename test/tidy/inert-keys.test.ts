import { expect, test } from "bun:test";
import { covers, INERT_KEYS } from "../../src/config/inert-keys.ts";
import { fieldNameOf } from "../../src/config/schema-types.ts";
import { LEAVES } from "../../src/config/settings.ts";
import { folderOf, isTest, readFiles } from "./source-files.ts";

/** Whoever reads a setting outside of its own folder has imported the type of all of them. */
const CONFIG_IMPORT = /from\s*"[./]+\/config\/config\.ts"/;

const readers = readFiles("src/**/*.ts").filter(
  (file) =>
    !isTest(file.path) &&
    // commands print settings, which is no effect
    !["config", "gen", "cli"].includes(folderOf(file.path)) &&
    CONFIG_IMPORT.test(file.text),
);
const code = readers.map((file) => file.code).join("\n");

/** A name of one word says little, so it counts below its section's only. */
function isRead(path: string): boolean {
  const keys = path.split(".");
  const leaf = LEAVES.find((candidate) => candidate.path === path)!.leaf;
  const field = fieldNameOf(keys.at(-1)!, leaf);
  const section = keys.length > 1 ? fieldNameOf(keys.at(-2)!, {}) : "config";
  const isCompound = /[A-Z]/.test(field);
  return new RegExp(`\\b${isCompound ? "" : `${section}\\.`}${field}\\b`).test(code);
}

test("a setting that is said to have no effect yet is read by nobody", () => {
  const inert = LEAVES.map(({ path }) => path).filter((path) =>
    INERT_KEYS.some((key) => covers(key, path)),
  );
  expect(inert.length).toBeGreaterThan(50);
  expect(inert.filter(isRead)).toEqual([]);
});

test.each([
  "limit.max_data_track_custom_encoding_length",
  "rtc.workers",
  "room.auto_create",
  "port",
  "development",
])("the check sees that %s is read", (path) => {
  expect(isRead(path)).toBe(true);
});
