import { crc32 } from "../../wire/stun/crc32.ts";

/** Type preferences (RFC 8445 §5.1.2.2); TCP stands 27 lower. */
const HOST_PREFERENCE = 126;
const TCP_PENALTY = 27;
/** Direction preference of a passive host candidate (RFC 6544 §4.2), and the rest of 13 bits. */
const TCP_PASSIVE_PREFERENCE = 8192 * 4 + 8191;
const UDP_PREFERENCE_MAX = 65535;
const COMPONENT = 1;
/** A candidate line of a client is a few hundred characters at most. */
const LINE_LENGTH_MAX = 512;

export type IceProtocol = "udp" | "tcp";

export type LocalCandidate = {
  readonly protocol: IceProtocol;
  /** IPv4 or IPv6 address in text; announced external addresses are host candidates too. */
  readonly address: string;
  readonly port: number;
  /** 0..65535, higher is better; UDP only. 65535 when left out. */
  readonly localPreference?: number;
  /** Appended as `ufrag`, so that a client can tell the ICE generation of a trickled line. */
  readonly ufrag?: string;
};

/** What is kept of a client's candidate. A lite agent sends no checks, so it only informs. */
export type RemoteCandidate = {
  readonly foundation: string;
  readonly component: number;
  readonly protocol: IceProtocol;
  readonly priority: number;
  readonly address: string;
  readonly port: number;
  readonly type: "host" | "srflx" | "prflx" | "relay";
  readonly tcpType: "active" | "passive" | "so" | undefined;
  readonly ufrag: string | undefined;
};

/** Priority of one of our host candidates, 1..2^31-1 (RFC 8445 §5.1.2.1, RFC 6544 §4.2). */
export function hostPriority(
  protocol: IceProtocol,
  localPreference: number = UDP_PREFERENCE_MAX,
): number {
  const tcp = protocol === "tcp";
  const typePreference = tcp ? HOST_PREFERENCE - TCP_PENALTY : HOST_PREFERENCE;
  const preference = tcp ? TCP_PASSIVE_PREFERENCE : localPreference;
  return typePreference * 2 ** 24 + preference * 2 ** 8 + (256 - COMPONENT);
}

/** The line behind `a=` in SDP and in a trickled candidate (RFC 8839 §5.1, RFC 6544 §4.5). */
export function formatCandidate(candidate: LocalCandidate): string {
  const { protocol, address, port } = candidate;
  const priority = hostPriority(protocol, candidate.localPreference);
  const tcpType = protocol === "tcp" ? " tcptype passive" : "";
  const ufrag = candidate.ufrag === undefined ? "" : ` ufrag ${candidate.ufrag}`;
  const foundation = foundationOf(`host ${protocol} ${address}`);
  return `candidate:${foundation} ${COMPONENT} ${protocol} ${priority} ${address} ${port} typ host${tcpType}${ufrag}`;
}

/** Equal for candidates of one type, protocol and base address (RFC 8445 §5.1.1.3). */
function foundationOf(text: string): string {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return crc32(bytes, 0, bytes.length).toString(10);
}

/**
 * Parses a candidate line, with or without `a=`. Host names (mDNS) stay as they are in `address`.
 *
 * @returns undefined for a line that is none, or of a kind nobody here could use
 */
export function parseCandidate(line: string): RemoteCandidate | undefined {
  if (line.length > LINE_LENGTH_MAX) return undefined;
  const words = line.trim().split(/\s+/);
  const head = (words[0] ?? "").replace(/^a=/, "");
  if (!head.startsWith("candidate:") || words.length < 8) return undefined;
  const foundation = head.slice("candidate:".length);
  const component = readInteger(words[1], 256);
  const protocol = readWord(words[2], ["udp", "tcp"] as const);
  const priority = readInteger(words[3], 2 ** 32 - 1);
  const address = words[4]!;
  const port = readInteger(words[5], 65535);
  const type = readWord(words[7], ["host", "srflx", "prflx", "relay"] as const);
  if (
    foundation === "" ||
    component === undefined ||
    protocol === undefined ||
    priority === undefined ||
    port === undefined ||
    words[6] !== "typ" ||
    type === undefined
  ) {
    return undefined;
  }
  let tcpType: RemoteCandidate["tcpType"];
  let ufrag: string | undefined;
  for (let i = 8; i + 1 < words.length; i += 2) {
    if (words[i] === "tcptype") {
      tcpType = readWord(words[i + 1], ["active", "passive", "so"] as const);
    } else if (words[i] === "ufrag") {
      ufrag = words[i + 1];
    }
  }
  return { foundation, component, protocol, priority, address, port, type, tcpType, ufrag };
}

function readInteger(word: string | undefined, max: number): number | undefined {
  if (word === undefined || !/^\d{1,10}$/.test(word)) return undefined;
  const value = Number(word);
  return value <= max ? value : undefined;
}

function readWord<const Word extends string>(
  word: string | undefined,
  words: readonly Word[],
): Word | undefined {
  const lower = word?.toLowerCase();
  return words.find((candidate) => candidate === lower);
}
