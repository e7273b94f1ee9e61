import { expect, test } from "bun:test";
import { livekit } from "../../gen/livekit.js";
import { readUserAgent, withUserAgent } from "./user-agent.ts";

const APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
const BLINK = "AppleWebKit/537.36 (KHTML, like Gecko)";
const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";
const WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X)";

type Row = [
  header: string,
  browser: string,
  browserVersion: string,
  os: string,
  osVersion: string,
  device: string,
];

const ROWS: readonly Row[] = [
  [
    `${MAC} ${APPLE} Version/17.4.1 Safari/605.1.15`,
    "Safari",
    "17.4.1",
    "Mac OS X",
    "10.15.7",
    "Mac",
  ],
  [`${MAC} ${APPLE} Version/18.4 Safari/605.1.15`, "Safari", "18.4", "Mac OS X", "10.15.7", "Mac"],
  [
    `${IPHONE} ${APPLE} Version/17.4 Mobile/15E148 Safari/604.1`,
    "Mobile Safari",
    "17.4",
    "iOS",
    "17.4.1",
    "iPhone",
  ],
  [
    `Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) ${APPLE} Version/16.6 Mobile/15E148 Safari/604.1`,
    "Mobile Safari",
    "16.6",
    "iOS",
    "16.6",
    "iPad",
  ],
  [
    `${IPHONE} ${APPLE} CriOS/123.0.6312.52 Mobile/15E148 Safari/604.1`,
    "Chrome Mobile iOS",
    "123.0.6312",
    "iOS",
    "17.4.1",
    "iPhone",
  ],
  [
    `${IPHONE} ${APPLE} FxiOS/124.0 Mobile/15E148 Safari/605.1.15`,
    "Firefox iOS",
    "124.0",
    "iOS",
    "17.4.1",
    "iPhone",
  ],
  [`${IPHONE} ${APPLE} Mobile/15E148`, "Mobile Safari UI/WKWebView", "", "iOS", "17.4.1", "iPhone"],
  [`${WINDOWS} ${BLINK} Chrome/123.0.0.0 Safari/537.36`, "Chrome", "123.0.0", "Windows", "10", ""],
  [
    `${WINDOWS} ${BLINK} Chrome/123.0.0.0 Safari/537.36 Edg/123.0.2420.65`,
    "Edge",
    "123.0.2420",
    "Windows",
    "10",
    "",
  ],
  [
    `${WINDOWS} ${BLINK} Chrome/122.0.0.0 Safari/537.36 OPR/108.0.0.0`,
    "Opera",
    "108.0.0",
    "Windows",
    "10",
    "",
  ],
  [
    `${WINDOWS} ${BLINK} OBS-Studio/30.1.2 Chrome/103.0.5060.134 Safari/537.36`,
    "OBS Studio",
    "30.1.2",
    "Windows",
    "10",
    "",
  ],
  [
    `${WINDOWS} ${BLINK} app/1.0 Chrome/120.0.0.0 Electron/28.2.0 Safari/537.36`,
    "Electron",
    "28.2.0",
    "Windows",
    "10",
    "",
  ],
  [
    "Mozilla/5.0 (Windows NT 6.1; rv:115.0) Gecko/20100101 Firefox/115.0",
    "Firefox",
    "115.0",
    "Windows",
    "7",
    "",
  ],
  [
    "Mozilla/5.0 (X11; Linux x86_64; rv:124.0) Gecko/20100101 Firefox/124.0",
    "Firefox",
    "124.0",
    "Linux",
    "",
    "",
  ],
  [
    "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:124.0) Gecko/20100101 Firefox/124.0",
    "Firefox",
    "124.0",
    "Ubuntu",
    "",
    "",
  ],
  [
    "Mozilla/5.0 (Android 14; Mobile; rv:124.0) Gecko/124.0 Firefox/124.0",
    "Firefox Mobile",
    "124.0",
    "Android",
    "14",
    "",
  ],
  [
    `Mozilla/5.0 (Linux; Android 13; Pixel 7) ${BLINK} Chrome/123.0.6312.40 Mobile Safari/537.36`,
    "Chrome Mobile",
    "123.0.6312",
    "Android",
    "13",
    "Pixel 7",
  ],
  [
    `Mozilla/5.0 (Linux; Android 10; K) ${BLINK} Chrome/123.0.0.0 Mobile Safari/537.36`,
    "Chrome Mobile",
    "123.0.0",
    "Android",
    "10",
    "",
  ],
  [
    `Mozilla/5.0 (Linux; Android 11; 2201117TI Build/RKQ1.211001.001) ${BLINK} Chrome/99.0.4844.58 Mobile Safari/537.36`,
    "Chrome Mobile",
    "99.0.4844",
    "Android",
    "11",
    "XiaoMi 2201117TI",
  ],
  [
    `Mozilla/5.0 (Linux; Android 12; SM-G991B; wv) ${BLINK} Version/4.0 Chrome/99.0.4844.58 Mobile Safari/537.36`,
    "Chrome Mobile WebView",
    "99.0.4844",
    "Android",
    "12",
    "SM-G991B",
  ],
  [
    `Mozilla/5.0 (Linux; Android 13; SM-S918B) ${BLINK} SamsungBrowser/23.0 Chrome/115.0.0.0 Mobile Safari/537.36`,
    "Samsung Internet",
    "23.0",
    "Android",
    "13",
    "SM-S918B",
  ],
  [
    `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${BLINK} Chrome/123.0.0.0 Safari/537.36`,
    "Chrome",
    "123.0.0",
    "Chrome OS",
    "14541.0.0",
    "",
  ],
  [
    `Mozilla/5.0 (X11; Linux x86_64) ${BLINK} HeadlessChrome/123.0.6312.4 Safari/537.36`,
    "HeadlessChrome",
    "123.0.6312",
    "Linux",
    "",
    "",
  ],
  ["Go-http-client/1.1", "", "", "", "", ""],
  ["", "", "", "", "", ""],
];

test.each(ROWS)("%s", (header, browser, browserVersion, os, osVersion, device) => {
  expect(readUserAgent(header)).toEqual({ browser, browserVersion, os, osVersion, device });
});

const SAFARI = `${MAC} ${APPLE} Version/18.4 Safari/605.1.15`;

function filled(client: livekit.IClientInfo, header = SAFARI): livekit.ClientInfo {
  return withUserAgent(new livekit.ClientInfo(client), header);
}

test.each(["JS", "REACT_NATIVE", "FLUTTER", "UNITY", "UNKNOWN"] as const)(
  "what a client of the %s SDK left out is filled in from its browser's header",
  (sdk) => {
    expect(filled({ sdk: livekit.ClientInfo.SDK[sdk], protocol: 16 })).toMatchObject({
      protocol: 16,
      browser: "Safari",
      browserVersion: "18.4",
      os: "Mac OS X",
      osVersion: "10.15.7",
      deviceModel: "Mac",
    });
  },
);

test("what a client says itself counts, its name and version together", () => {
  const client = { sdk: livekit.ClientInfo.SDK.JS, browser: "Chrome", os: "macos" };
  expect(filled(client)).toMatchObject({
    browser: "Chrome",
    browserVersion: "",
    os: "macos",
    osVersion: "",
    deviceModel: "Mac",
  });
});

test("native SDKs run in no browser, whatever their HTTP library says", () => {
  expect(filled({ sdk: livekit.ClientInfo.SDK.RUST }).browser).toBe("");
});
