export type IceCredentials = {
  readonly ufrag: string;
  readonly pwd: string;
};

/** ice-char of RFC 8839 §5.4. */
export function isIceChar(char: number): boolean {
  const lower = char | 0x20;
  return (lower >= 97 && lower <= 122) || (char >= 48 && char <= 57) || char === 43 || char === 47;
}
