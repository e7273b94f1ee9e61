import type { FlagValues } from "./flags.ts";

/** The few things that loading asks of a file system. Both throw what `node:fs` throws. */
export interface ConfigFiles {
  /** The whole file as UTF-8 text. */
  read(path: string): string;
  /** Unix permission bits, 0..0o777. */
  permissions(path: string): number;
}

/** Everything a configuration is made from: nothing else is looked at. */
export interface ConfigSources {
  readonly flags: FlagValues;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly files: ConfigFiles;
  /** Of this machine's interfaces, loopback ones too. */
  readonly localAddresses: readonly string[];
  /** `optional` for commands that only look at settings, such as `ports`. */
  readonly keys?: "required" | "optional";
}

/** To be logged at start. A `warn` or `error` names what to change; the server starts all the same. */
export interface ConfigWarning {
  readonly level: "info" | "warn" | "error";
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Any access by others than the owner and the group. */
const OTHERS_MASK = 0o007;

const OPEN_FAILURES: Readonly<Record<string, string>> = {
  ENOENT: "no such file or directory",
  EACCES: "permission denied",
  EISDIR: "is a directory",
  ENOTDIR: "not a directory",
};

/** `open <path>: no such file or directory` */
export function openFailure(path: string, error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const text = OPEN_FAILURES[code] ?? (error instanceof Error ? error.message : String(error));
  return `open ${path}: ${text}`;
}

/** Puts in `$NAME`, `${NAME}` and a leading `~`. What is not set becomes nothing. */
export function expandPath(path: string, env: ConfigSources["env"]): string {
  const expanded = path.replace(
    /\$(?:\{([^}]*)\}|([A-Za-z_][A-Za-z0-9_]*))/g,
    (_, braced: string | undefined, bare: string | undefined) => env[braced ?? bare ?? ""] ?? "",
  );
  const home = env["HOME"] ?? "";
  if (expanded === "~") return home;
  return expanded.startsWith("~/") ? home + expanded.slice(1) : expanded;
}

/** A file that nobody but its owner and group may touch. */
export function readPrivateFile(
  path: string,
  sources: ConfigSources,
  permissionProblem: string,
): { readonly text: string } | { readonly problem: string } {
  try {
    if ((sources.files.permissions(path) & OTHERS_MASK) !== 0) {
      return { problem: `${permissionProblem} (chmod o= ${path})` };
    }
    return { text: sources.files.read(path) };
  } catch (error) {
    return { problem: openFailure(path, error) };
  }
}
