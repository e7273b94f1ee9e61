import type { SpanList } from "../../wire/datapacket/span-list.ts";

const NO_NAMES: readonly string[] = [];

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** A name that stands at `start` to `end` of a message. */
export function nameAt(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end));
}

/** All names of a list. */
export function namesOf(bytes: Uint8Array, spans: SpanList): readonly string[] {
  if (spans.count === 0) return NO_NAMES;
  const names: string[] = [];
  for (let i = 0; i < spans.count; i++) names.push(nameAt(bytes, spans.start(i), spans.end(i)));
  return names;
}
