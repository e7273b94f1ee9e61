import { dlopen, FFIType, ptr } from "bun:ffi";
import { platform } from "node:process";
import { LIBC_NAMES } from "./native-libc.ts";

/** `CLOCK_THREAD_CPUTIME_ID` by platform. */
const THREAD_CLOCKS: Readonly<Record<string, number>> = { linux: 3, darwin: 16 };
const MS_PER_SECOND = 1_000;
const NS_PER_MS = 1e6;

/**
 * The processor time that the calling thread has used, in ms, user and system; null where libc is not
 * found. Read by the thread that it is about.
 */
export function loadThreadCpuClock(): (() => number) | null {
  const clock = THREAD_CLOCKS[platform];
  if (clock === undefined) return null;
  for (const name of LIBC_NAMES[platform] ?? []) {
    try {
      const library = dlopen(name, {
        clock_gettime: { args: [FFIType.i32, FFIType.ptr], returns: FFIType.i32 },
      });
      // struct timespec of a 64-bit system: seconds, nanoseconds
      const words = new Int32Array(new ArrayBuffer(16));
      const at = ptr(words);
      return () => {
        library.symbols.clock_gettime(clock, at);
        return words[0]! * MS_PER_SECOND + words[2]! / NS_PER_MS;
      };
    } catch {
      // Not under this name.
    }
  }
  return null;
}
