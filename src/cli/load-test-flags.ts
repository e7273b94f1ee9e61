import type { FlagSpec, FlagValues } from "../config/flags.ts";
import { readBool } from "../config/values.ts";
import { LAYOUTS, type LayoutName, type LoadPlan, participantsOf } from "../loadtest/load-plan.ts";
import { USER_HEADER_BYTES } from "../loadtest/user-packets.ts";
import { UsageError } from "./arguments.ts";

const DEFAULT_URL = "ws://127.0.0.1:7880";
const DEVELOPMENT_KEY = "devkey";
const DEVELOPMENT_SECRET = "secret";

/** One process has no ports, descriptors and time for more. */
const PARTICIPANTS_MAX = 10_000;
const DURATION_MAX_MS = 7 * 24 * 3_600_000;
const JOINS_PER_SECOND_MAX = 1_000;
const DATA_RATE_MAX = 1_000;
/** What clients send as one message; larger ones they cut into streams. */
const DATA_BYTES_MAX = 15_000;
const NAME_LENGTH_MAX = 200;

const LAYER_COUNTS: Readonly<Record<string, number>> = { low: 1, medium: 2, high: 3 };
const LAYOUT_NAMES: readonly string[] = [...Object.keys(LAYOUTS), "all"];
const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

type FlagOptions = {
  readonly env?: string;
  readonly defaultText?: string;
  readonly isSwitch?: boolean;
  readonly isSecret?: boolean;
  readonly isHidden?: boolean;
  readonly problemWith?: (text: string) => string | undefined;
};

function flag(name: string, help: string, options: FlagOptions = {}): FlagSpec {
  const { isSwitch = false } = options;
  return {
    name,
    help,
    ...(options.env === undefined ? {} : { env: options.env }),
    isSwitch,
    isRepeatable: false,
    isSecret: options.isSecret ?? false,
    isHidden: options.isHidden ?? false,
    defaultText: options.defaultText ?? "",
    problemWith:
      options.problemWith ??
      ((text) => {
        const reading = isSwitch ? readBool(text) : { value: text };
        return "problem" in reading ? reading.problem : undefined;
      }),
  };
}

function numberFlag(name: string, help: string, defaultText: string, min: number, max: number) {
  const isWhole = Number.isInteger(min);
  return flag(name, help, {
    defaultText,
    problemWith: (text) => {
      const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
      if (value >= min && value <= max && (!isWhole || Number.isInteger(value))) return undefined;
      return `must be a ${isWhole ? "whole number" : "number"} from ${min} to ${max}`;
    },
  });
}

function choiceFlag(name: string, help: string, defaultText: string, choices: readonly string[]) {
  return flag(name, help, {
    defaultText,
    problemWith: (text) =>
      choices.includes(text) ? undefined : `must be one of ${choices.join(", ")}`,
  });
}

function nameFlag(name: string, help: string, defaultText: string): FlagSpec {
  return flag(name, help, {
    defaultText,
    problemWith: (text) =>
      text.length > 0 && text.length <= NAME_LENGTH_MAX
        ? undefined
        : `must have 1 to ${NAME_LENGTH_MAX} characters`,
  });
}

/** Named as in the command-line tool of LiveKit, where it has the same. */
export const LOAD_TEST_FLAGS: readonly FlagSpec[] = [
  flag("url", "server: ws://, wss://, http:// or https://", {
    env: "LIVEKIT_URL",
    defaultText: DEFAULT_URL,
    problemWith: (text) => {
      const url = readUrl(text);
      return "problem" in url ? url.problem : undefined;
    },
  }),
  flag("api-key", "API key of the server", { env: "LIVEKIT_API_KEY" }),
  flag("api-secret", "its secret", { env: "LIVEKIT_API_SECRET", isSecret: true }),
  nameFlag("room", "name of the room; of several the beginning of their names", "a random one"),
  numberFlag("rooms", "rooms, each with all that is said here", "1", 1, PARTICIPANTS_MAX),
  flag("duration", "from when all have joined: 30s, 5m, 1h30m; 0 until Ctrl-C", {
    defaultText: "0",
    problemWith: (text) => {
      const reading = readDuration(text);
      return "problem" in reading ? reading.problem : undefined;
    },
  }),
  numberFlag("audio-publishers", "participants that publish sound", "0", 0, PARTICIPANTS_MAX),
  numberFlag("video-publishers", "participants that publish video", "0", 0, PARTICIPANTS_MAX),
  { ...numberFlag("publishers", "the same", "0", 0, PARTICIPANTS_MAX), isHidden: true },
  numberFlag("data-senders", "participants that send data messages", "0", 0, PARTICIPANTS_MAX),
  numberFlag("subscribers", "participants that receive all of it", "0", 0, PARTICIPANTS_MAX),
  flag("publishers-subscribe", "publishers receive each other, as in a meeting", {
    isSwitch: true,
  }),
  numberFlag(
    "num-per-second",
    "participants that join in a second",
    "5",
    0.1,
    JOINS_PER_SECOND_MAX,
  ),
  choiceFlag("video-resolution", "low, medium or high: 180, 360 or 720 lines", "high", [
    ...Object.keys(LAYER_COUNTS),
  ]),
  choiceFlag("video-codec", "vp8, which is all that there is", "vp8", ["vp8"]),
  flag("no-simulcast", "video in one size instead of several at once", { isSwitch: true }),
  choiceFlag(
    "layout",
    "videos that subscribers look at: speaker, 3x3, 4x4, 5x5, all",
    "speaker",
    LAYOUT_NAMES,
  ),
  numberFlag("data-rate", "messages a second of each data sender", "10", 0.1, DATA_RATE_MAX),
  numberFlag("data-bytes", "bytes of a message", "1024", USER_HEADER_BYTES, DATA_BYTES_MAX),
  flag("data-lossy", "data messages are sent once and may get lost", { isSwitch: true }),
  nameFlag("identity-prefix", "beginning of all identities, to tell tests apart", "a random one"),
  flag("json", "file for all figures; - for standard output, the table goes to the other then"),
];

