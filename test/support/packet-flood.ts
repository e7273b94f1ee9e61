/** What a flood is made of: small packets, each of which asks for some work. */
export type FloodKind = "checks" | "sealed" | "hellos" | "junk";

const CHECK_BYTES = 64;

/** One packet of a flood; `index` makes it differ from the others. */
export function floodPacket(kind: FloodKind, ufrag: string, index: number): Uint8Array {
  const id = [index & 0xff, (index >> 8) & 0xff];
  switch (kind) {
    case "checks": {
      // a Binding request that names somebody, without a valid integrity (RFC 8489 §5, §14.3)
      const name = new TextEncoder().encode(`${ufrag}:them`);
      const message = new Uint8Array(CHECK_BYTES);
      message.set(Uint8Array.fromHex("000100002112a442"));
      message.set(id, 8);
      message.set([0, 6, 0, name.length], 20);
      message.set(name, 24);
      message[3] = CHECK_BYTES - 20;
      return message;
    }
    case "sealed":
      return Uint8Array.of(0x80, 111, ...id, 0, 0, 0, 0, 0, 0, 0, 7, ...new Uint8Array(24));
    case "hellos":
      return Uint8Array.of(22, 0xfe, 0xfd, 0, 0, 0, 0, 0, 0, ...id, 0, 2, 1, 1);
    case "junk":
      return Uint8Array.of(255, ...id);
  }
}
