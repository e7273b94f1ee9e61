/** What the signal connection tells of a client, as far as negotiation asks: fields of ClientInfo. */
export type ClientDescription = {
  /** ClientInfo.SDK */
  readonly sdk: number;
  /** Of the SDK, for example `2.15.1`; "" when not told. */
  readonly version: string;
  /** The signal protocol it speaks. */
  readonly protocol: number;
  readonly os: string;
  readonly browser: string;
};

/** Numbers of `ClientInfo.SDK` that make a difference. */
const Sdk = { Unknown: 0, Js: 1, Swift: 2, Go: 5, Rust: 8 } as const;

/** What this client gets otherwise than others, and why (spec-signalling 0.1 and 0.2). */
export type ClientCapabilities = {
  /** `track_subscribed` and `request_response` do not upset it. */
  readonly takesRequestResponse: boolean;
  /** It reads `reconnect` as the first message of a resumed session. */
  readonly takesReconnectResponse: boolean;
  /** Falls back to ICE over TCP. */
  readonly hasIceTcp: boolean;
  /** Takes SCTP packets without checksum, which DTLS makes superfluous (RFC 9653). */
  readonly hasSctpZeroChecksum: boolean;
  /** What it is sent of a track may change its codec; otherwise the track comes anew. */
  readonly canChangeCodec: boolean;
  readonly hasRed: boolean;
  /** Stream ids may name the stream instead of the track. */
  readonly hasSyncStreams: boolean;
  /**
   * Its synchronised streams do not come apart when video is held back: a playout delay is not for
   * those that cannot have them.
   */
  readonly canDelaySyncStreams: boolean;
  /** Takes notice of a track by the description; otherwise when its first packet comes. */
  readonly seesTracksByDescription: boolean;
  /** Sends the first codec of our answer; otherwise the answer has the preferred one alone. */
  readonly keepsCodecOrder: boolean;
  /** A section that a track left may carry another one. */
  readonly canReuseTransceivers: boolean;
  /** Sends sender reports for some simulcast layers only. */
  readonly isObs: boolean;
};

export function capabilitiesOf(client: ClientDescription): ClientCapabilities {
  const { sdk, version, protocol } = client;
  const browser = client.browser.toLowerCase();
  const os = client.os.toLowerCase();
  const isFirefox = browser === "firefox" || browser === "firefox mobile";
  const isSafari = browser === "safari";
  return {
    takesRequestResponse: sdk !== Sdk.Rust || protocol >= 10,
    takesReconnectResponse: sdk !== Sdk.Js || compareVersions(version, "1.6.3") >= 0,
    hasIceTcp: sdk !== Sdk.Go && !(sdk === Sdk.Swift && compareVersions(version, "1.0.5") < 0),
    hasSctpZeroChecksum:
      sdk !== Sdk.Unknown && (sdk !== Sdk.Go || compareVersions(version, "2.4.0") >= 0),
    canChangeCodec: sdk !== Sdk.Go && sdk !== Sdk.Unknown,
    hasRed: !isFirefox && !isSafari,
    hasSyncStreams: !isFirefox && protocol >= 10,
    canDelaySyncStreams: !isFirefox,
    seesTracksByDescription: sdk !== Sdk.Go,
    keepsCodecOrder: !(isFirefox && (os.includes("linux") || os.includes("android"))),
    canReuseTransceivers: !isSafari && protocol >= 4,
    isObs: browser.includes("obs"),
  };
}

/**
 * Below, equal to or above zero, by the numbers between the dots. What is not a number counts as 0,
 * so a client without a version is older than any.
 */
export function compareVersions(left: string, right: string): number {
  const [leftParts, rightParts] = [left, right].map((version) =>
    version.split(".").map((part) => Number.parseInt(part, 10) || 0),
  );
  for (let i = 0; i < Math.max(leftParts!.length, rightParts!.length); i++) {
    const difference = (leftParts![i] ?? 0) - (rightParts![i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
