import { STUN_HEADER_BYTES, StunAttribute } from "../../wire/stun/constants.ts";
import { isStunMessage } from "../../wire/stun/stun-view.ts";
import { isIceChar } from "./credentials.ts";

/** Longer ones are none of ours; RFC 8839 §5.4 would allow 256. */
const UFRAG_CHARS_MAX = 32;
const CHAR_COLON = 58;

/**
 * The receiver's username fragment, left of the colon in USERNAME: which agent a STUN message is
 * for, whatever address it comes from (RFC 8445 §7.2.2). Proves nothing; the agent verifies.
 *
 * @returns "" for everything that is not a STUN message with such a fragment
 */
export function readUsernameUfrag(bytes: Uint8Array, offset: number, length: number): string {
  if (!isStunMessage(bytes, offset, length)) return "";
  const end = offset + length;
  let at = offset + STUN_HEADER_BYTES;
  while (at + 4 <= end) {
    const type = (bytes[at]! << 8) | bytes[at + 1]!;
    const valueBytes = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    const value = at + 4;
    if (value + valueBytes > end) return "";
    if (type === StunAttribute.Username) return leftPart(bytes, value, value + valueBytes);
    at = value + ((valueBytes + 3) & ~3);
  }
  return "";
}

function leftPart(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let i = start; i < end; i++) {
    const char = bytes[i]!;
    if (char === CHAR_COLON) return text;
    if (!isIceChar(char) || i - start === UFRAG_CHARS_MAX) return "";
    text += String.fromCharCode(char);
  }
  return "";
}
