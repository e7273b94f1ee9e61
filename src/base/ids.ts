/** The short-uuid alphabet of LiveKit's ids: no 0, 1, I, O, l. */
const ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const ID_LENGTH = 12;
/** Bytes at or above this would favour the first letters, and are thrown away. */
const FAIR_BYTE_MAX = 256 - (256 % ALPHABET.length);

export type IdPrefix =
  | "RM_"
  | "PA_"
  | "TR_"
  | "DTR_"
  | "ND_"
  | "EG_"
  | "IN_"
  | "ST_"
  | "SDR_"
  | "SCL_"
  | "STR_"
  | "AW_"
  | "AJ_"
  | "AD_"
  | "CO_"
  | "EV_"
  | "AER_"
  | "API";

/** `length` letters of the id alphabet, evenly drawn from the platform's secure random source. */
export function randomLetters(length: number): string {
  let letters = "";
  const bytes = new Uint8Array(length * 2);
  while (letters.length < length) {
    crypto.getRandomValues(bytes);
    for (const byte of bytes) {
      if (byte < FAIR_BYTE_MAX && letters.length < length) {
        letters += ALPHABET[byte % ALPHABET.length];
      }
    }
  }
  return letters;
}

/** A fresh id such as `PA_xxxxxxxxxxxx`: 12 letters, about 70 bits. */
export function newId(prefix: IdPrefix): string {
  return prefix + randomLetters(ID_LENGTH);
}

/** A media track's sid: `TR_`, the kind's letter, the source's letter, 12 letters. */
export function newTrackId(
  kind: "audio" | "video",
  sourceLetter: "C" | "M" | "S" | "s" | "",
): string {
  return `TR_${kind === "audio" ? "A" : "V"}${sourceLetter}${randomLetters(ID_LENGTH)}`;
}
