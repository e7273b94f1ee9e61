import { availableParallelism } from "node:os";
import { ServerError } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { MediaThread, MediaThreadOptions } from "../bridge/media-thread.ts";
import { type MediaAddress, mediaUdpPorts } from "../config/addresses.ts";
import type { Config } from "../config/config.ts";
import { freeUdpPorts } from "../io/free-udp-ports.ts";
import { mediaThreadCount, mediaThreadOptions } from "./settings.ts";

/** A port that was free may be taken before it is opened; then others are looked for, so often. */
const STARTS_MAX = 3;

/**
 * All media threads, each on a port of its own: the first ones of the range that are free. With
 * fewer free ports than threads there are fewer threads.
 *
 * @throws ServerError when no port is free, or `start` failed for another reason
 */
export async function startThreads(
  config: Config,
  addresses: readonly MediaAddress[],
  log: Log,
  start: (options: MediaThreadOptions) => Promise<MediaThread>,
): Promise<MediaThread[]> {
  const range = mediaUdpPorts(config);
  const wanted = mediaThreadCount(config, availableParallelism());
  const listens = addresses.map(({ listen }) => listen);
  let ports = await freeUdpPorts(listens, range, wanted);
  for (let attempt = 1; ; attempt++) {
    if (ports.length === 0) throw noPort(range);
    if (ports.length < wanted) {
      log.warn("Fewer media threads than wanted: other processes use ports of rtc.udp_port", {
        wanted,
        ports,
      });
    }
    try {
      return await startAll(mediaThreadOptions(config, addresses, ports), start);
    } catch (error) {
      const free = await freeUdpPorts(listens, range, wanted);
      const isSame = free.length === ports.length && free.every((port, i) => port === ports[i]);
      if (isSame || attempt === STARTS_MAX) throw error;
      ports = free;
    }
  }
}

/** All of them or none. */
async function startAll(
  all: readonly MediaThreadOptions[],
  start: (options: MediaThreadOptions) => Promise<MediaThread>,
): Promise<MediaThread[]> {
  const starts = await Promise.allSettled(all.map(start));
  const started = starts.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const failed = starts.find((one) => one.status === "rejected");
  if (failed === undefined) return started;
  await Promise.all(started.map((thread) => thread.close()));
  throw failed.reason;
}

function noPort({ start, end }: { readonly start: number; readonly end: number }): ServerError {
  const which =
    start === end
      ? `UDP port ${start}: another process uses it; stop that process`
      : `any UDP port from ${start} to ${end}: other processes use them; stop one`;
  return new ServerError(
    "failed_precondition",
    `Cannot listen on ${which}, or set rtc.udp_port to a free port`,
  );
}
