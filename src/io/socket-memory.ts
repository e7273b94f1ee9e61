import { dlopen, FFIType, ptr } from "bun:ffi";
import { platform } from "node:process";
import { LIBC_NAMES } from "./native-libc.ts";

const SOL_SOCKET = 1;
/** `SO_MEMINFO` of Linux: nine 32-bit numbers (`SK_MEMINFO_*`). */
const SO_MEMINFO = 55;
const NUMBERS = 9;
const RECEIVE_QUEUE = 0;
const DROPS = 8;

/** What waits in a socket. Read by the thread that asked for it. */
export type SocketMemory = {
  /** What datagrams that wait to be received take, with the system's own part, bytes. */
  readonly queuedBytes: number;
  /** Datagrams that found the receive buffer full, since the socket was opened. */
  readonly drops: number;
};

/** Reads what waits in sockets, by their descriptors; null where the system does not tell. */
export function loadSocketMemory(): ((fd: number) => SocketMemory) | null {
  if (platform !== "linux") return null;
  for (const name of LIBC_NAMES[platform] ?? []) {
    try {
      const library = dlopen(name, {
        getsockopt: {
          args: [FFIType.i32, FFIType.i32, FFIType.i32, FFIType.ptr, FFIType.ptr],
          returns: FFIType.i32,
        },
      });
      const numbers = new Uint32Array(new ArrayBuffer(NUMBERS * 4));
      const size = new Uint32Array(new ArrayBuffer(4));
      return (fd) => {
        numbers.fill(0);
        size[0] = NUMBERS * 4;
        library.symbols.getsockopt(fd, SOL_SOCKET, SO_MEMINFO, ptr(numbers), ptr(size));
        return { queuedBytes: numbers[RECEIVE_QUEUE]!, drops: numbers[DROPS]! };
      };
    } catch {
      // Not under this name.
    }
  }
  return null;
}
