import { expect, test } from "bun:test";
import { type ClientDescription, capabilitiesOf, compareVersions } from "./client-capabilities.ts";

const JS: ClientDescription = {
  sdk: 1,
  version: "2.15.0",
  protocol: 16,
  os: "Mac OS X",
  browser: "Chrome",
};

test("a current browser client has every capability", () => {
  const { isObs, ...capabilities } = capabilitiesOf(JS);
  expect(isObs).toBe(false);
  expect(Object.entries(capabilities).filter(([, has]) => !has)).toEqual([]);
});

// spec-signalling 0.1 and 0.2
test.each([
  { client: { sdk: 8, protocol: 9 }, lacks: ["hasSyncStreams", "takesRequestResponse"] },
  { client: { sdk: 8, protocol: 10 }, lacks: [] },
  { client: { version: "1.6.2" }, lacks: ["takesReconnectResponse"] },
  { client: { version: "1.6.3" }, lacks: [] },
  {
    client: { sdk: 5, version: "2.3.9", browser: "" },
    lacks: ["canChangeCodec", "hasIceTcp", "hasSctpZeroChecksum", "seesTracksByDescription"],
  },
  {
    client: { sdk: 5, version: "2.4.0", browser: "" },
    lacks: ["canChangeCodec", "hasIceTcp", "seesTracksByDescription"],
  },
  { client: { sdk: 2, version: "1.0.4" }, lacks: ["hasIceTcp"] },
  { client: { sdk: 2, version: "1.0.5" }, lacks: [] },
  { client: { sdk: 0 }, lacks: ["canChangeCodec", "hasSctpZeroChecksum"] },
  {
    client: { browser: "Firefox" },
    lacks: ["canDelaySyncStreams", "hasRed", "hasSyncStreams"],
  },
  {
    client: { browser: "Firefox Mobile", os: "Android" },
    lacks: ["canDelaySyncStreams", "hasRed", "hasSyncStreams", "keepsCodecOrder"],
  },
  { client: { browser: "Chrome", os: "Linux" }, lacks: [] },
  { client: { browser: "Safari" }, lacks: ["canReuseTransceivers", "hasRed"] },
  { client: { browser: "Mobile Safari" }, lacks: [] },
  {
    client: { protocol: 3 },
    lacks: ["canReuseTransceivers", "hasSyncStreams"],
  },
])("client $client lacks $lacks", ({ client, lacks }) => {
  const { isObs: _, ...capabilities } = capabilitiesOf({ ...JS, ...client });
  const missing = Object.entries(capabilities).filter(([, has]) => !has);
  expect(missing.map(([name]) => name).sort()).toEqual([...lacks]);
});

test("OBS is known by its browser name", () => {
  expect(capabilitiesOf({ ...JS, browser: "OBS Studio" }).isObs).toBe(true);
});

test.each([
  ["2.4.0", "2.4", 0],
  ["2.10", "2.9", 1],
  ["1.0.4-beta.1", "1.0.5", -1],
  ["", "0.0.1", -1],
  ["junk", "", 0],
])("compareVersions('%s', '%s') has the sign of %d", (left, right, sign) => {
  expect(Math.sign(compareVersions(left, right))).toBe(sign);
});
