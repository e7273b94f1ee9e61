import { DropReason } from "../../base/drop-reason.ts";
import { putU16, putU32, u16, u32 } from "../bytes.ts";
import { copyBytes, padded4 } from "./bytes.ts";
import {
  ChunkType,
  ParamType,
  UNKNOWN_REPORT,
  UNKNOWN_SKIP,
  ZERO_CHECKSUM_OVER_DTLS,
} from "./chunk-type.ts";
import { writeChunkHeader, writePadding } from "./packet.ts";

const FIXED_BYTES = 20;
const PARAM_HEADER_BYTES = 4;
/** Unknown parameters are reported back up to this many bytes altogether. */
const REPORT_BYTES_MAX = 256;
const NO_BYTES = new Uint8Array(0);

/** INIT or INIT ACK (RFC 9260 §3.3.2, §3.3.3). */
export type InitChunk = {
  /** Never zero in a valid chunk. */
  readonly tag: number;
  readonly rwndBytes: number;
  readonly outboundStreams: number;
  readonly inboundStreamsMax: number;
  readonly initialTsn: number;
  /** Empty in an INIT. */
  readonly cookie: Uint8Array;
  readonly forwardTsn: boolean;
  readonly reconfig: boolean;
  /** The sender knows I-DATA; with `forwardTsn` it knows I-FORWARD-TSN too (RFC 8260 §2.2.1). */
  readonly interleaving: boolean;
  /** The sender takes packets without checksum (RFC 9653). */
  readonly zeroChecksum: boolean;
  /** Parameters to be reported in the INIT ACK, whole and padded. */
  readonly unrecognized: Uint8Array;
};

/** @returns the chunk, its bytes copied, or why it cannot be used */
export function readInitChunk(
  bytes: Uint8Array,
  offset: number,
  length: number,
): InitChunk | DropReason {
  if (length < FIXED_BYTES) return DropReason.Truncated;
  let cookie: Uint8Array = NO_BYTES;
  let forwardTsn = false;
  let reconfig = false;
  let hasIData = false;
  let hasIForward = false;
  let zeroChecksum = false;
  const unrecognized: number[] = [];

  const end = offset + length;
  let at = offset + FIXED_BYTES;
  while (at + PARAM_HEADER_BYTES <= end) {
    const type = u16(bytes, at);
    const paramLength = u16(bytes, at + 2);
    if (paramLength < PARAM_HEADER_BYTES || at + paramLength > end) return DropReason.Malformed;
    const value = at + PARAM_HEADER_BYTES;
    if (type === ParamType.StateCookie) {
      cookie = bytes.slice(value, at + paramLength);
    } else if (type === ParamType.ForwardTsnSupported) {
      forwardTsn = true;
    } else if (type === ParamType.SupportedExtensions) {
      for (let i = value; i < at + paramLength; i++) {
        if (bytes[i] === ChunkType.Reconfig) reconfig = true;
        if (bytes[i] === ChunkType.ForwardTsn) forwardTsn = true;
        if (bytes[i] === ChunkType.IData) hasIData = true;
        if (bytes[i] === ChunkType.IForwardTsn) hasIForward = true;
      }
    } else if (type === ParamType.ZeroChecksum) {
      zeroChecksum = paramLength >= 8 && u32(bytes, value) === ZERO_CHECKSUM_OVER_DTLS;
    } else if (!isIgnoredParam(type)) {
      const highBits = type >>> 8;
      if (
        highBits & UNKNOWN_REPORT &&
        unrecognized.length + padded4(paramLength) <= REPORT_BYTES_MAX
      ) {
        for (let i = 0; i < padded4(paramLength); i++) {
          unrecognized.push(i < paramLength ? bytes[at + i]! : 0);
        }
      }
      if (!(highBits & UNKNOWN_SKIP)) break;
    }
    at += padded4(paramLength);
  }

  const tag = u32(bytes, offset + 4);
  const outboundStreams = u16(bytes, offset + 12);
  const inboundStreamsMax = u16(bytes, offset + 14);
  if (tag === 0 || outboundStreams === 0 || inboundStreamsMax === 0) return DropReason.Malformed;
  return {
    tag,
    rwndBytes: u32(bytes, offset + 8),
    outboundStreams,
    inboundStreamsMax,
    initialTsn: u32(bytes, offset + 16),
    cookie,
    forwardTsn,
    reconfig,
    interleaving: hasIData && (hasIForward || !forwardTsn),
    zeroChecksum,
    unrecognized: Uint8Array.from(unrecognized),
  };
}

/** Reports of our own unknown parameters; addresses and the like, which mean nothing inside DTLS. */
function isIgnoredParam(type: number): boolean {
  return (
    type === ParamType.UnrecognizedParam ||
    type === 5 ||
    type === 6 ||
    type === 9 ||
    type === 11 ||
    type === 12
  );
}

/** The most bytes that `writeInitChunk` writes beside cookie and unrecognized parameters. */
export const INIT_BYTES_MAX = 64;

/** Writes INIT or INIT ACK at `offset`. Returns the padded end. */
export function writeInitChunk(
  out: Uint8Array,
  offset: number,
  type: typeof ChunkType.Init | typeof ChunkType.InitAck,
  init: InitChunk,
): number {
  putU32(out, offset + 4, init.tag);
  putU32(out, offset + 8, init.rwndBytes);
  putU16(out, offset + 12, init.outboundStreams);
  putU16(out, offset + 14, init.inboundStreamsMax);
  putU32(out, offset + 16, init.initialTsn);
  let at = offset + FIXED_BYTES;
  let end = at;
  if (init.cookie.length > 0) {
    putU16(out, at, ParamType.StateCookie);
    putU16(out, at + 2, PARAM_HEADER_BYTES + init.cookie.length);
    out.set(init.cookie, at + PARAM_HEADER_BYTES);
    end = at + PARAM_HEADER_BYTES + init.cookie.length;
    at = writePadding(out, end);
  }
  if (init.zeroChecksum) {
    putU16(out, at, ParamType.ZeroChecksum);
    putU16(out, at + 2, 8);
    putU32(out, at + 4, ZERO_CHECKSUM_OVER_DTLS);
    at += 8;
    end = at;
  }
  for (let i = 0; i < init.unrecognized.length; ) {
    const length = u16(init.unrecognized, i + 2);
    putU16(out, at, ParamType.UnrecognizedParam);
    putU16(out, at + 2, PARAM_HEADER_BYTES + length);
    copyBytes(init.unrecognized, i, out, at + PARAM_HEADER_BYTES, length);
    end = at + PARAM_HEADER_BYTES + length;
    at = writePadding(out, end);
    i += padded4(length);
  }
  if (init.forwardTsn) {
    putU16(out, at, ParamType.ForwardTsnSupported);
    putU16(out, at + 2, PARAM_HEADER_BYTES);
    at += PARAM_HEADER_BYTES;
    end = at;
  }
  if (init.forwardTsn || init.reconfig || init.interleaving) {
    putU16(out, at, ParamType.SupportedExtensions);
    end = at + PARAM_HEADER_BYTES;
    if (init.reconfig) out[end++] = ChunkType.Reconfig;
    if (init.forwardTsn) out[end++] = ChunkType.ForwardTsn;
    if (init.interleaving) {
      out[end++] = ChunkType.IData;
      if (init.forwardTsn) out[end++] = ChunkType.IForwardTsn;
    }
    putU16(out, at + 2, end - at);
    at = writePadding(out, end);
  }
  // The last parameter's padding is no part of the chunk length (§3.2).
  writeChunkHeader(out, offset, type, 0, end - offset);
  return at;
}
