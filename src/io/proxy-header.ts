import { writeIpv4, writeIpv6 } from "./udp-address.ts";

/** What a load balancer says in front of a connection (PROXY protocol, versions 1 and 2). */
export type ProxyHeader =
  | { readonly kind: "incomplete" }
  | { readonly kind: "invalid" }
  | {
      readonly kind: "read";
      /** Bytes that the header takes. */
      readonly length: number;
      /** Of the client; undefined: the balancer speaks for itself, or does not know. */
      readonly client: { readonly address: string; readonly port: number } | undefined;
    };

const INCOMPLETE: ProxyHeader = { kind: "incomplete" };
const INVALID: ProxyHeader = { kind: "invalid" };

/** Both versions state bounds: 107 characters, and 16 bytes with addresses and options. */
const V1_BYTES_MAX = 107;
const V2_HEADER_BYTES = 16;
/** More than any balancer puts in; the length field could say 65535. */
const V2_BODY_BYTES_MAX = 2048;
export const PROXY_HEADER_BYTES_MAX: number = V2_HEADER_BYTES + V2_BODY_BYTES_MAX;

const V1_START = "PROXY ";
const V2_SIGNATURE: Uint8Array = new Uint8Array([
  0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a,
]);

/** @param bytes the connection's first ones, as far as they have come */
export function readProxyHeader(bytes: Uint8Array): ProxyHeader {
  if (bytes.length === 0) return INCOMPLETE;
  return bytes[0] === V2_SIGNATURE[0] ? readVersion2(bytes) : readVersion1(bytes);
}

function readVersion1(bytes: Uint8Array): ProxyHeader {
  const text = String.fromCharCode(...bytes.subarray(0, V1_BYTES_MAX));
  const start = text.slice(0, V1_START.length);
  if (!V1_START.startsWith(start)) return INVALID;
  const end = text.indexOf("\r\n");
  if (end < 0) return bytes.length < V1_BYTES_MAX ? INCOMPLETE : INVALID;
  const length = end + 2;
  const [, protocol, source, destination, sourcePort, destinationPort, ...rest] = text
    .slice(0, end)
    .split(" ");
  if (protocol === "UNKNOWN") return { kind: "read", length, client: undefined };
  const isFamily = protocol === "TCP4" ? isIpv4 : protocol === "TCP6" ? isIpv6 : undefined;
  if (isFamily === undefined || rest.length > 0) return INVALID;
  if (!isFamily(source ?? "") || !isFamily(destination ?? "")) return INVALID;
  if (!isPort(sourcePort ?? "") || !isPort(destinationPort ?? "")) return INVALID;
  return { kind: "read", length, client: { address: source!, port: Number(sourcePort) } };
}

function readVersion2(bytes: Uint8Array): ProxyHeader {
  const known = Math.min(bytes.length, V2_SIGNATURE.length);
  for (let i = 0; i < known; i++) if (bytes[i] !== V2_SIGNATURE[i]) return INVALID;
  if (bytes.length < V2_HEADER_BYTES) return INCOMPLETE;
  const version = bytes[12]! >> 4;
  const command = bytes[12]! & 15;
  const bodyBytes = (bytes[14]! << 8) | bytes[15]!;
  if (version !== 2 || command > 1 || bodyBytes > V2_BODY_BYTES_MAX) return INVALID;
  const length = V2_HEADER_BYTES + bodyBytes;
  if (bytes.length < length) return INCOMPLETE;
  const family = bytes[13]!;
  if (command === 0 || family === 0) return { kind: "read", length, client: undefined };
  if (family === 0x11 && bodyBytes >= 12) {
    const address = bytes.subarray(16, 20).join(".");
    return { kind: "read", length, client: { address, port: uint16(bytes, 24) } };
  }
  if (family === 0x21 && bodyBytes >= 36) {
    const groups: string[] = [];
    for (let at = 16; at < 32; at += 2) groups.push(uint16(bytes, at).toString(16));
    return { kind: "read", length, client: { address: groups.join(":"), port: uint16(bytes, 48) } };
  }
  return INVALID;
}

function uint16(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!;
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
}

function isIpv4(text: string): boolean {
  return writeIpv4(text, new Uint8Array(4), 0);
}

function isIpv6(text: string): boolean {
  return writeIpv6(text, new Uint8Array(16), 0);
}
