import {
  HANDSHAKE_HEADER_BYTES,
  type HandshakeMessage,
  HandshakeType,
  writeFragment,
} from "../../wire/dtls/handshake.ts";
import { DtlsContent, RECORD_HEADER_BYTES } from "../../wire/dtls/record.ts";
import type { RecordLayer } from "./record-layer.ts";
import { SEALED_OVERHEAD_BYTES, SEALED_PAYLOAD_AT } from "./record-protection.ts";

/** No datagram of a handshake is larger: it passes every path that WebRTC's media passes. */
export const FLIGHT_DATAGRAM_BYTES = 1200;
const CHANGE_CIPHER_SPEC_BYTES = 1;

/**
 * Sends a flight in as few datagrams as it takes. Finished goes sealed, behind ChangeCipherSpec;
 * messages that are longer than a datagram are cut (RFC 6347 §4.2.3).
 *
 * @param out scratch of at least FLIGHT_DATAGRAM_BYTES, free again after each `transmit`
 */
export function sendFlight(
  messages: readonly HandshakeMessage[],
  records: RecordLayer,
  out: Uint8Array,
  transmit: (datagram: Uint8Array) => void,
): void {
  let at = 0;
  const flush = (): void => {
    if (at > 0) transmit(out.subarray(0, at));
    at = 0;
  };
  const makeRoom = (bytes: number): void => {
    if (at + bytes > FLIGHT_DATAGRAM_BYTES) flush();
  };
  for (const message of messages) {
    const bodyBytes = message.body.length;
    if (message.type === HandshakeType.Finished) {
      makeRoom(RECORD_HEADER_BYTES + CHANGE_CIPHER_SPEC_BYTES);
      out[at + RECORD_HEADER_BYTES] = 1;
      at += records.writePlain(out, at, DtlsContent.ChangeCipherSpec, CHANGE_CIPHER_SPEC_BYTES);
      makeRoom(SEALED_OVERHEAD_BYTES + HANDSHAKE_HEADER_BYTES + bodyBytes);
      const written = writeFragment(out, at + SEALED_PAYLOAD_AT, message, 0, bodyBytes);
      at += records.writeSealed(out, at, DtlsContent.Handshake, written);
      continue;
    }
    const partBytesMax = FLIGHT_DATAGRAM_BYTES - RECORD_HEADER_BYTES - HANDSHAKE_HEADER_BYTES;
    let partOffset = 0;
    do {
      const partBytes = Math.min(partBytesMax, bodyBytes - partOffset);
      makeRoom(RECORD_HEADER_BYTES + HANDSHAKE_HEADER_BYTES + partBytes);
      const partAt = at + RECORD_HEADER_BYTES;
      const written = writeFragment(out, partAt, message, partOffset, partBytes);
      at += records.writePlain(out, at, DtlsContent.Handshake, written);
      partOffset += partBytes;
    } while (partOffset < bodyBytes);
  }
  flush();
}
