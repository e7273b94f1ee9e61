import { newId } from "../base/ids.ts";
import { type CommandResult, printed } from "./command.ts";

const SECRET_BYTES = 32;
const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** Digits that 256 bits need in base 62. */
const SECRET_LENGTH = 43;

/** A new pair, from the platform's secure random source. */
export function generateKeys(): CommandResult {
  const secret = base62(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
  return printed(`API Key:  ${newId("API")}`, `API Secret:  ${secret}`);
}

/** The bytes as one big-endian number, at its full length for 32 bytes. */
export function base62(bytes: Uint8Array): string {
  let rest = BigInt(`0x${bytes.toHex()}`);
  let digits = "";
  while (rest > 0n) {
    digits = BASE62[Number(rest % 62n)]! + digits;
    rest /= 62n;
  }
  return digits.padStart(SECRET_LENGTH, "0");
}
