import type { livekit } from "../../src/gen/livekit.js";

export type KindTally = { count: number; bytes: number };

/** What a server sends to all clients of a load, by kind of message. */
export class MessageTally {
  readonly kinds: Map<string, KindTally> = new Map();

  add(message: livekit.SignalResponse, byteCount: number): void {
    const kind = message.message ?? "unknown";
    const tally = this.kinds.get(kind) ?? { count: 0, bytes: 0 };
    tally.count += 1;
    tally.bytes += byteCount;
    this.kinds.set(kind, tally);
  }

  /** Largest first; what differs between two runs of a server stands out. */
  report(): { readonly kind: string; readonly count: number; readonly bytes: number }[] {
    return [...this.kinds]
      .map(([kind, { count, bytes }]) => ({ kind, count, bytes }))
      .sort((a, b) => b.bytes - a.bytes);
  }

  get count(): number {
    return this.report().reduce((sum, { count }) => sum + count, 0);
  }

  get bytes(): number {
    return this.report().reduce((sum, { bytes }) => sum + bytes, 0);
  }
}
