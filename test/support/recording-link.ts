import { livekit } from "../../src/gen/livekit.js";
import type { SignalFrame } from "../../src/rtc/signal/signal-frame.ts";
import type { SignalLink } from "../../src/rtc/signal/signal-link.ts";

export type ResponseKind = NonNullable<livekit.SignalResponse["message"]>;

let count = 0;

/** A signal connection that keeps what it is given, as the client would decode it. */
export class RecordingLink implements SignalLink {
  readonly connectionId: string;
  readonly messages: livekit.SignalResponse[] = [];
  isClosed = false;

  constructor() {
    count += 1;
    this.connectionId = `CO_${count}`;
  }

  send(frame: SignalFrame): void {
    if (this.isClosed) return;
    this.messages.push(livekit.SignalResponse.decode(frame.binary()));
  }

  close(): void {
    this.isClosed = true;
  }

  /** Names of the messages in their order. */
  get kinds(): ResponseKind[] {
    return this.messages.map(({ message }) => message!);
  }

  /** Every message of a kind, oldest first. */
  all<K extends ResponseKind>(kind: K): NonNullable<livekit.SignalResponse[K]>[] {
    return this.messages.filter(({ message }) => message === kind).map((one) => one[kind]!);
  }

  last<K extends ResponseKind>(kind: K): NonNullable<livekit.SignalResponse[K]> {
    const found = this.all(kind).at(-1);
    if (found === undefined) throw new Error(`no ${kind} among: ${this.kinds.join(", ")}`);
    return found;
  }

  clear(): void {
    this.messages.length = 0;
  }
}
