import { expect, test } from "bun:test";
import { BASE_FLAGS, type FlagSpec, GENERATED_FLAGS } from "../config/flags.ts";
import { parseArguments, requireFlags } from "./arguments.ts";

const PROGRAM_FLAGS = [...BASE_FLAGS, ...GENERATED_FLAGS];
const ROOM: FlagSpec = { ...BASE_FLAGS.find(({ name }) => name === "config")!, name: "room" };
const COMMANDS = [
  { name: "ports", flags: [] },
  { name: "join", flags: [ROOM] },
];

function parse(...args: string[]) {
  const { flags, commandFlags, ...rest } = parseArguments(args, PROGRAM_FLAGS, COMMANDS);
  return { ...rest, flags: Object.fromEntries(flags), own: Object.fromEntries(commandFlags) };
}

test.each([
  { args: ["--config", "a.yaml"], flags: { config: ["a.yaml"] } },
  { args: ["--config=a.yaml"], flags: { config: ["a.yaml"] } },
  { args: ["-config=a=b"], flags: { config: ["a=b"] } },
  { args: ["--config="], flags: { config: [""] } },
  { args: ["--dev"], flags: { dev: ["true"] } },
  { args: ["--dev=false"], flags: { dev: ["false"] } },
  { args: ["--config", "a", "--config", "b"], flags: { config: ["b"] } },
  { args: ["--bind", "a", "--bind=b"], flags: { bind: ["a", "b"] } },
  { args: ["--rtc.workers", "-1"], flags: { "rtc.workers": ["-1"] } },
  { args: ["--room.empty_timeout=5"], flags: { "room.empty_timeout": ["5"] } },
  { args: ["--turn.enabled"], flags: { "turn.enabled": ["true"] } },
])("$args are flags", ({ args, flags }) => {
  expect(parse(...args)).toMatchObject({ flags, command: undefined, words: [] });
});

test("flags stand before or after the command, its own only after it", () => {
  expect(parse("--dev", "join", "--room", "r", "--port=1")).toMatchObject({
    command: "join",
    flags: { dev: ["true"], port: ["1"] },
    own: { room: ["r"] },
  });
  expect(() => parse("--room", "r", "join")).toThrow("flag provided but not defined: -room");
});

test("a first word that is no command means the server, and only the first word can be one", () => {
  expect(parse("start", "ports")).toMatchObject({ command: undefined, words: ["start", "ports"] });
  expect(parse("ports", "join")).toMatchObject({ command: "ports", words: ["join"] });
});

test("two dashes end the flags", () => {
  expect(parse("--dev", "--", "--nonsense", "ports")).toMatchObject({
    flags: { dev: ["true"] },
    command: undefined,
    words: ["--nonsense", "ports"],
  });
});

test.each(["-h", "--help", "-help"])("%s asks for help", (arg) => {
  expect(parse("ports", arg)).toMatchObject({ command: "ports", wantsHelp: true });
});

test.each(["-v", "--version"])("%s asks for the version", (arg) => {
  expect(parse(arg).wantsVersion).toBe(true);
});

test.each([
  [["-x"], "flag provided but not defined: -x"],
  [["--x=1"], "flag provided but not defined: -x"],
  [["--rtc.tcp_prot", "1"], "(did you mean --rtc.tcp_port?)"],
  [["--dev=xx"], 'invalid value "xx" for flag -dev: parse error'],
  [["--port", "abc"], 'invalid value "abc" for flag -port: parse error'],
  [["--config"], "flag needs an argument: -config"],
] as const)("%j is refused", (args, text) => {
  expect(() => parse(...args)).toThrow(text);
});

test("missing required flags are named, one or all", () => {
  expect(() => requireFlags(new Map(), ["identity"])).toThrow('Required flag "identity" not set');
  expect(() => requireFlags(new Map(), ["room", "identity"])).toThrow(
    'Required flags "room, identity" not set',
  );
  expect(() => requireFlags(new Map([["room", ["r"]]]), ["room"])).not.toThrow();
});
