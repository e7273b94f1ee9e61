import type { AeadFactory } from "../crypto/aead.ts";
import type { DtlsFactory } from "../transport/dtls/dtls-session.ts";

/** One UDP socket of a client. */
export type ClientSocket = {
  readonly port: number;
  send(bytes: Uint8Array, port: number, address: string): void;
  /**
   * @param burst bytes, port and address of each packet, one after the other
   * @returns how many packets the system took
   */
  sendMany(burst: readonly (Uint8Array | string | number)[]): number;
  close(): void;
};

/** What load clients need of the machine that they run on. */
export type LoadRuntime = {
  /** With one certificate for all clients of a load. */
  readonly dtls: DtlsFactory;
  readonly createAead: AeadFactory;
  /** 0..65535, drawn at random: whose clock the time in a payload is. */
  readonly processTag: number;
  /**
   * Opens a socket on a free port of a local IPv4 address.
   *
   * @param onDatagram the bytes are the receiver's until it returns, and may be changed in place
   * @throws what the system says, when it gives no socket
   */
  openSocket(
    address: string,
    onDatagram: (bytes: Uint8Array, port: number, address: string) => void,
  ): Promise<ClientSocket>;
};
