import { globSync } from "node:fs";

/** What the server is built for: our name of it, and the runtime that Bun puts in. */
export const TARGETS: Readonly<Record<string, Bun.Build.CompileTarget>> = {
  "linux-x64": "bun-linux-x64",
  // For processors without AVX2.
  "linux-x64-baseline": "bun-linux-x64-baseline",
  "linux-x64-musl": "bun-linux-x64-musl",
  "linux-arm64": "bun-linux-arm64",
  "linux-arm64-musl": "bun-linux-arm64-musl",
  "darwin-arm64": "bun-darwin-arm64",
  "darwin-x64": "bun-darwin-x64",
};

/** The name of the target that runs on this machine. */
export function hostTarget(): string {
  const { platform, arch } = process;
  const isMusl = platform === "linux" && globSync("/lib/ld-musl-*").length > 0;
  return `${platform}-${arch}${isMusl ? "-musl" : ""}`;
}
