import { dlopen, FFIType, ptr } from "bun:ffi";
import { arch, platform } from "node:process";
import { LIBC_NAMES } from "./native-libc.ts";

/** Number of the system call `recvmmsg` on Linux. Other architectures take the portable path. */
const RECVMMSG_CALLS: Readonly<Record<string, number>> = { x64: 299, arm64: 243 };

/** `MSG_DONTWAIT` of Linux. */
const DONT_WAIT = 0x40;
/** `EFD_CLOEXEC | EFD_NONBLOCK` of Linux. */
const EVENT_FLAGS = 0o2000000 | 0o4000;
const EVENT_BYTES = 8;
/** Signals that one ring of the bell counts as: signals themselves are never so many. */
export const RING: number = 2 ** 32;

/**
 * Waiting and receiving by the system's own calls, on the thread that calls. One exists per thread:
 * its scratch memory is the thread's.
 */
export type NativeWait = {
  /**
   * `recvmmsg(2)` without waiting.
   *
   * @param messages address of `count` structures `mmsghdr`
   * @returns how many were received; below 1 when none was waiting
   */
  receiveMessages(fd: number, messages: number, count: number): number;
  /**
   * `poll(2)`: the thread sleeps until a descriptor is ready or the time is over.
   *
   * @param polls address of `count` structures `pollfd`
   */
  poll(polls: number, count: number, timeoutMs: number): void;
  /** A second descriptor of the same socket; -1 when the process has too many. */
  duplicate(fd: number): number;
  close(fd: number): void;
  /** `dup2(2)`: the descriptor stands for what another one does from now on; what it stood for is closed. */
  replace(fd: number, by: number): void;
  /** An `eventfd(2)`: readable once somebody signalled it; -1 when the process has too many. */
  createEvent(): number;
  /** From any thread of the process. */
  signal(event: number): void;
  /** From any thread of the process: counts as RING signals. */
  ring(event: number): void;
  /** How often it was signalled since the last call. */
  takeSignals(event: number): number;
};

/** The system's own calls, or null where they are not to be had: another system, or no libc found. */
export function loadNativeWait(): NativeWait | null {
  const call = RECVMMSG_CALLS[arch];
  if (platform !== "linux" || call === undefined) return null;
  for (const name of LIBC_NAMES[platform] ?? []) {
    try {
      return open(name, call);
    } catch {
      // Not under this name: the next one, or the portable path.
    }
  }
  return null;
}

function open(name: string, receiveCall: number): NativeWait {
  const { symbols } = dlopen(name, {
    // recvmmsg goes through it, since musl's own receives one message after the other
    syscall: {
      args: [
        FFIType.u64_fast,
        FFIType.u64_fast,
        FFIType.ptr,
        FFIType.u64_fast,
        FFIType.u64_fast,
        FFIType.u64_fast,
      ],
      returns: FFIType.i32,
    },
    poll: { args: [FFIType.ptr, FFIType.u64_fast, FFIType.i32], returns: FFIType.i32 },
    dup: { args: [FFIType.i32], returns: FFIType.i32 },
    close: { args: [FFIType.i32], returns: FFIType.i32 },
    dup2: { args: [FFIType.i32, FFIType.i32], returns: FFIType.i32 },
    eventfd: { args: [FFIType.u32, FFIType.i32], returns: FFIType.i32 },
    read: { args: [FFIType.i32, FFIType.ptr, FFIType.u64_fast], returns: FFIType.i64_fast },
    write: { args: [FFIType.i32, FFIType.ptr, FFIType.u64_fast], returns: FFIType.i64_fast },
  });
  // addresses are asked for in each call: an array that nobody names any more is collected
  const one = new Uint32Array(new ArrayBuffer(EVENT_BYTES));
  one[0] = 1;
  // RING, as 64 bits
  const bell = new Uint32Array(new ArrayBuffer(EVENT_BYTES));
  bell[1] = 1;
  const count = new Uint32Array(new ArrayBuffer(EVENT_BYTES));
  return {
    receiveMessages: (fd, messages, wanted) =>
      symbols.syscall(receiveCall, fd, messages as never, wanted, DONT_WAIT, 0),
    poll: (polls, pollCount, timeoutMs) => {
      symbols.poll(polls as never, pollCount, timeoutMs);
    },
    duplicate: (fd) => symbols.dup(fd),
    close: (fd) => void symbols.close(fd),
    replace: (fd, by) => void symbols.dup2(by, fd),
    createEvent: () => symbols.eventfd(0, EVENT_FLAGS),
    signal: (event) => void symbols.write(event, ptr(one), EVENT_BYTES),
    ring: (event) => void symbols.write(event, ptr(bell), EVENT_BYTES),
    takeSignals: (event) =>
      Number(symbols.read(event, ptr(count), EVENT_BYTES)) === EVENT_BYTES
        ? count[0]! + count[1]! * RING
        : 0,
  };
}
