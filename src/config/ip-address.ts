/** Addresses as texts and bytes: no name look-ups, no sockets. */

export type IpFamily = 4 | 6;

const IPV4_LENGTH = 4;
const IPV6_LENGTH = 16;

/**
 * Network byte order: 4 bytes or 16, or undefined when `text` is no address. An IPv4-mapped IPv6
 * address is the IPv4 one. A zone (`%eth0`) is left out.
 */
export function parseIp(text: string): Uint8Array | undefined {
  const percent = text.indexOf("%");
  const address = percent === -1 ? text : text.slice(0, percent);
  if (!address.includes(":")) return percent === -1 ? parseIpv4(address) : undefined;
  const bytes = parseIpv6(address);
  if (bytes !== undefined && isMapped(bytes)) return bytes.slice(12);
  return bytes;
}

export function ipFamily(bytes: Uint8Array): IpFamily {
  return bytes.length === IPV4_LENGTH ? 4 : 6;
}

/** Dotted quad, or the RFC 5952 form. */
export function formatIp(bytes: Uint8Array): string {
  if (bytes.length === IPV4_LENGTH) return bytes.join(".");
  const groups: number[] = [];
  for (let i = 0; i < IPV6_LENGTH; i += 2) groups.push((bytes[i]! << 8) | bytes[i + 1]!);
  const [start, length] = longestZeroRun(groups);
  const hex = groups.map((group) => group.toString(16));
  if (length < 2) return hex.join(":");
  return `${hex.slice(0, start).join(":")}::${hex.slice(start + length).join(":")}`;
}

/** The usual form of an address, undefined when `text` is none. */
export function canonicalIp(text: string): string | undefined {
  const bytes = parseIp(text);
  return bytes === undefined ? undefined : formatIp(bytes);
}

export interface Cidr {
  readonly network: Uint8Array;
  /** 0..32 or 0..128 */
  readonly prefixBits: number;
}

/** `10.0.0.0/8` or `fd00::/8`. Bits beyond the prefix are ignored. A lone address is no range. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf("/");
  if (slash === -1) return undefined;
  const network = parseIp(text.slice(0, slash));
  const bits = text.slice(slash + 1);
  if (network === undefined || !/^\d{1,3}$/.test(bits)) return undefined;
  const prefixBits = Number(bits);
  return prefixBits <= network.length * 8 ? { network, prefixBits } : undefined;
}

export function cidrContains(cidr: Cidr, address: Uint8Array): boolean {
  if (cidr.network.length !== address.length) return false;
  const wholeBytes = cidr.prefixBits >> 3;
  for (let i = 0; i < wholeBytes; i++) {
    if (cidr.network[i] !== address[i]) return false;
  }
  const restBits = cidr.prefixBits & 7;
  if (restBits === 0) return true;
  const mask = (0xff << (8 - restBits)) & 0xff;
  return (cidr.network[wholeBytes]! & mask) === (address[wholeBytes]! & mask);
}

/** 127.0.0.0/8, ::1 */
export function isLoopback(address: Uint8Array): boolean {
  if (address.length === IPV4_LENGTH) return address[0] === 127;
  return address[15] === 1 && address.subarray(0, 15).every((byte) => byte === 0);
}

/** 0.0.0.0, :: */
export function isUnspecified(address: Uint8Array): boolean {
  return address.every((byte) => byte === 0);
}

/** 169.254.0.0/16, fe80::/10 */
export function isLinkLocal(address: Uint8Array): boolean {
  if (address.length === IPV4_LENGTH) return address[0] === 169 && address[1] === 254;
  return address[0] === 0xfe && (address[1]! & 0xc0) === 0x80;
}

function parseIpv4(text: string): Uint8Array | undefined {
  const parts = text.split(".");
  if (parts.length !== IPV4_LENGTH) return undefined;
  const bytes = new Uint8Array(IPV4_LENGTH);
  for (const [i, part] of parts.entries()) {
    // A leading zero means octal to some and decimal to others.
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    bytes[i] = Number(part);
  }
  return bytes;
}

function parseIpv6(text: string): Uint8Array | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const head = readGroups(halves[0]!, halves.length === 1);
  const tail = halves.length === 2 ? readGroups(halves[1]!, true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = IPV6_LENGTH - head.length - tail.length;
  if (halves.length === 2 ? missing < 2 : missing !== 0) return undefined;
  const bytes = new Uint8Array(IPV6_LENGTH);
  bytes.set(head, 0);
  bytes.set(tail, IPV6_LENGTH - tail.length);
  return bytes;
}

/** Hexadecimal groups as bytes; the last one may be a dotted quad where the address ends. */
function readGroups(text: string, isEnd: boolean): number[] | undefined {
  if (text === "") return [];
  const bytes: number[] = [];
  const groups = text.split(":");
  for (const [i, group] of groups.entries()) {
    if (isEnd && i === groups.length - 1 && group.includes(".")) {
      const quad = parseIpv4(group);
      if (quad === undefined) return undefined;
      bytes.push(...quad);
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return undefined;
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    }
  }
  return bytes.length <= IPV6_LENGTH ? bytes : undefined;
}

function isMapped(bytes: Uint8Array): boolean {
  return (
    bytes[10] === 0xff && bytes[11] === 0xff && bytes.subarray(0, 10).every((byte) => byte === 0)
  );
}

/** Start and length of the first longest run of zero groups (RFC 5952 §4.2). */
function longestZeroRun(groups: readonly number[]): [start: number, length: number] {
  let best: [number, number] = [0, 0];
  let start = 0;
  for (let i = 0; i <= groups.length; i++) {
    if (groups[i] === 0) continue;
    if (i - start > best[1]) best = [start, i - start];
    start = i + 1;
  }
  return best;
}
