/** `LKTS`, the last four bytes of a trailer. */
const MAGIC = 0x4c4b_5453;
/** Length and magic. */
const ENVELOPE_BYTES = 5;
const LENGTH_MASK = 0xff;

/**
 * Length of the packet trailer at the end of a frame's last payload, 0 when there is none
 * (spec-media 9.5):
 *
 *     | metadata ... | length of all, XOR 0xff | L K T S |
 */
export function packetTrailerBytes(bytes: Uint8Array, offset: number, length: number): number {
  if (length < ENVELOPE_BYTES) return 0;
  const end = offset + length;
  const magic =
    (bytes[end - 4]! << 24) | (bytes[end - 3]! << 16) | (bytes[end - 2]! << 8) | bytes[end - 1]!;
  if (magic !== MAGIC) return 0;
  const trailerBytes = bytes[end - 5]! ^ LENGTH_MASK;
  return trailerBytes >= ENVELOPE_BYTES && trailerBytes <= length ? trailerBytes : 0;
}
