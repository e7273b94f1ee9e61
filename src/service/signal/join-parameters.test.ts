import { expect, test } from "bun:test";
import { livekit } from "../../gen/livekit.js";
import { readQueryParameters } from "./join-parameters.ts";

const { SDK } = livekit.ClientInfo;

function read(query: Readonly<Record<string, string>> = {}) {
  return readQueryParameters((name) => query[name], "192.0.2.1");
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64").replaceAll("+", "-").replaceAll("/", "_");
}

test("without parameters a client is unknown, subscribes by itself and is new", () => {
  const parameters = read();
  expect(parameters.client).toMatchObject({
    sdk: SDK.UNKNOWN,
    protocol: 0,
    clientProtocol: 0,
    capabilities: [],
    address: "192.0.2.1",
  });
  expect(parameters.connection).toEqual({
    isAutoSubscribe: true,
    isAutoSubscribeDataTrack: false,
    isAdaptiveStream: false,
    allowPause: undefined,
    isOneShot: false,
  });
  expect(parameters).toMatchObject({ isReconnect: false, publish: "", attributes: {} });
});

test("what the query says of the client is taken", () => {
  const { client } = read({
    sdk: "swift",
    version: "2.0.1",
    protocol: "16",
    client_protocol: "2",
    os: "ios",
    os_version: "17",
    device_model: "iPhone",
    browser: "b",
    browser_version: "1",
    network: "wifi",
    capabilities: "CAP_PACKET_TRAILER, CAP_COMPRESSION_DEFLATE_RAW,CAP_NO,constructor,0,",
  });
  expect(client).toMatchObject({
    sdk: SDK.SWIFT,
    version: "2.0.1",
    protocol: 16,
    clientProtocol: 2,
    os: "ios",
    osVersion: "17",
    deviceModel: "iPhone",
    browser: "b",
    browserVersion: "1",
    network: "wifi",
  });
  const { CAP_PACKET_TRAILER, CAP_COMPRESSION_DEFLATE_RAW } = livekit.ClientInfo.Capability;
  expect(client.capabilities).toEqual([CAP_PACKET_TRAILER, CAP_COMPRESSION_DEFLATE_RAW]);
});

test.each([
  ["js", SDK.JS],
  ["ios", SDK.SWIFT],
  ["android", SDK.ANDROID],
  ["flutter", SDK.FLUTTER],
  ["go", SDK.GO],
  ["unity", SDK.UNITY],
  ["reactnative", SDK.REACT_NATIVE],
  ["rust", SDK.RUST],
  ["python", SDK.PYTHON],
  ["cpp", SDK.CPP],
  ["unityweb", SDK.UNITY_WEB],
  ["node", SDK.NODE],
  ["esp32", SDK.ESP32],
  ["JS", SDK.UNKNOWN],
  ["constructor", SDK.UNKNOWN],
  ["__proto__", SDK.UNKNOWN],
])("the SDK %p is %d", (sdk, number) => {
  expect(read({ sdk }).client.sdk).toBe(number);
});

test.each(["", "x", "-1", "17x", "1.5", "1e3", "99999999999", "4294967296"])(
  "the protocol %p counts as 0",
  (protocol) => {
    expect(read({ protocol }).client.protocol).toBe(0);
  },
);

test.each([
  ["1", true],
  ["true", true],
  ["0", false],
  ["false", false],
  ["TRUE", false],
  ["yes", false],
])("a flag of %p is %p", (value, expected) => {
  const { connection, isReconnect } = read({
    auto_subscribe: value,
    auto_subscribe_data_track: value,
    adaptive_stream: value,
    reconnect: value,
    subscriber_allow_pause: value,
  });
  expect(connection).toEqual({
    isAutoSubscribe: expected,
    isAutoSubscribeDataTrack: expected,
    isAdaptiveStream: expected,
    allowPause: expected,
    isOneShot: false,
  });
  expect(isReconnect).toBe(expected);
});

test("attributes are base64url of a JSON object of texts, empty values left out", () => {
  const attributes = '{"a":"ÿ?>","b":"","c":null,"__proto__":"p"}';
  expect(Object.entries(read({ attributes: base64(attributes) }).attributes ?? {})).toEqual([
    ["a", "ÿ?>"],
    ["__proto__", "p"],
  ]);
});

test.each(["!!!", base64("{"), base64("[]"), base64("null"), base64('"x"'), base64('{"a":1}')])(
  "attributes %p cannot be decoded",
  (attributes) => {
    expect(read({ attributes }).attributes).toBeUndefined();
  },
);

test.each([
  ["2", 2],
  ["", 0],
  ["-1", 0],
  ["x", 0],
])("the reason of a reconnect of %p is %d", (value, reason) => {
  expect(read({ reconnect: "1", reconnect_reason: value }).reconnectReason).toBe(reason);
});
