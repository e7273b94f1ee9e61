import type { LoadServer } from "../../src/loadtest/load-client.ts";

export function required(value: string | undefined, option: string): string {
  if (value === undefined) throw new Error(`Cannot put load on a server: --${option} is missing`);
  return value;
}

/** For `parseArgs`: the server that a load is put on, and who may join it. */
export const SERVER_OPTIONS = {
  url: { type: "string" },
  key: { type: "string" },
  secret: { type: "string" },
} as const;

/** The server that a load's command line names. */
export function serverOf(values: {
  readonly url?: string | undefined;
  readonly key?: string | undefined;
  readonly secret?: string | undefined;
}): LoadServer {
  return {
    url: required(values.url, "url"),
    key: required(values.key, "key"),
    secret: required(values.secret, "secret"),
  };
}
