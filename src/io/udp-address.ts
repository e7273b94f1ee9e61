import { networkInterfaces } from "node:os";

const MAPPED_PREFIX = "::ffff:";

/** The address as people write it: no zone, and IPv4 in its own form on a dual-stack socket. */
export function plainAddress(address: string): string {
  const zoneAt = address.indexOf("%");
  const bare = zoneAt < 0 ? address : address.slice(0, zoneAt);
  return bare.startsWith(MAPPED_PREFIX) && bare.includes(".")
    ? bare.slice(MAPPED_PREFIX.length)
    : bare;
}

/** Writes the four bytes of a dotted IPv4 address; false, and nothing kept, when it is none. */
export function writeIpv4(text: string, out: Uint8Array, offset: number): boolean {
  const parts = text.split(".");
  if (parts.length !== 4) return false;
  for (let i = 0; i < 4; i++) {
    const part = parts[i]!;
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return false;
    out[offset + i] = Number(part);
  }
  return true;
}

/**
 * Writes the sixteen bytes of an IPv6 address in any of its text forms (RFC 4291 §2.2), without
 * zone. False when it is none.
 */
export function writeIpv6(text: string, out: Uint8Array, offset: number): boolean {
  let words = text;
  const lastColon = text.lastIndexOf(":");
  if (text.includes(".")) {
    const dotted = new Uint8Array(4);
    if (!writeIpv4(text.slice(lastColon + 1), dotted, 0)) return false;
    const high = ((dotted[0]! << 8) | dotted[1]!).toString(16);
    const low = ((dotted[2]! << 8) | dotted[3]!).toString(16);
    words = `${text.slice(0, lastColon + 1)}${high}:${low}`;
  }
  const halves = words.split("::");
  if (halves.length > 2) return false;
  const before = halves[0] === "" ? [] : halves[0]!.split(":");
  const after = halves[1] === undefined || halves[1] === "" ? [] : halves[1].split(":");
  const gap = 8 - before.length - after.length;
  if (halves.length === 1 ? gap !== 0 : gap < 1) return false;
  const all = [...before, ...Array<string>(gap).fill("0"), ...after];
  for (let i = 0; i < 8; i++) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(all[i]!)) return false;
    const word = Number.parseInt(all[i]!, 16);
    out[offset + i * 2] = word >> 8;
    out[offset + i * 2 + 1] = word;
  }
  return true;
}

/** Size of the slots that hold one `sockaddr_in` (16 bytes) or `sockaddr_in6` (28). */
export const SOCKADDR_SLOT_BYTES = 32;
const SOCKADDR_IN_BYTES = 16;
const SOCKADDR_IN6_BYTES = 28;
const AF_INET = 2;
const AF_INET6 = 10;

/**
 * Writes the Linux socket address of a peer (ip(7), ipv6(7); host order is little endian on what
 * we run on).
 *
 * @param isIpv6Socket whether the socket is IPv6, on which IPv4 peers have mapped addresses
 * @returns its length in bytes, or 0 when the text is no address that such a socket can send to
 */
export function writeSockaddr(
  out: Uint8Array,
  offset: number,
  address: string,
  port: number,
  isIpv6Socket: boolean,
): number {
  out.fill(0, offset, offset + SOCKADDR_SLOT_BYTES);
  out[offset + 2] = port >> 8;
  out[offset + 3] = port;
  if (!isIpv6Socket) {
    out[offset] = AF_INET;
    return writeIpv4(address, out, offset + 4) ? SOCKADDR_IN_BYTES : 0;
  }
  out[offset] = AF_INET6;
  const zoneAt = address.indexOf("%");
  const bare = zoneAt < 0 ? address : address.slice(0, zoneAt);
  const mapped = bare.includes(":") ? bare : MAPPED_PREFIX + bare;
  if (!writeIpv6(mapped, out, offset + 8)) return 0;
  if (zoneAt >= 0) {
    const scope = scopeOf(address.slice(zoneAt + 1));
    for (let i = 0; i < 4; i++) out[offset + 24 + i] = scope >>> (8 * i);
  }
  return SOCKADDR_IN6_BYTES;
}

/** Text and port of a socket address as the system wrote it, in the form that Bun has them in. */
export function readSockaddr(bytes: Uint8Array, offset: number): { address: string; port: number } {
  const port = (bytes[offset + 2]! << 8) | bytes[offset + 3]!;
  if (bytes[offset] === AF_INET) return { address: readIpv4(bytes, offset + 4), port };
  const at = offset + 8;
  const isMapped = bytes
    .subarray(at, at + 12)
    .every((value, index) => value === (index < 10 ? 0 : 0xff));
  if (isMapped) return { address: MAPPED_PREFIX + readIpv4(bytes, at + 12), port };
  const words: string[] = [];
  for (let i = 0; i < 16; i += 2) {
    words.push(((bytes[at + i]! << 8) | bytes[at + i + 1]!).toString(16));
  }
  let scope = 0;
  for (let i = 3; i >= 0; i--) scope = scope * 256 + bytes[offset + 24 + i]!;
  const zone = scope === 0 ? "" : `%${scope}`;
  return { address: new URL(`http://[${words.join(":")}]/`).hostname.slice(1, -1) + zone, port };
}

function readIpv4(bytes: Uint8Array, offset: number): string {
  return bytes.subarray(offset, offset + 4).join(".");
}

/** A zone is an interface's number or name; 0 when it is neither. */
function scopeOf(zone: string): number {
  if (/^\d+$/.test(zone)) return Number(zone);
  const found = networkInterfaces()[zone]?.find((entry) => entry.family === "IPv6");
  return found?.family === "IPv6" ? (found.scopeid ?? 0) : 0;
}
