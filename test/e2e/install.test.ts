import { expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import manifest from "../../package.json" with { type: "json" };

function run(...command: string[]): { output: string; exitCode: number } {
  const { stdout, stderr, exitCode } = Bun.spawnSync(command);
  return { output: `${stdout}${stderr}`, exitCode };
}

test("install.sh puts in a binary and a configuration that it starts with, and keeps the latter", () => {
  const root = mkdtempSync(join(tmpdir(), "parley-install-"));
  try {
    const first = run("./install.sh", "--root", root);
    expect([first.output, first.exitCode]).toEqual([first.output, 0]);

    const binary = join(root, "usr/local/bin/parley");
    const config = join(root, "etc/parley/config.yaml");
    const text = readFileSync(config, "utf8");
    expect(run(binary, "--version").output).toContain(manifest.version);
    expect(run(binary, "--config", config, "ports")).toMatchObject({ exitCode: 0 });
    expect(text).toMatch(/^ {2}API\w{12}: \w{32,}$/m);
    expect(text).not.toContain("replace-this");
    expect(statSync(config).mode & 0o077).toBe(0);
    const unit = readFileSync(join(root, "etc/systemd/system/parley.service"), "utf8");
    expect(unit).toContain("ExecStart=/usr/local/bin/parley --config /etc/parley/config.yaml");
    expect(unit).toMatch(/^TimeoutStopSec=\d+h$/m);

    expect(run("./install.sh", "--root", root).output).toContain("Kept");
    expect(readFileSync(config, "utf8")).toBe(text);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
