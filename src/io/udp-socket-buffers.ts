import { platform } from "node:process";
import type { udp } from "bun";
import type { NativeSocketOptions } from "./native-libc.ts";

/** What is asked of the system for each direction of a UDP socket. */
export const SOCKET_BUFFER_BYTES: number = 16 * 1024 * 1024;
/** Below this a burst of key frames overflows the receive buffer; the operator is told. */
export const RECEIVE_BUFFER_BYTES_MIN = 5_000_000;
const ASKED_BYTES_MIN = 512 * 1024;

type BufferOptions = {
  readonly level: number;
  readonly send: number;
  readonly receive: number;
  /** Options that may pass the system's limit, for a process with the right to (Linux only). */
  readonly forcedSend?: number;
  readonly forcedReceive?: number;
};

const LINUX: BufferOptions = { level: 1, send: 7, receive: 8, forcedSend: 32, forcedReceive: 33 };
const DARWIN: BufferOptions = { level: 0xffff, send: 0x1001, receive: 0x1002 };

/** Granted sizes as the system reports them, in bytes; undefined where they cannot be read. */
export type GrantedBuffers = { readonly sendBytes: number; readonly receiveBytes: number };

/** Asks for large buffers and reads back what was granted. */
export function growSocketBuffers(
  options: NativeSocketOptions | null,
  fd: number,
  wantedBytes: number,
): GrantedBuffers | undefined {
  const numbers = platform === "linux" ? LINUX : platform === "darwin" ? DARWIN : undefined;
  if (options === null || numbers === undefined || fd < 0) return undefined;
  const grow = (option: number, forcedOption: number | undefined): number => {
    if (forcedOption !== undefined && options.set(fd, numbers.level, forcedOption, wantedBytes)) {
      return options.get(fd, numbers.level, option);
    }
    // Linux grants what it can; macOS refuses what is over its limit.
    let bytes = wantedBytes;
    while (!options.set(fd, numbers.level, option, bytes) && bytes > ASKED_BYTES_MIN) bytes >>= 1;
    return options.get(fd, numbers.level, option);
  };
  const sendBytes = grow(numbers.send, numbers.forcedSend);
  const receiveBytes = grow(numbers.receive, numbers.forcedReceive);
  return sendBytes < 0 || receiveBytes < 0 ? undefined : { sendBytes, receiveBytes };
}

/** Of a socket, or -1: Bun's types leave it out. */
export function descriptorOf(socket: udp.Socket<"buffer"> | udp.Socket<"uint8array">): number {
  const fd: unknown = "fd" in socket ? socket.fd : -1;
  return typeof fd === "number" ? fd : -1;
}
