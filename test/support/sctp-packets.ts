import { writeChecksum, writePacketHeader } from "../../src/wire/sctp/packet.ts";

/** A packet with the given chunks, to an association whose tag is `tag`. */
export function packet(tag: number, chunks: readonly (readonly number[])[]): Uint8Array {
  const body = chunks.flatMap((chunk) => {
    const padding = (4 - (chunk.length % 4)) % 4;
    return [...chunk, ...new Array<number>(padding).fill(0)];
  });
  const bytes = new Uint8Array(12 + body.length);
  writePacketHeader(bytes, 5000, 5000, tag);
  bytes.set(body, 12);
  writeChecksum(bytes, bytes.length);
  return bytes;
}

/** One chunk, without padding. */
export function chunk(type: number, flags: number, value: readonly number[]): number[] {
  const length = 4 + value.length;
  return [type, flags, length >> 8, length & 255, ...value];
}
