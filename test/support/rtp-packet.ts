import { DropReason } from "../../src/base/drop-reason.ts";
import { RtpView, readRtp } from "../../src/wire/rtp/rtp-view.ts";

export type RtpFields = {
  readonly sn: number;
  readonly ts: number;
  readonly ssrc?: number;
  readonly payloadType?: number;
  readonly marker?: boolean;
  readonly payload?: Uint8Array | readonly number[];
  /** Bytes of padding at the end, the count included. */
  readonly padding?: number;
  /** Header extension elements by id: one-byte form, two-byte form when one is long. */
  readonly extensions?: Readonly<Record<number, Uint8Array | readonly number[]>>;
};

/** An RTP packet (RFC 3550 §5.1, RFC 8285). */
export function rtpBytes(fields: RtpFields): Uint8Array {
  const { sn, ts, ssrc = 1111, payloadType = 96, marker = false, padding = 0 } = fields;
  const elements = Object.entries(fields.extensions ?? {});
  const isTwoByte = elements.some(([id, data]) => data.length > 16 || Number(id) > 14);
  const block: number[] = [];
  for (const [id, data] of elements) {
    if (isTwoByte) block.push(Number(id), data.length, ...data);
    else block.push((Number(id) << 4) | (data.length - 1), ...data);
  }
  while (block.length % 4 !== 0) block.push(0);
  const words = block.length / 4;
  const profile = isTwoByte ? [0x10, 0x00] : [0xbe, 0xde];
  const extension = words === 0 ? [] : [...profile, words >> 8, words & 255, ...block];
  const tail = padding === 0 ? [] : [...new Array<number>(padding - 1).fill(0), padding];
  return Uint8Array.from([
    0x80 | (padding > 0 ? 0x20 : 0) | (words > 0 ? 0x10 : 0),
    (marker ? 0x80 : 0) | payloadType,
    sn >> 8,
    sn,
    ts / 2 ** 24,
    ts >> 16,
    ts >> 8,
    ts,
    ssrc / 2 ** 24,
    ssrc >> 16,
    ssrc >> 8,
    ssrc,
    ...extension,
    ...(fields.payload ?? [1, 2, 3, 4]),
    ...tail,
  ]);
}

/** The same packet, read. */
export function rtpView(fields: RtpFields): RtpView {
  const view = new RtpView();
  const bytes = rtpBytes(fields);
  const reason = readRtp(bytes, bytes.length, view);
  if (reason !== DropReason.None) throw new Error(`Cannot read the packet: ${reason}`);
  return view;
}
