import type { ReceivedPacket } from "./received-packet.ts";

/** Packets behind the newest that are still of use; as libwebrtc's buffer holds at most. */
const WINDOW = 2_048;

/** All packets of a frame, in order. */
export type AssembledFrame = {
  readonly packets: readonly ReceivedPacket[];
  readonly firstExtSn: number;
  readonly lastExtSn: number;
};

/** Packets to frames: a frame is there when its numbers are there from start to end. */
export class FrameAssembler {
  readonly #packets = new Map<number, ReceivedPacket>();
  /** Numbers of packets that went out with a frame. */
  readonly #taken = new Set<number>();
  #newest = -1;
  #oldest = -1;

  /** @returns the frame that the packet completes */
  push(packet: ReceivedPacket): AssembledFrame | undefined {
    const { extSn } = packet;
    if (extSn < this.#newest - WINDOW) return undefined;
    if (this.#packets.has(extSn) || this.#taken.has(extSn)) return undefined;
    if (this.#oldest < 0) this.#oldest = extSn;
    this.#packets.set(extSn, packet);
    this.#newest = Math.max(this.#newest, extSn);
    this.#forget();
    return packet.payload === undefined ? undefined : this.#find(packet);
  }

  /** Whether the number was received. */
  has(extSn: number): boolean {
    return this.#packets.has(extSn) || this.#taken.has(extSn);
  }

  #find(packet: ReceivedPacket): AssembledFrame | undefined {
    let first = packet;
    while (first.payload?.isFrameStart !== true) {
      const before = this.#packets.get(first.extSn - 1);
      if (before?.payload === undefined || before.extTs !== packet.extTs) return undefined;
      first = before;
    }
    const packets: ReceivedPacket[] = [first];
    let last = first;
    while (last.payload?.isFrameEnd !== true) {
      const after = this.#packets.get(last.extSn + 1);
      if (after?.payload === undefined || after.extTs !== packet.extTs) return undefined;
      packets.push(after);
      last = after;
    }
    for (const { extSn } of packets) {
      this.#packets.delete(extSn);
      this.#taken.add(extSn);
    }
    return { packets, firstExtSn: first.extSn, lastExtSn: last.extSn };
  }

  #forget(): void {
    for (; this.#oldest < this.#newest - WINDOW; this.#oldest++) {
      this.#packets.delete(this.#oldest);
      this.#taken.delete(this.#oldest);
    }
  }
}
