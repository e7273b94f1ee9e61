import { padded4 } from "../../wire/sctp/bytes.ts";
import { CRC32C_START, updateCrc32c } from "../../wire/sctp/crc32c.ts";
import { fillInChecksum, writeChecksum } from "../../wire/sctp/packet.ts";
import { PayloadChecksums } from "../../wire/sctp/payload-checksums.ts";

/** To put a checksum together does not pay for less. */
const SHARED_BYTES_MIN = 256;
const NO_BYTES: Uint8Array = new Uint8Array(0);
/** One for each thread: one message goes to many peers. */
const SHARED: PayloadChecksums = new PayloadChecksums();

/** The checksum of a packet that is being written, put together where it ends with a payload. */
export class PacketChecksum {
  #bytes: Uint8Array = NO_BYTES;
  #offset = 0;
  #length = 0;
  #at = 0;
  /** Where the chunk ends; -1: there is none. */
  #end = -1;

  /**
   * A DATA chunk was written.
   *
   * @param bytes the message; it is not changed any more
   * @param offset of the payload in it
   * @param at where the payload lies in the packet
   * @returns where the chunk ends, padding included
   */
  note(bytes: Uint8Array, offset: number, length: number, at: number): number {
    this.#bytes = bytes;
    this.#offset = offset;
    this.#length = length;
    this.#at = at;
    this.#end = at + padded4(length);
    return this.#end;
  }

  /** Fills in the checksum of a whole packet whose checksum field is zero. */
  fillIn(out: Uint8Array, packetBytes: number): void {
    const isShared = this.#end === packetBytes && this.#length >= SHARED_BYTES_MIN;
    const bytes = this.#bytes;
    // it says nothing about the next packet, and is not to outlive the message
    this.#end = -1;
    this.#bytes = NO_BYTES;
    if (!isShared) {
      writeChecksum(out, packetBytes);
      return;
    }
    const end = this.#at + this.#length;
    let crc = updateCrc32c(CRC32C_START, out, 0, this.#at);
    crc = SHARED.update(crc, bytes, this.#offset, this.#length);
    fillInChecksum(out, ~updateCrc32c(crc, out, end, packetBytes - end));
  }
}
