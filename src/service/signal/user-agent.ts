import { livekit } from "../../gen/livekit.js";

const { SDK } = livekit.ClientInfo;

/** SDKs that may run in a browser. */
const BROWSER_SDKS: ReadonlySet<livekit.ClientInfo.SDK> = new Set([
  SDK.JS,
  SDK.REACT_NATIVE,
  SDK.FLUTTER,
  SDK.UNITY,
  SDK.UNKNOWN,
]);

/** Longer headers are read up to here: the longest real ones have some 300 characters. */
const LENGTH_MAX = 512;

/** Names and versions as the usual collection of user-agent patterns has them; "" for unknown. */
export type UserAgent = {
  readonly browser: string;
  readonly browserVersion: string;
  readonly os: string;
  readonly osVersion: string;
  readonly device: string;
};

type Named = readonly [name: string, version: string];
type Rule = readonly [pattern: RegExp, name: string];

/** In this order: browsers name those they want to be taken for as well. */
const BROWSERS: readonly Rule[] = [
  [/OBS-Studio\/([\d.]+)/, "OBS Studio"],
  [/Electron\/([\d.]+)/, "Electron"],
  [/EdgA\/([\d.]+)/, "Edge Mobile"],
  [/EdgiOS\/([\d.]+)/, "Edge Mobile"],
  [/(?:Edg|Edge)\/([\d.]+)/, "Edge"],
  [/OPR\/([\d.]+)/, "Opera"],
  [/SamsungBrowser\/([\d.]+)/, "Samsung Internet"],
  [/YaBrowser\/([\d.]+)/, "Yandex Browser"],
  [/FxiOS\/([\d.]+)/, "Firefox iOS"],
  [/CriOS\/([\d.]+)/, "Chrome Mobile iOS"],
  [/HeadlessChrome\/([\d.]+)/, "HeadlessChrome"],
];

const CHROME = /Chrome\/([\d.]+)/;
const FIREFOX = /Firefox\/([\d.]+)/;
const SAFARI = /Version\/([\d.]+).{0,64}? Safari\//;
const MOBILE = /\bMobile\b/;
const ANDROID = /Android[ /-]?([\d.]*)/;
const ANDROID_MODEL = /Android[^;()]*; ([^;()]{1,64}?)(?: Build\/[^;()]*)?[;)]/;
const IOS = /(?:iPhone|iPad|iPod)[^)]{0,64}? OS ([\d_]+)/;
const APPLE_DEVICE = /\((iPhone|iPad|iPod)/;
const MAC = /Mac OS X ?([\d_.]*)/;
const WINDOWS = /Windows NT ([\d.]+)/;
const CHROME_OS = /CrOS \S+ ([\d.]+)/;
const UBUNTU = /Ubuntu(?:\/([\d.]+))?/;

const WINDOWS_VERSIONS: ReadonlyMap<string, string> = new Map([
  ["10.0", "10"],
  ["6.3", "8.1"],
  ["6.2", "8"],
  ["6.1", "7"],
]);

/** Xiaomi's names of models are numbers by the date. */
const XIAOMI_MODEL = /^2\d{6,9}[A-Z]+$/;
/** What Android browsers say instead of a model. */
const NO_MODELS: ReadonlySet<string> = new Set(["K", "Mobile", "Tablet", "wv"]);

/**
 * What a browser says of itself, as far as rules about clients ask (spec-signalling 1.4, 0.2, 3.6).
 * What is not known is "".
 *
 * @param header `User-Agent`
 */
export function readUserAgent(header: string): UserAgent {
  const text = header.slice(0, LENGTH_MAX);
  const [browser, browserVersion] = browserOf(text);
  const [os, osVersion] = osOf(text);
  return { browser, browserVersion, os, osVersion, device: deviceOf(text) };
}

/** A client's description, with what it left out filled in from its browser's header. */
export function withUserAgent(client: livekit.ClientInfo, header: string): livekit.ClientInfo {
  const isComplete = client.browser !== "" && client.os !== "" && client.deviceModel !== "";
  if (isComplete || header === "" || !BROWSER_SDKS.has(client.sdk)) return client;
  const { browser, browserVersion, os, osVersion, device } = readUserAgent(header);
  return new livekit.ClientInfo({
    ...client,
    ...(client.browser === "" ? { browser, browserVersion } : {}),
    ...(client.os === "" ? { os, osVersion } : {}),
    ...(client.deviceModel === "" ? { deviceModel: device } : {}),
  });
}

function browserOf(text: string): Named {
  for (const [pattern, name] of BROWSERS) {
    const version = pattern.exec(text)?.[1];
    if (version !== undefined) return [name, short(version)];
  }
  const isAndroid = text.includes("Android");
  const chrome = CHROME.exec(text)?.[1];
  if (chrome !== undefined) {
    const isWebView = isAndroid && text.includes("; wv)");
    if (isWebView) return ["Chrome Mobile WebView", short(chrome)];
    return [isAndroid && MOBILE.test(text) ? "Chrome Mobile" : "Chrome", short(chrome)];
  }
  const firefox = FIREFOX.exec(text)?.[1];
  if (firefox !== undefined) return [isAndroid ? "Firefox Mobile" : "Firefox", short(firefox)];
  const safari = SAFARI.exec(text)?.[1];
  if (safari !== undefined && !isAndroid) {
    return [APPLE_DEVICE.test(text) ? "Mobile Safari" : "Safari", short(safari)];
  }
  if (IOS.test(text)) return ["Mobile Safari UI/WKWebView", ""];
  return ["", ""];
}

function osOf(text: string): Named {
  const ios = IOS.exec(text)?.[1];
  if (ios !== undefined) return ["iOS", dotted(ios)];
  const android = ANDROID.exec(text)?.[1];
  if (android !== undefined) return ["Android", short(android)];
  const windows = WINDOWS.exec(text)?.[1];
  if (windows !== undefined) return ["Windows", WINDOWS_VERSIONS.get(windows) ?? ""];
  const mac = MAC.exec(text)?.[1];
  if (mac !== undefined) return ["Mac OS X", dotted(mac)];
  const chromeOs = CHROME_OS.exec(text)?.[1];
  if (chromeOs !== undefined) return ["Chrome OS", short(chromeOs)];
  const ubuntu = UBUNTU.exec(text);
  if (ubuntu !== null) return ["Ubuntu", short(ubuntu[1] ?? "")];
  return [text.includes("Linux") ? "Linux" : "", ""];
}

function deviceOf(text: string): string {
  const apple = APPLE_DEVICE.exec(text)?.[1];
  if (apple !== undefined) return apple;
  if (!text.includes("Android")) return text.includes("Macintosh") ? "Mac" : "";
  const model = ANDROID_MODEL.exec(text)?.[1] ?? "";
  if (NO_MODELS.has(model) || model.startsWith("rv:")) return "";
  return XIAOMI_MODEL.test(model) ? `XiaoMi ${model}` : model;
}

/** Three numbers are what rules compare. */
function short(version: string): string {
  return version.split(".").slice(0, 3).join(".");
}

function dotted(version: string): string {
  return short(version.replaceAll("_", "."));
}
