import { capture, run } from "./run.ts";

/** What the tests use and the lock file cannot bring, by Debian's name of the package. */
export interface SystemPackage {
  readonly name: string;
  /** Any of these programs in PATH will do. */
  readonly programs: readonly string[];
  readonly use: string;
  /** Whether there are tests that cannot run without it: its absence is a failure, else a skip. */
  readonly isRequired: boolean;
}

export const CHROMIUM: SystemPackage = {
  name: "chromium",
  programs: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
  use: "tests in a browser",
  isRequired: true,
};

export const REDIS: SystemPackage = {
  name: "redis-server",
  programs: ["redis-server"],
  use: "tests of several nodes, of which there are none yet",
  isRequired: false,
};

function isThere({ programs }: SystemPackage): boolean {
  return programs.some((program) => Bun.which(program) !== null);
}

/** Installs what is missing, as root on Debian and its kin. @returns what is missing even so */
export async function ensurePackages(
  packages: readonly SystemPackage[],
): Promise<readonly SystemPackage[]> {
  const missing = packages.filter((wanted) => !isThere(wanted));
  if (missing.length === 0) return [];
  if (capture(["id", "-u"]) === "0" && Bun.which("apt-get") !== null) {
    const quiet = { DEBIAN_FRONTEND: "noninteractive" };
    const names = missing.map(({ name }) => name);
    await run(["apt-get", "update", "-qq"], quiet);
    await run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", ...names], quiet);
  }
  return missing.filter((wanted) => !isThere(wanted));
}
