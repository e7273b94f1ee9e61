/** ice-char of RFC 8839 §5.4: 64 of them, so that six random bits choose one without bias. */
const ICE_CHARS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** 96 bits: nobody meets another's fragment, nor guesses one (RFC 8445 §5.3 asks for 24 bits). */
const UFRAG_CHARS = 16;
/** 192 bits; RFC 8445 §5.3 asks for 128. */
const PWD_CHARS = 32;

export type IceCredentials = {
  readonly ufrag: string;
  readonly pwd: string;
};

/** Fills all of `bytes` with random bytes that nobody can predict. */
export type FillRandom = (bytes: Uint8Array) => void;

/** Fresh credentials of one side for one ICE generation. */
export function createIceCredentials(fillRandom: FillRandom): IceCredentials {
  const bytes = new Uint8Array(UFRAG_CHARS + PWD_CHARS);
  fillRandom(bytes);
  let text = "";
  for (const byte of bytes) text += ICE_CHARS[byte & 63]!;
  return { ufrag: text.slice(0, UFRAG_CHARS), pwd: text.slice(UFRAG_CHARS) };
}

/** Whether a fragment or password that came by signalling may be used (RFC 8839 §5.4). */
export function isIceText(text: string, lengthMin: number): boolean {
  if (text.length < lengthMin || text.length > 256) return false;
  for (let i = 0; i < text.length; i++) if (!isIceChar(text.charCodeAt(i))) return false;
  return true;
}

export function isIceChar(char: number): boolean {
  const lower = char | 0x20;
  return (lower >= 97 && lower <= 122) || (char >= 48 && char <= 57) || char === 43 || char === 47;
}
