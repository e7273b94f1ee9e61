import { ptr } from "bun:ffi";
import { loadNativeWait, type NativeWait, RING } from "./native-wait.ts";
import type { Receiving } from "./udp-port.ts";
import { UdpReceiver } from "./udp-receiver.ts";

/** `POLLIN` of Linux. */
const READABLE = 1;
/** struct pollfd in 16-bit words: descriptor (two), what is asked, what is the case. */
const POLL_WORDS = 4;
const RESULT_AT = 3;
const SOCKETS_MAX = 64;

/**
 * Puts the calling thread to sleep until a datagram is there, another thread has signalled, or the
 * time is over. It takes the place of the runtime's event loop between two turns of it: to be woken
 * by the runtime, and to be handed datagrams one by one, costs a multiple.
 */
export class ThreadWaiter {
  readonly receiving: Receiving;
  /** For `createSignal` on the thread that signals. */
  readonly event: number;
  readonly #native: NativeWait;
  readonly #polls: Int16Array = new Int16Array(new ArrayBuffer((SOCKETS_MAX + 1) * POLL_WORDS * 2));
  readonly #pollsAddress: number = ptr(this.#polls);
  #count = 0;
  /** Another media thread has rung, until `takeSignals` is called next. */
  wasRung = false;

  /** One for this thread; null where the system has not what it takes. */
  static create(): ThreadWaiter | null {
    const native = loadNativeWait();
    const event = native?.createEvent() ?? -1;
    return native === null || event < 0 ? null : new ThreadWaiter(native, event);
  }

  private constructor(native: NativeWait, event: number) {
    this.#native = native;
    this.event = event;
    this.receiving = { native, receiver: new UdpReceiver(native) };
    this.#watch(event);
  }

  /** @returns the socket's index for `isReadable` */
  watch(fd: number): number {
    this.#watch(fd);
    return this.#count - 2;
  }

  #watch(fd: number): void {
    const at = this.#count * POLL_WORDS;
    this.#polls[at] = fd;
    this.#polls[at + 1] = fd >> 16;
    this.#polls[at + 2] = READABLE;
    this.#count += 1;
  }

  /** Nobody waits by it any more, and nobody knows its `event`. */
  close(): void {
    this.#native.close(this.event);
  }

  /** Sleeps. @param timeoutMs 0: looks only */
  wait(timeoutMs: number): void {
    this.#native.poll(this.#pollsAddress, this.#count, timeoutMs);
  }

  /** Sleeps until another thread signals: datagrams wait. Nothing is taken. */
  waitForSignal(timeoutMs: number): void {
    this.#native.poll(this.#pollsAddress, 1, timeoutMs);
  }

  /** After `wait`: whether datagrams, or an error, wait in the socket. */
  isReadable(index: number): boolean {
    return this.#polls[(index + 1) * POLL_WORDS + RESULT_AT] !== 0;
  }

  /** After `wait`: how often others have signalled since the last time. */
  takeSignals(): number {
    const count = this.#polls[RESULT_AT] === 0 ? 0 : this.#native.takeSignals(this.event);
    this.wasRung = count >= RING;
    return count % RING;
  }
}

/**
 * The bell of a thread that sleeps in `ThreadWaiter.wait`, for those that have written to its rings: no
 * post is under way, as after a signal.
 *
 * @param event the waiter's
 */
export class EventDoorbell {
  readonly #native: NativeWait | null = loadNativeWait();
  readonly #event: number;

  constructor(event: number) {
    this.#event = event;
  }

  ring(): void {
    this.#native?.ring(this.#event);
  }
}

/**
 * Closes what a lost thread has open. Nobody knows whether it runs on for a moment, so the numbers stay
 * taken, by something dead: it must not find another's socket under one of them.
 *
 * @param event the thread's: it is woken, or it would hold its sockets as long as it sleeps
 */
export function retireDescriptors(event: number, sockets: readonly number[]): void {
  const native = loadNativeWait();
  const dead = native?.createEvent() ?? -1;
  if (native === null || dead < 0) return;
  native.signal(event);
  for (const fd of [event, ...sockets]) if (fd >= 0) native.replace(fd, dead);
  native.close(dead);
}

/** Wakes a thread that sleeps in `ThreadWaiter.wait`. @param event the waiter's */
export function createSignal(event: number): () => void {
  const native = loadNativeWait();
  return () => native?.signal(event);
}
