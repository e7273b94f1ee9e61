import { ServerError } from "../../base/errors.ts";
import { livekit } from "../../gen/livekit.js";
import type { ConnectionSettings } from "../../rtc/participant/client.ts";

const SDKS: Readonly<Record<string, livekit.ClientInfo.SDK>> = {
  js: livekit.ClientInfo.SDK.JS,
  ios: livekit.ClientInfo.SDK.SWIFT,
  swift: livekit.ClientInfo.SDK.SWIFT,
  android: livekit.ClientInfo.SDK.ANDROID,
  flutter: livekit.ClientInfo.SDK.FLUTTER,
  go: livekit.ClientInfo.SDK.GO,
  unity: livekit.ClientInfo.SDK.UNITY,
  reactnative: livekit.ClientInfo.SDK.REACT_NATIVE,
  rust: livekit.ClientInfo.SDK.RUST,
  python: livekit.ClientInfo.SDK.PYTHON,
  cpp: livekit.ClientInfo.SDK.CPP,
  unityweb: livekit.ClientInfo.SDK.UNITY_WEB,
  node: livekit.ClientInfo.SDK.NODE,
  esp32: livekit.ClientInfo.SDK.ESP32,
};

export type Query = (name: string) => string | undefined;

/** How a client of the classic `/rtc` says that it connects (spec-signalling 1.4). */
export type QueryParameters = {
  readonly client: livekit.ClientInfo;
  readonly connection: ConnectionSettings;
  readonly isReconnect: boolean;
  /** Name of a publish-only side connection; "" for a usual one. */
  readonly publish: string;
  readonly attributes: Readonly<Record<string, string>>;
};

function flag(value: string | undefined, absent: boolean): boolean {
  return value === undefined || value === "" ? absent : value === "1" || value === "true";
}

function integer(value: string | undefined): number {
  const number = Number.parseInt(value ?? "", 10);
  return Number.isSafeInteger(number) && number >= 0 ? number : 0;
}

function capabilities(value: string | undefined): livekit.ClientInfo.Capability[] {
  const known = livekit.ClientInfo.Capability as unknown as Readonly<
    Record<string, number | undefined>
  >;
  return (value ?? "").split(",").flatMap((name) => {
    const capability = known[name.trim()];
    return typeof capability === "number" ? [capability] : [];
  });
}

/** Base64url of a JSON object of strings; empty values are ignored. */
function attributesOf(value: string | undefined): Record<string, string> {
  if (value === undefined || value === "") return {};
  let decoded: unknown;
  try {
    const plain = value.replace(/-/g, "+").replace(/_/g, "/");
    decoded = JSON.parse(new TextDecoder().decode(Uint8Array.fromBase64(plain)));
  } catch (error) {
    throw new ServerError("invalid_argument", "cannot decode attributes", { cause: error });
  }
  if (typeof decoded !== "object" || decoded === null || Array.isArray(decoded)) {
    throw new ServerError("invalid_argument", "cannot decode attributes");
  }
  return Object.fromEntries(
    Object.entries(decoded).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== "",
    ),
  );
}

/** @throws ServerError invalid_argument when the attributes cannot be decoded */
export function readQueryParameters(query: Query, address: string): QueryParameters {
  const allowPause = query("subscriber_allow_pause");
  return {
    client: new livekit.ClientInfo({
      sdk: SDKS[query("sdk") ?? ""] ?? livekit.ClientInfo.SDK.UNKNOWN,
      version: query("version") ?? "",
      protocol: integer(query("protocol")),
      clientProtocol: integer(query("client_protocol")),
      os: query("os") ?? "",
      osVersion: query("os_version") ?? "",
      deviceModel: query("device_model") ?? "",
      browser: query("browser") ?? "",
      browserVersion: query("browser_version") ?? "",
      network: query("network") ?? "",
      capabilities: capabilities(query("capabilities")),
      address,
    }),
    connection: {
      isAutoSubscribe: flag(query("auto_subscribe"), true),
      isAutoSubscribeDataTrack: flag(query("auto_subscribe_data_track"), false),
      isAdaptiveStream: flag(query("adaptive_stream"), false),
      allowPause: allowPause === undefined ? undefined : flag(allowPause, false),
    },
    isReconnect: flag(query("reconnect"), false),
    publish: query("publish") ?? "",
    attributes: attributesOf(query("attributes")),
  };
}
