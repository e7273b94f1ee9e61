import { expect, test } from "bun:test";
import { livekit } from "../../gen/livekit.js";
import { ClientProfile } from "./client.ts";
import { clientConfiguration } from "./client-configuration.ts";
import { enabledPublishCodecs, enabledSubscribeCodecs } from "./codecs.ts";
import { kindDetailsOf, kindOf } from "./kind.ts";

const { Kind, KindDetail } = livekit.ParticipantInfo;

const CLIENTS: { client: livekit.IClientInfo; codecs: string[]; publish: string[] }[] = [
  { client: { browser: "Safari", browserVersion: "17.1" }, codecs: ["video/AV1"], publish: [] },
  {
    client: { browser: "safari", browserVersion: "18.4" },
    codecs: ["video/AV1"],
    publish: ["video/VP9"],
  },
  { client: { browser: "safari", browserVersion: "18.3" }, codecs: ["video/AV1"], publish: [] },
  { client: { browser: "Firefox", os: "linux" }, codecs: ["video/AV1"], publish: [] },
  {
    client: { browser: "firefox mobile", os: "Android" },
    codecs: ["video/AV1"],
    publish: ["video/H264"],
  },
  {
    client: { os: "android", deviceModel: "Xiaomi 2201117TI" },
    codecs: [],
    publish: ["video/H264"],
  },
];

test.each(CLIENTS)(
  "a client with $client.browser $client.browserVersion $client.os leaves out $codecs and $publish",
  ({ client, codecs, publish }) => {
    const disabled = clientConfiguration(new livekit.ClientInfo(client), false)?.disabledCodecs;
    expect((disabled?.codecs ?? []).map(({ mime }) => mime ?? "")).toEqual(codecs);
    expect((disabled?.publish ?? []).map(({ mime }) => mime ?? "")).toEqual(publish);
  },
);

test("other clients get no configuration", () => {
  const client = new livekit.ClientInfo({ browser: "Chrome", os: "android", deviceModel: "Pixel" });
  expect(clientConfiguration(client, false)).toBeUndefined();
});

test("a client that only a relay gets through for is told so, beside what it leaves out", () => {
  const { ENABLED } = livekit.ClientConfigSetting;
  expect(clientConfiguration(new livekit.ClientInfo(), true)).toMatchObject({
    forceRelay: ENABLED,
  });
  expect(clientConfiguration(new livekit.ClientInfo({ browser: "safari" }), true)).toMatchObject({
    forceRelay: ENABLED,
    disabledCodecs: { codecs: [{ mime: "video/AV1" }] },
  });
});

test("a browser named like a member that objects inherit is just unknown", () => {
  expect(
    clientConfiguration(new livekit.ClientInfo({ browser: "constructor" }), false),
  ).toBeUndefined();
});

test("VP8 comes first, then H264, the other video codecs, then audio, without retransmission", () => {
  const enabled = ["audio/opus", "video/rtx", "video/AV1", "video/h264", "video/VP8"].map(
    (mime) => new livekit.Codec({ mime, fmtpLine: "f" }),
  );
  const codecs = enabledPublishCodecs(enabled, { codecs: [], publish: [] });
  expect(codecs.map(({ mime }) => mime)).toEqual([
    "video/VP8",
    "video/h264",
    "video/AV1",
    "audio/opus",
  ]);
  expect(codecs[0]?.fmtpLine).toBe("f");
});

test("codecs disabled for publishing are still received, those disabled both ways are not", () => {
  const enabled = ["video/VP8", "video/VP9", "video/AV1"].map(
    (mime) => new livekit.Codec({ mime }),
  );
  const disabled = { codecs: [{ mime: "video/av1" }], publish: [{ mime: "VIDEO/VP9" }] };
  const mimes = (codecs: readonly livekit.ICodec[]) => codecs.map(({ mime }) => mime);
  expect(mimes(enabledPublishCodecs(enabled, disabled))).toEqual(["video/VP8"]);
  expect(mimes(enabledSubscribeCodecs(enabled, disabled))).toEqual(["video/VP8", "video/VP9"]);
});

test.each([
  ["hearsSpeakers", 3],
  ["canMakeSubscriberPrimary", 3],
  ["hearsQuality", 5],
  ["hearsUnpublish", 7],
  ["hearsRecentDisconnects", 9],
  ["knowsLostQuality", 11],
  ["reconnectsByIdentity", 12],
  ["knowsLeaveActions", 13],
  ["hearsSuccess", 15],
] as const)("%s begins with protocol %d", (gate, protocol) => {
  const profileOf = (version: number) =>
    new ClientProfile(new livekit.ClientInfo({ protocol: version }));
  expect(profileOf(protocol - 1)[gate]).toBe(false);
  expect(profileOf(protocol)[gate]).toBe(true);
});

test.each([
  ["standard", Kind.STANDARD],
  ["", Kind.STANDARD],
  ["ingress", Kind.INGRESS],
  ["egress", Kind.EGRESS],
  ["sip", Kind.SIP],
  ["agent", Kind.AGENT],
  ["connector", Kind.CONNECTOR],
  ["bridge", Kind.BRIDGE],
  ["AGENT", Kind.STANDARD],
  ["constructor", Kind.STANDARD],
])("the kind %p of a token is %d", (claim, kind) => {
  expect(kindOf(claim)).toBe(kind);
});

test("unknown kind details are dropped", () => {
  expect(kindDetailsOf(["forwarded", "x", "tostring", "__proto__", "0", "cloud_agent"])).toEqual([
    KindDetail.FORWARDED,
    KindDetail.CLOUD_AGENT,
  ]);
});

test("capabilities, which others are told of, are each kept once and bounded", () => {
  const { CAP_PACKET_TRAILER } = livekit.ClientInfo.Capability;
  const repeated = Array.from({ length: 10_000 }, () => CAP_PACKET_TRAILER);
  const { info } = new ClientProfile(new livekit.ClientInfo({ capabilities: repeated }));
  expect(info.capabilities).toEqual([CAP_PACKET_TRAILER]);
  const made = Array.from({ length: 10_000 }, (_, index) => index);
  const profile = new ClientProfile(new livekit.ClientInfo({ capabilities: made }));
  expect(profile.info.capabilities).toHaveLength(32);
});

test("what a client says of itself is cut", () => {
  const long = "x".repeat(100_000);
  const info: livekit.IClientInfo = {
    sdk: livekit.ClientInfo.SDK.GO,
    version: long,
    protocol: 16,
    os: long,
    osVersion: long,
    deviceModel: long,
    browser: long,
    browserVersion: long,
    address: long,
    network: long,
    otherSdks: long,
    clientProtocol: 2,
  };
  const kept = new ClientProfile(new livekit.ClientInfo(info)).info;
  const cut = Object.entries(info).map(([name, value]) => [
    name,
    value === long ? long.slice(0, 256) : value,
  ]);
  expect(kept).toMatchObject(Object.fromEntries(cut));
});
