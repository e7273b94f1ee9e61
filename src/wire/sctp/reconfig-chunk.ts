import { putU16, putU32, u16, u32 } from "../bytes.ts";
import { ChunkType, ParamType } from "./chunk-type.ts";
import { CHUNK_HEADER_BYTES, writeChunkHeader, writePadding } from "./packet.ts";

/** Results of a re-configuration request (RFC 6525 §4.4). */
export const ReconfigResult = {
  NothingToDo: 0,
  Performed: 1,
  Denied: 2,
  WrongStream: 3,
  RequestInProgress: 4,
  BadSequence: 5,
  InProgress: 6,
} as const;
export type ReconfigResult = (typeof ReconfigResult)[keyof typeof ReconfigResult];

const OUTGOING_RESET_BYTES = 16;
const INCOMING_RESET_BYTES = 8;
const RESPONSE_BYTES = 12;

/** A parameter of a RE-CONFIG chunk, as far as we act on it. */
export type ReconfigParam =
  | {
      readonly kind: "outgoing-reset";
      readonly requestSequence: number;
      readonly responseSequence: number;
      /** The requester's last TSN before the reset takes effect. */
      readonly lastTsn: number;
      /** Empty: all streams. */
      readonly streamIds: readonly number[];
    }
  | {
      readonly kind: "incoming-reset";
      readonly requestSequence: number;
      readonly streamIds: readonly number[];
    }
  | { readonly kind: "response"; readonly responseSequence: number; readonly result: number }
  /** A request that we deny: TSN reset, adding streams. */
  | { readonly kind: "other-request"; readonly requestSequence: number };

/**
 * Reads the parameter at `offset`, which ends before `end` (RFC 6525 §4).
 *
 * @returns undefined for a parameter that is malformed or unknown
 */
export function readReconfigParam(
  bytes: Uint8Array,
  offset: number,
  length: number,
): ReconfigParam | undefined {
  switch (u16(bytes, offset)) {
    case ParamType.OutgoingReset:
      if (length < OUTGOING_RESET_BYTES) return undefined;
      return {
        kind: "outgoing-reset",
        requestSequence: u32(bytes, offset + 4),
        responseSequence: u32(bytes, offset + 8),
        lastTsn: u32(bytes, offset + 12),
        streamIds: readStreamIds(bytes, offset + OUTGOING_RESET_BYTES, offset + length),
      };
    case ParamType.IncomingReset:
      if (length < INCOMING_RESET_BYTES) return undefined;
      return {
        kind: "incoming-reset",
        requestSequence: u32(bytes, offset + 4),
        streamIds: readStreamIds(bytes, offset + INCOMING_RESET_BYTES, offset + length),
      };
    case ParamType.ReconfigResponse:
      if (length < RESPONSE_BYTES) return undefined;
      return {
        kind: "response",
        responseSequence: u32(bytes, offset + 4),
        result: u32(bytes, offset + 8),
      };
    case ParamType.TsnReset:
    case ParamType.AddOutgoingStreams:
    case ParamType.AddIncomingStreams:
      if (length < 8) return undefined;
      return { kind: "other-request", requestSequence: u32(bytes, offset + 4) };
    default:
      return undefined;
  }
}

function readStreamIds(bytes: Uint8Array, offset: number, end: number): number[] {
  const streamIds: number[] = [];
  for (let at = offset; at + 2 <= end; at += 2) streamIds.push(u16(bytes, at));
  return streamIds;
}

/** Bytes of a RE-CONFIG chunk with one outgoing reset request, padded. */
export function outgoingResetBytes(streamCount: number): number {
  return (CHUNK_HEADER_BYTES + OUTGOING_RESET_BYTES + streamCount * 2 + 3) & ~3;
}

/** Writes a RE-CONFIG chunk with one outgoing reset request. Returns the padded end. */
export function writeOutgoingReset(
  out: Uint8Array,
  offset: number,
  requestSequence: number,
  responseSequence: number,
  lastTsn: number,
  streamIds: readonly number[],
): number {
  const param = offset + CHUNK_HEADER_BYTES;
  const length = OUTGOING_RESET_BYTES + streamIds.length * 2;
  putU16(out, param, ParamType.OutgoingReset);
  putU16(out, param + 2, length);
  putU32(out, param + 4, requestSequence);
  putU32(out, param + 8, responseSequence);
  putU32(out, param + 12, lastTsn);
  let at = param + OUTGOING_RESET_BYTES;
  for (const streamId of streamIds) {
    putU16(out, at, streamId);
    at += 2;
  }
  writeChunkHeader(out, offset, ChunkType.Reconfig, 0, at - offset);
  return writePadding(out, at);
}

export const RECONFIG_RESPONSE_BYTES: number = CHUNK_HEADER_BYTES + RESPONSE_BYTES;

/** Writes a RE-CONFIG chunk with one response. Returns its end. */
export function writeReconfigResponse(
  out: Uint8Array,
  offset: number,
  responseSequence: number,
  result: ReconfigResult,
): number {
  writeChunkHeader(out, offset, ChunkType.Reconfig, 0, RECONFIG_RESPONSE_BYTES);
  const param = offset + CHUNK_HEADER_BYTES;
  putU16(out, param, ParamType.ReconfigResponse);
  putU16(out, param + 2, RESPONSE_BYTES);
  putU32(out, param + 4, responseSequence);
  putU32(out, param + 8, result);
  return offset + RECONFIG_RESPONSE_BYTES;
}
