import { ConfigError } from "../config/config-error.ts";
import { loadConfig } from "../config/load-config.ts";
import type { CommandInput, CommandResult } from "./command.ts";

/** All nodes of the cluster. They are known to Redis only: a lone server is not asked. */
export async function listNodes({ environment, flags }: CommandInput): Promise<CommandResult> {
  const { env, files, localAddresses } = environment;
  const { config } = loadConfig({ flags, env, files, localAddresses, keys: "optional" });
  const { address, sentinelAddresses, clusterAddresses } = config.redis;
  if (address === "" && sentinelAddresses.length === 0 && clusterAddresses.length === 0) {
    throw new ConfigError([
      "list-nodes reads the nodes from Redis and none is configured: set redis.address or --redis-host",
    ]);
  }
  if (environment.listNodes === undefined) {
    throw new ConfigError([
      "list-nodes cannot read from Redis in this build: look at the hash with redis-cli HKEYS nodes",
    ]);
  }
  return { text: await environment.listNodes(config), exitCode: 0 };
}
