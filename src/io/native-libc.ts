import { dlopen, FFIType, ptr, read } from "bun:ffi";
import { arch, platform } from "node:process";

/** Names under which libc is found: glibc, musl by its two names, macOS. */
export const LIBC_NAMES: Readonly<Record<string, readonly string[]>> = {
  linux: [
    "libc.so.6",
    `libc.musl-${arch === "arm64" ? "aarch64" : "x86_64"}.so.1`,
    `/lib/ld-musl-${arch === "arm64" ? "aarch64" : "x86_64"}.so.1`,
  ],
  darwin: ["/usr/lib/libSystem.B.dylib"],
};

/** Number of the system call `sendmmsg` on Linux. Other architectures take the portable path. */
const SENDMMSG_CALLS: Readonly<Record<string, number>> = { x64: 307, arm64: 269 };

/** `MSG_DONTWAIT` of Linux. */
const DONT_WAIT = 0x40;

/** The error numbers that sending tells apart, as on Linux. */
export const Errno = {
  Interrupted: 4,
  Io: 5,
  Again: 11,
  Invalid: 22,
  MessageTooLong: 90,
  NotSupported: 95,
  NoBuffers: 105,
} as const;

/** Sends prepared messages. One exists per thread: the place of `errno` is the thread's. */
export type NativeSend = {
  /**
   * `sendmmsg(2)` without waiting.
   *
   * @param messages address of `count` structures `mmsghdr`
   * @returns how many were sent, or -1 when the first was refused
   */
  sendMessages(fd: number, messages: number, count: number): number;
  /** Why the last call was refused. Only valid straight after it. */
  errno(): number;
};

/** Integer socket options, by the platform's own numbers. */
export type NativeSocketOptions = {
  /** @returns the value, or -1 when the option is unknown to the system */
  get(fd: number, level: number, option: number): number;
  /** @returns whether the system took it */
  set(fd: number, level: number, option: number, value: number): boolean;
};

/**
 * `sendmmsg` of this machine, or null where there is none: another system, another architecture,
 * a libc that is not found.
 *
 * It goes through `syscall(2)`, since musl's own `sendmmsg` sends one message after the other.
 */
export function loadNativeSend(): NativeSend | null {
  const call = SENDMMSG_CALLS[arch];
  if (platform !== "linux" || call === undefined) return null;
  for (const name of LIBC_NAMES[platform] ?? []) {
    try {
      const library = dlopen(name, {
        syscall: {
          args: [
            FFIType.u64_fast,
            FFIType.u64_fast,
            FFIType.ptr,
            FFIType.u64_fast,
            FFIType.u64_fast,
          ],
          returns: FFIType.i32,
        },
        __errno_location: { args: [], returns: FFIType.ptr },
      });
      const errnoAt = library.symbols.__errno_location();
      if (errnoAt === null) continue;
      return {
        sendMessages: (fd, messages, count) =>
          library.symbols.syscall(call, fd, messages as never, count, DONT_WAIT),
        errno: () => read.i32(errnoAt, 0),
      };
    } catch {
      // Not under this name: the next one, or the portable path.
    }
  }
  return null;
}

/** Socket options of this machine, or null where libc is not found. */
export function loadNativeSocketOptions(): NativeSocketOptions | null {
  for (const name of LIBC_NAMES[platform] ?? []) {
    try {
      const library = dlopen(name, {
        getsockopt: {
          args: [FFIType.i32, FFIType.i32, FFIType.i32, FFIType.ptr, FFIType.ptr],
          returns: FFIType.i32,
        },
        setsockopt: {
          args: [FFIType.i32, FFIType.i32, FFIType.i32, FFIType.ptr, FFIType.u32],
          returns: FFIType.i32,
        },
      });
      const value = new Int32Array(new ArrayBuffer(4));
      const size = new Uint32Array(new ArrayBuffer(4));
      return {
        get(fd, level, option) {
          value[0] = 0;
          size[0] = 4;
          return library.symbols.getsockopt(fd, level, option, ptr(value), ptr(size)) === 0
            ? value[0]!
            : -1;
        },
        set(fd, level, option, wanted) {
          value[0] = wanted;
          return library.symbols.setsockopt(fd, level, option, ptr(value), 4) === 0;
        },
      };
    } catch {
      // Not under this name.
    }
  }
  return null;
}
