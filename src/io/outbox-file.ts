import { crc32 } from "node:zlib";
import type { OutboxEvent } from "../telemetry/webhook/outbox.ts";

/** One event on disk: the CRC-32 of the rest in eight hexadecimal digits, a newline, JSON. */
const CHECKSUM_LENGTH = 8;
const NEWLINE = 0x0a;
/** Longer files are no events: a body has two metadata of 512 KiB at most, escaped. */
export const OUTBOX_FILE_BYTES_MAX: number = 16 * 1024 * 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

export function writeOutboxFile(event: OutboxEvent): Uint8Array {
  const { url, room, event: name, id, sequence, atMs, body } = event;
  const json = encoder.encode(JSON.stringify({ url, room, event: name, id, sequence, atMs, body }));
  const bytes = new Uint8Array(CHECKSUM_LENGTH + 1 + json.length);
  bytes.set(encoder.encode(checksum(json)));
  bytes[CHECKSUM_LENGTH] = NEWLINE;
  bytes.set(json, CHECKSUM_LENGTH + 1);
  return bytes;
}

/** @returns undefined when these are not, byte for byte, what `writeOutboxFile` made */
export function readOutboxFile(bytes: Uint8Array): OutboxEvent | undefined {
  if (bytes.length > OUTBOX_FILE_BYTES_MAX || bytes[CHECKSUM_LENGTH] !== NEWLINE) return undefined;
  const json = bytes.subarray(CHECKSUM_LENGTH + 1);
  try {
    if (decoder.decode(bytes.subarray(0, CHECKSUM_LENGTH)) !== checksum(json)) return undefined;
    const fields = JSON.parse(decoder.decode(json)) as unknown;
    return isOutboxEvent(fields) ? fields : undefined;
  } catch {
    return undefined;
  }
}

function checksum(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).padStart(CHECKSUM_LENGTH, "0");
}

function isOutboxEvent(value: unknown): value is OutboxEvent {
  if (typeof value !== "object" || value === null) return false;
  const fields = value as Readonly<Record<string, unknown>>;
  const areTexts = ["url", "room", "event", "id", "body"].every(
    (name) => typeof fields[name] === "string",
  );
  return areTexts && Number.isSafeInteger(fields["sequence"]) && Number.isFinite(fields["atMs"]);
}
