import { livekit } from "../../gen/livekit.js";
import type { ConnectionSettings } from "../../rtc/participant/client.ts";

const SDKS: ReadonlyMap<string, livekit.ClientInfo.SDK> = new Map(
  Object.entries({
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
  }),
);

const INT32_MAX = 0x7fff_ffff;

export type Query = (name: string) => string | undefined;

/** How a client says that it connects: in the query, or in a join request. */
export type JoinParameters = {
  readonly client: livekit.ClientInfo;
  readonly connection: ConnectionSettings;
  readonly isSinglePeerConnection: boolean;
  readonly isReconnect: boolean;
  readonly reconnectReason: livekit.ReconnectReason;
  /** Name of a publish-only side connection; "" for a usual one. */
  readonly publish: string;
  /** Instead of the token's; "" leaves that. */
  readonly metadata: string;
  /** On top of the token's; undefined: they could not be decoded. */
  readonly attributes: Readonly<Record<string, string>> | undefined;
  readonly addTracks: readonly livekit.IAddTrackRequest[];
  readonly offer: livekit.ISessionDescription | undefined;
};

function flag(value: string | undefined, absent: boolean): boolean {
  return value === undefined || value === "" ? absent : value === "1" || value === "true";
}

/** 0 for what is no number of the protobuf field that it goes to. */
function integer(value: string | undefined): number {
  const number = /^\d{1,10}$/.test(value ?? "") ? Number(value) : 0;
  return number <= INT32_MAX ? number : 0;
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
function attributesOf(value: string | undefined): Record<string, string> | undefined {
  if (value === undefined || value === "") return {};
  let decoded: unknown;
  try {
    const plain = value.replace(/-/g, "+").replace(/_/g, "/");
    decoded = JSON.parse(new TextDecoder().decode(Uint8Array.fromBase64(plain)));
  } catch {
    return undefined;
  }
  if (typeof decoded !== "object" || decoded === null || Array.isArray(decoded)) return undefined;
  const entries = Object.entries(decoded).filter(([, text]) => text !== "" && text !== null);
  const areTexts = entries.every(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return areTexts ? (Object.fromEntries(entries) as Record<string, string>) : undefined;
}

/** What the classic `/rtc` says in its query (spec-signalling 1.4). */
export function readQueryParameters(query: Query, address: string): JoinParameters {
  const allowPause = query("subscriber_allow_pause");
  return {
    client: new livekit.ClientInfo({
      sdk: SDKS.get(query("sdk") ?? "") ?? livekit.ClientInfo.SDK.UNKNOWN,
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
      isOneShot: false,
    },
    isSinglePeerConnection: false,
    isReconnect: flag(query("reconnect"), false),
    reconnectReason: integer(query("reconnect_reason")),
    publish: query("publish") ?? "",
    metadata: "",
    attributes: attributesOf(query("attributes")),
    addTracks: [],
    offer: undefined,
  };
}
