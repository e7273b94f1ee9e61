/** The house: which folder of src/ may import from which. Style guide, section 1. */
export interface FolderRule {
  /** Folders of src/. */
  readonly folders: readonly string[];
  /** Folders of src/ that may be imported as types only: the ports that this one implements. */
  readonly typesOf?: readonly string[];
  /** Packages, and modules of the runtime. */
  readonly packages?: readonly string[];
}

export const IMPORT_TABLE: Readonly<Record<string, FolderRule>> = {
  base: { folders: [] },
  gen: { folders: [], packages: ["protobufjs"] },
  protobuf: { folders: ["base", "gen"], packages: ["protobufjs"] },
  crypto: { folders: ["base"], packages: ["node:crypto"] },
  wire: { folders: ["base"] },
  config: { folders: ["base"], packages: ["yaml"] },
  bridge: { folders: ["base", "wire"] },
  transport: { folders: ["base", "crypto", "wire"] },
  sfu: { folders: ["base", "wire"] },
  media: { folders: ["base", "crypto", "wire", "transport", "sfu", "bridge"] },
  loadtest: {
    folders: ["base", "gen", "protobuf", "crypto", "wire", "transport", "media"],
    packages: ["jose"],
  },
  psrpc: { folders: ["base", "gen", "config", "protobuf"] },
  telemetry: { folders: ["base", "gen", "config", "protobuf"], packages: ["prom-client"] },
  routing: { folders: ["base", "gen", "config", "protobuf", "psrpc"] },
  rtc: { folders: ["base", "gen", "config", "wire", "bridge", "telemetry", "protobuf"] },
  service: {
    folders: [
      "base",
      "gen",
      "config",
      "crypto",
      "rtc",
      "routing",
      "psrpc",
      "telemetry",
      "protobuf",
    ],
    packages: ["hono", "jose", "node:zlib"],
  },
  io: {
    folders: ["base"],
    typesOf: [
      "crypto",
      "transport",
      "media",
      "psrpc",
      "routing",
      "service",
      "rtc",
      "bridge",
      "config",
      "telemetry",
      "loadtest",
    ],
    packages: ["ioredis", "node:*", "bun", "bun:*"],
  },
};

/** Composition: these import anything. */
export const FREE_FOLDERS: readonly string[] = ["app", "cli", "main.ts", "media-worker.ts"];

/** Bundled for browsers by itself; it shares nothing with the server. */
export const BROWSER_FOLDERS: readonly string[] = ["src/service/demo/page/"];
