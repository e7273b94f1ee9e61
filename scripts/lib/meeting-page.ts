/**
 * Bundles the meeting page, with livekit-client in it, into one text that the server imports.
 * `bun install` runs this at its end, so that the server has it when run from source too.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const ROOT = join(import.meta.dir, "../..");
const ENTRY = join(ROOT, "src/service/demo/page/page.html");
const OUT = join(ROOT, "src/service/demo/generated/meeting-page.txt");

export async function writeMeetingPage(): Promise<void> {
  // "compile" for browsers: one HTML text with its styles and scripts inside.
  const { outputs } = await Bun.build({
    entrypoints: [ENTRY],
    target: "browser",
    compile: true,
    minify: true,
  });
  const [page] = outputs;
  if (page === undefined) throw new Error("Cannot bundle the meeting page: Bun wrote nothing");
  mkdirSync(dirname(OUT), { recursive: true });
  writeFileSync(OUT, await page.text());
}

if (import.meta.main) await writeMeetingPage();
