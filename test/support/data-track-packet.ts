/** Fields of a data track packet; what is absent is 0, empty or not set. */
export type DataTrackFields = {
  readonly version?: number;
  readonly isStart?: boolean;
  readonly isFinal?: boolean;
  readonly handle?: number;
  readonly sequence?: number;
  readonly frame?: number;
  readonly timestamp?: number;
  /** Undefined: no extension block at all. */
  readonly extensions?: readonly { readonly id: number; readonly data: readonly number[] }[];
  /** Words of padding behind the extensions that need not be there. */
  readonly paddingWords?: number;
  readonly payload?: readonly number[];
};

/** A packet as a client's SDK writes it (spec-signalling 9.7). */
export function dataTrackPacket(fields: DataTrackFields): Uint8Array {
  const { version = 0, handle = 0, sequence = 0, frame = 0, timestamp = 0 } = fields;
  const flags =
    (fields.isStart === true ? 0x10 : 0) |
    (fields.isFinal === true ? 0x08 : 0) |
    (fields.extensions === undefined ? 0 : 0x04);
  return Uint8Array.from([
    (version << 5) | flags,
    0,
    ...u16(handle),
    ...u16(sequence),
    ...u16(frame),
    ...u16(timestamp >>> 16),
    ...u16(timestamp),
    ...extensionBlock(fields),
    ...(fields.payload ?? []),
  ]);
}

function extensionBlock({ extensions, paddingWords = 0 }: DataTrackFields): number[] {
  if (extensions === undefined) return [];
  const entries = extensions.flatMap(({ id, data }) => [id, data.length, ...data]);
  const words = Math.ceil((2 + entries.length) / 4) + paddingWords;
  const block = [...u16(words - 1), ...entries];
  return [...block, ...Array.from({ length: words * 4 - block.length }, () => 0)];
}

function u16(value: number): [number, number] {
  return [(value >>> 8) & 0xff, value & 0xff];
}
