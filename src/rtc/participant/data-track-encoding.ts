const encoder = new TextEncoder();

/**
 * Whether an encoding that is none of the well-known ones has a name of bounded length.
 *
 * @param custom the name; absent for a well-known encoding
 * @param bytesMax 0 is no limit
 */
export function hasValidEncoding(custom: string | null | undefined, bytesMax: number): boolean {
  if (custom === undefined || custom === null) return true;
  const bytes = encoder.encode(custom).length;
  return bytes > 0 && (bytesMax === 0 || bytes <= bytesMax);
}
