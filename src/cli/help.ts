import { BASE_FLAGS, type FlagSpec, GENERATED_FLAGS } from "../config/flags.ts";
import type { Command } from "./command.ts";

const PROGRAM = "parley";
const COLUMN_MAX = 34;

export function versionLine(build: { readonly version: string; readonly commit: string }): string {
  return `${PROGRAM} version ${build.version} (${build.commit})`;
}

/** The help of the program; with `isVerbose` all generated flags and hidden commands too. */
export function programHelp(
  commands: readonly Command[],
  version: string,
  isVerbose: boolean,
): string {
  const shownCommands = commands.filter(({ isHidden }) => isVerbose || !isHidden);
  const flags = isVerbose
    ? [...BASE_FLAGS, ...GENERATED_FLAGS]
    : BASE_FLAGS.filter(({ isHidden }) => !isHidden);
  return [
    "NAME:",
    `   ${PROGRAM} - real-time media server, compatible with LiveKit`,
    "",
    "USAGE:",
    `   ${PROGRAM} [global options] [command [command options]]`,
    "",
    "VERSION:",
    `   ${version}`,
    "",
    "DESCRIPTION:",
    "   run without subcommands to start the server",
    "",
    "COMMANDS:",
    ...table([
      ...shownCommands.map(({ name, help }) => [name, help] as const),
      ["help, h", "prints this, or the help of a command"],
    ]),
    "",
    "GLOBAL OPTIONS:",
    ...table([
      ...flags.map(flagRow),
      ["--help, -h", "prints this"],
      ["--version, -v", "prints the version"],
    ]),
    ...(isVerbose ? [] : ["", "Each setting of the config file is a flag too: see help-verbose."]),
    "",
  ].join("\n");
}

export function commandHelp(command: Command): string {
  const flags = command.flags.filter(({ isHidden }) => !isHidden);
  return [
    "NAME:",
    `   ${PROGRAM} ${command.name} - ${command.help}`,
    "",
    "USAGE:",
    `   ${PROGRAM} [global options] ${command.name}${flags.length > 0 ? " [options]" : ""}`,
    ...(flags.length > 0 ? ["", "OPTIONS:", ...table(flags.map(flagRow))] : []),
    "",
  ].join("\n");
}

function flagRow(flag: FlagSpec): readonly [string, string] {
  const value = flag.isSwitch ? "" : " value";
  const notes = [
    flag.help,
    flag.defaultText === "" ? "" : `(default: ${flag.defaultText})`,
    flag.env === undefined ? "" : `[$${flag.env}]`,
  ];
  return [`--${flag.name}${value}`, notes.filter((note) => note !== "").join(" ")];
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.min(COLUMN_MAX, Math.max(...rows.map(([left]) => left.length)));
  return rows.map(([left, right]) => `   ${left.padEnd(width)}  ${right}`);
}
