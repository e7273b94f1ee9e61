import type { Log } from "../base/log.ts";
import type { Config } from "../config/config.ts";

/** Runs the server until it has stopped. @returns the exit code of the process */
export async function serve(config: Config, options: { readonly log: Log }): Promise<number> {
  options.log.error("Cannot start the server: this build reads its configuration and no more", {
    portHttp: config.port,
  });
  return 1;
}
