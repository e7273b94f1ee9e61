/**
 * Compiles the server into one binary: `dist/parley` for this machine, or `dist/parley-<target>` for
 * each target named, `all` for all of them. Bun fetches the runtimes of other targets by itself.
 */
import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import manifest from "../package.json" with { type: "json" };
import { writeMeetingPage } from "./lib/meeting-page.ts";
import { capture, run } from "./lib/run.ts";
import { hostTarget, TARGETS } from "./lib/targets.ts";

const DIST = "dist";
/** Request line and headers, as the reference's HTTP server takes them. */
const REQUEST_HEAD_BYTES_MAX = 1024 * 1024;

/** Workers must lie flat beside the main entry: a compiled binary looks for them by that path. */
const ENTRIES = ["src/main.ts", "src/media-worker.ts"] as const;

/** The commit that was built, with a `+` when files differ from it. */
function readCommit(): string {
  const commit = capture(["git", "rev-parse", "--short=12", "HEAD"]);
  if (commit === undefined) return process.env["PARLEY_COMMIT"] ?? "unknown";
  const changes = capture(["git", "status", "--porcelain", "--untracked-files=no"]);
  return changes === "" ? commit : `${commit}+`;
}

async function build(target: string, outPath: string): Promise<void> {
  // The source maps are inside the binary; Bun writes them beside it as well.
  const folder = mkdtempSync(join(DIST, ".build-"));
  try {
    const built = await Bun.build({
      entrypoints: [...ENTRIES],
      compile: {
        target: TARGETS[target]!,
        outfile: join(folder, "parley"),
        // tokens travel in the query and carry metadata; Bun takes 16 KiB by itself
        execArgv: [`--max-http-header-size=${REQUEST_HEAD_BYTES_MAX}`],
        autoloadDotenv: false,
        autoloadBunfig: false,
      },
      minify: { whitespace: true, syntax: true, identifiers: true, keepNames: true },
      sourcemap: "inline",
      // nothing is parsed at start: a fifth of the CPU time, and the first joins take a quarter less
      bytecode: true,
      format: "esm",
      define: {
        PARLEY_VERSION: JSON.stringify(manifest.version),
        PARLEY_COMMIT: JSON.stringify(readCommit()),
      },
    });
    for (const line of built.logs) console.error(String(line));
    if (target.startsWith("darwin-")) await sign(join(folder, "parley"));
    renameSync(join(folder, "parley"), outPath);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const megabytes = Math.round(statSync(outPath).size / 1e6);
  console.log(`Built ${outPath} (${target}, ${megabytes} MB)`);
}

/** macOS starts no binary whose signature does not fit, and compiling changes the runtime's. */
async function sign(path: string): Promise<void> {
  if (Bun.which("codesign") === null) {
    console.log(`A Mac has to sign it before use: codesign --force --sign - <file>`);
    return;
  }
  const exitCode = await run(["codesign", "--force", "--sign", "-", path]);
  if (exitCode !== 0) throw new Error(`Cannot sign ${path}: codesign ended with ${exitCode}`);
}

const names = process.argv.slice(2);
const unknown = names.filter((name) => name !== "all" && TARGETS[name] === undefined);
if (unknown.length > 0) {
  console.error(`Unknown target ${unknown.join(", ")}; use one of:`);
  console.error(["all", ...Object.keys(TARGETS)].map((name) => `  ${name}`).join("\n"));
  process.exit(2);
}

mkdirSync(DIST, { recursive: true });
await writeMeetingPage();
if (names.length === 0) await build(hostTarget(), join(DIST, "parley"));
for (const target of names.includes("all") ? Object.keys(TARGETS) : names) {
  await build(target, join(DIST, `parley-${target}`));
}
