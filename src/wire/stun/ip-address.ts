/** Lengths that `readIpText` returns besides 0 for "no address". */
export const IPV4_BYTES = 4;
export const IPV6_BYTES = 16;

const CHAR_0 = 48;
const CHAR_9 = 57;
const CHAR_DOT = 46;
const CHAR_COLON = 58;
/** The longest form: eight groups of four, or six groups and an IPv4 tail. */
const TEXT_LENGTH_MAX = 45;

/**
 * Parses a textual IPv4 or IPv6 address (RFC 4291 §2.2) without zone. An IPv4-mapped IPv6 address
 * gives its IPv4 address, because that is how the peer sees itself on a dual-stack socket.
 *
 * @param out at least 16 bytes; the address in network order
 * @returns 4, 16, or 0 when `text` is no address
 */
export function readIpText(text: string, out: Uint8Array): number {
  if (text.length === 0 || text.length > TEXT_LENGTH_MAX) return 0;
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) === CHAR_COLON) return readIpv6Text(text, out);
  }
  return readIpv4Text(text, 0, out, 0) ? IPV4_BYTES : 0;
}

function readIpv4Text(text: string, start: number, out: Uint8Array, outOffset: number): boolean {
  let octet = 0;
  let digits = 0;
  let octets = 0;
  for (let i = start; i <= text.length; i++) {
    const char = i < text.length ? text.charCodeAt(i) : CHAR_DOT;
    if (char >= CHAR_0 && char <= CHAR_9) {
      octet = octet * 10 + (char - CHAR_0);
      digits += 1;
      if (digits > 3 || octet > 255) return false;
    } else if (char === CHAR_DOT && digits > 0 && octets < 4) {
      out[outOffset + octets] = octet;
      octets += 1;
      octet = 0;
      digits = 0;
    } else {
      return false;
    }
  }
  return octets === 4;
}

function readIpv6Text(text: string, out: Uint8Array): number {
  let length = 0;
  let gapAt = -1;
  let i = 0;
  if (text.charCodeAt(0) === CHAR_COLON) {
    if (text.charCodeAt(1) !== CHAR_COLON) return 0;
    gapAt = 0;
    i = 2;
  }
  while (i < text.length) {
    if (length === IPV6_BYTES) return 0;
    const groupStart = i;
    let group = 0;
    for (let digit = 0; i < text.length; i++) {
      digit = hexDigit(text.charCodeAt(i));
      if (digit < 0) break;
      group = group * 16 + digit;
      if (group > 0xffff) return 0;
    }
    if (i === groupStart) return 0;
    if (i < text.length && text.charCodeAt(i) === CHAR_DOT) {
      if (length > IPV6_BYTES - IPV4_BYTES) return 0;
      if (!readIpv4Text(text, groupStart, out, length)) return 0;
      length += IPV4_BYTES;
      break;
    }
    out[length] = group >>> 8;
    out[length + 1] = group & 0xff;
    length += 2;
    if (i === text.length) break;
    if (text.charCodeAt(i) !== CHAR_COLON) return 0;
    i += 1;
    if (i < text.length && text.charCodeAt(i) === CHAR_COLON) {
      if (gapAt >= 0) return 0;
      gapAt = length;
      i += 1;
    } else if (i === text.length) {
      return 0; // a single colon at the end
    }
  }
  if (gapAt < 0 ? length !== IPV6_BYTES : length > IPV6_BYTES - 2) return 0;
  if (gapAt >= 0) {
    const tail = length - gapAt;
    out.copyWithin(IPV6_BYTES - tail, gapAt, length);
    out.fill(0, gapAt, IPV6_BYTES - tail);
  }
  return unmapIpv4(out);
}

function unmapIpv4(out: Uint8Array): number {
  for (let i = 0; i < 10; i++) if (out[i] !== 0) return IPV6_BYTES;
  if (out[10] !== 0xff || out[11] !== 0xff) return IPV6_BYTES;
  out.copyWithin(0, 12, IPV6_BYTES);
  return IPV4_BYTES;
}

function hexDigit(char: number): number {
  if (char >= CHAR_0 && char <= CHAR_9) return char - CHAR_0;
  const lower = char | 0x20;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** Textual form of 4 or 16 bytes; IPv6 in lower case without the `::` shortening. */
export function formatIpText(bytes: Uint8Array, offset: number, length: number): string {
  if (length === IPV4_BYTES) {
    return `${bytes[offset]}.${bytes[offset + 1]}.${bytes[offset + 2]}.${bytes[offset + 3]}`;
  }
  let text = "";
  for (let i = 0; i < IPV6_BYTES; i += 2) {
    const group = (bytes[offset + i]! << 8) | bytes[offset + i + 1]!;
    text += (i > 0 ? ":" : "") + group.toString(16);
  }
  return text;
}