/** What `--json` says; undefined without it. */
export function jsonPathOf(flags: FlagValues): string | undefined {
  return flags.get("json")?.at(-1);
}

/**
 * @param isDevelopment `--dev`: the key of a server that was started with it
 * @param random 0..1, for names that are not given
 * @throws UsageError that says what to change
 */
export function readLoadPlan(
  flags: FlagValues,
  env: Readonly<Record<string, string | undefined>>,
  isDevelopment: boolean,
  random: () => number,
): LoadPlan {
  const text = (name: string): string | undefined => {
    const given = flags.get(name)?.at(-1);
    if (given !== undefined) return given;
    const spec = LOAD_TEST_FLAGS.find((each) => each.name === name);
    return (spec?.env === undefined ? undefined : env[spec.env]) || undefined;
  };
  const number = (name: string, otherwise: number): number => Number(text(name) ?? otherwise);
  const isOn = (name: string): boolean => {
    const reading = readBool(text(name) ?? "false");
    return !("problem" in reading) && reading.value;
  };
  const url = readUrl(text("url") ?? DEFAULT_URL);
  if ("problem" in url) throw new UsageError(`LIVEKIT_URL ${url.problem}`);
  const key = text("api-key") ?? (isDevelopment ? DEVELOPMENT_KEY : "");
  const secret = text("api-secret") ?? (isDevelopment ? DEVELOPMENT_SECRET : "");
  if (key === "" || secret === "") {
    throw new UsageError(
      "an API key and its secret of the server are needed: set --api-key and --api-secret, or " +
        "LIVEKIT_API_KEY and LIVEKIT_API_SECRET; --dev for a server that was started with --dev",
    );
  }
  const duration = readDuration(text("duration") ?? "0");
  const plan: LoadPlan = {
    url: url.value,
    key,
    secret,
    room: text("room") ?? `load-test-${randomName(random)}`,
    rooms: number("rooms", 1),
    durationMs: "problem" in duration ? 0 : duration.value,
    audioPublishers: number("audio-publishers", 0),
    videoPublishers: number("video-publishers", number("publishers", 0)),
    dataSenders: number("data-senders", 0),
    subscribers: number("subscribers", 0),
    publishersSubscribe: isOn("publishers-subscribe"),
    joinsPerSecond: number("num-per-second", 5),
    layerCount: LAYER_COUNTS[text("video-resolution") ?? "high"]!,
    isSimulcast: !isOn("no-simulcast"),
    layout: (text("layout") ?? "speaker") as LayoutName, // a choice: checked with the flag
    identityPrefix: text("identity-prefix") ?? `${randomName(random)}-`,
    data: {
      rate: number("data-rate", 10),
      byteCount: number("data-bytes", 1024),
      isReliable: !isOn("data-lossy"),
    },
  };
  const participants = participantsOf(plan);
  if (participants === 0) {
    throw new UsageError(
      "nobody would join: set --audio-publishers, --video-publishers, --data-senders or --subscribers, " +
        "such as --video-publishers 1 --subscribers 10",
    );
  }
  if (participants > PARTICIPANTS_MAX) {
    throw new UsageError(
      `${participants} participants are more than one process can be (${PARTICIPANTS_MAX}): ` +
        "run several, on several machines, with the same --room",
    );
  }
  return plan;
}

/** A `ws://` or `wss://` address without a slash at its end. */
function readUrl(text: string): { readonly value: string } | { readonly problem: string } {
  const problem = "must be an address such as wss://example.com or ws://127.0.0.1:7880";
  if (!/^(ws|http)s?:\/\/[^/?#]/i.test(text) || !URL.canParse(text)) return { problem };
  const { protocol, host, pathname, username, search } = new URL(text);
  if (username !== "" || search !== "") return { problem };
  return { value: `${protocol.replace("http", "ws")}//${host}${pathname.replace(/\/+$/, "")}` };
}

/** Go's notation of a time, or whole seconds. */
function readDuration(text: string): { readonly value: number } | { readonly problem: string } {
  const isPlain = /^\d+$/.test(text);
  if (!isPlain && !/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) {
    return { problem: "must be a time such as 30s, 5m or 1h30m" };
  }
  let value = isPlain ? Number(text) * 1000 : 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
    value += Number(amount) * UNIT_MS[unit!]!;
  }
  return value <= DURATION_MAX_MS ? { value } : { problem: "must be 168h or less" };
}

function randomName(random: () => number): string {
  return Math.floor(random() * 36 ** 6)
    .toString(36)
    .padStart(6, "0");
}
