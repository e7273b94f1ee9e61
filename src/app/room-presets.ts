import { ServerError } from "../base/errors.ts";
import type { Config } from "../config/config.ts";
import { ConfigError } from "../config/config-error.ts";
import { livekit } from "../gen/livekit.js";
import { fromProtoJson, unknownNames } from "../protobuf/proto-json.ts";

/**
 * The rooms that `room.room_configurations` describes, by name. Members are named as in the schema
 * or in camelCase, and one that the schema does not know is a mistake, as elsewhere in the file.
 *
 * @throws ConfigError with one problem for each preset that cannot be used
 */
export function roomPresets({ room }: Config): ReadonlyMap<string, livekit.RoomConfiguration> {
  const presets = new Map<string, livekit.RoomConfiguration>();
  const problems: string[] = [];
  for (const [name, settings] of Object.entries(room.roomConfigurations)) {
    const path = `room.room_configurations.${name}`;
    const unknown = unknownNames(livekit.RoomConfiguration, settings);
    problems.push(...unknown.map((member) => `${path}: unknown setting ${member}`));
    try {
      presets.set(name, fromProtoJson(livekit.RoomConfiguration, settings));
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      problems.push(`${path}: ${error.message}`);
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return presets;
}
