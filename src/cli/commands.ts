import type { FlagSpec } from "../config/flags.ts";
import { readBool } from "../config/values.ts";
import { type Command, printed } from "./command.ts";
import { createJoinToken } from "./create-join-token.ts";
import { generateKeys } from "./generate-keys.ts";
import { programHelp, versionLine } from "./help.ts";
import { listNodes } from "./list-nodes.ts";
import { loadTest } from "./load-test.ts";
import { LOAD_TEST_FLAGS } from "./load-test-flags.ts";
import { printPorts } from "./ports.ts";

const TOKEN_FLAGS: readonly FlagSpec[] = [
  tokenFlag("room", "name of the room to join (required)", false),
  tokenFlag("identity", "identity of the participant (required)", false),
  tokenFlag("recorder", "a hidden participant that may only subscribe", true),
];

/** All commands but `help`; without a command the server is started. */
export const COMMANDS: readonly Command[] = [
  {
    name: "generate-keys",
    help: "makes an API key and its secret",
    isHidden: false,
    flags: [],
    run: generateKeys,
  },
  {
    name: "ports",
    help: "prints the ports that the server is configured to use",
    isHidden: false,
    flags: [],
    run: printPorts,
  },
  {
    name: "create-join-token",
    help: "makes a token for joining a room, for development",
    isHidden: true,
    flags: TOKEN_FLAGS,
    run: createJoinToken,
  },
  {
    name: "list-nodes",
    help: "prints the nodes of the cluster",
    isHidden: false,
    flags: [],
    run: listNodes,
  },
  {
    name: "load-test",
    help: "puts load on a LiveKit-compatible server and prints what came of it",
    isHidden: false,
    flags: LOAD_TEST_FLAGS,
    run: loadTest,
  },
  {
    name: "help-verbose",
    help: "prints this with a flag for every setting",
    isHidden: false,
    flags: [],
    run: ({ environment }) => ({
      text: programHelp(COMMANDS, environment.build.version, true),
      exitCode: 0,
    }),
  },
  {
    name: "version",
    help: "prints the version",
    isHidden: true,
    flags: [],
    run: ({ environment }) => printed(versionLine(environment.build)),
  },
];

function tokenFlag(name: string, help: string, isSwitch: boolean): FlagSpec {
  return {
    name,
    help,
    isSwitch,
    isRepeatable: false,
    isHidden: false,
    isSecret: false,
    defaultText: "",
    problemWith: (text) => {
      const reading = isSwitch ? readBool(text) : { value: text };
      return "problem" in reading ? reading.problem : undefined;
    },
  };
}
