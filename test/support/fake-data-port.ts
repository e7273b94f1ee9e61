import type { DataMember } from "../../src/media/data/data-member.ts";
import { Backlog, DataChannelKind, type DataPort } from "../../src/media/data/data-port.ts";

const LABELS = ["_reliable", "_lossy", "_data_track"];

/** A peer's data channels without a network: keeps what it is sent. */
export class FakeDataPort implements DataPort {
  readonly peerId: number;
  member: DataMember | undefined = undefined;
  readonly readingId: number = 0;
  /** What it says of its reader. */
  readerBacklog: Backlog = Backlog.None;
  /** Messages are not read for now. */
  isPaused = false;
  readonly #openLabels: string[] = [];
  readonly #sent: { readonly label: string; readonly bytes: Uint8Array }[] = [];

  constructor(peerId: number) {
    this.peerId = peerId;
  }

  open(label: string): void {
    this.#openLabels.push(label);
  }

  sent(label: string): Uint8Array[] {
    return this.#sent.filter((one) => one.label === label).map(({ bytes }) => bytes);
  }

  clear(): void {
    this.#sent.length = 0;
  }

  isOpen(channel: DataChannelKind): boolean {
    return this.#labelOf(channel) !== undefined;
  }

  #labelOf(channel: DataChannelKind): string | undefined {
    if (channel === DataChannelKind.Other) {
      return this.#openLabels.find((label) => !LABELS.includes(label));
    }
    return this.#openLabels.find((label) => label === LABELS[channel]);
  }

  send(_nowMs: number, channel: DataChannelKind, bytes: Uint8Array): boolean {
    const label = this.#labelOf(channel);
    if (label === undefined) return false;
    this.#sent.push({ label, bytes });
    return true;
  }

  sendRaw(nowMs: number, bytes: Uint8Array): boolean {
    return this.send(nowMs, DataChannelKind.Other, bytes);
  }

  backlog(): Backlog {
    return this.readerBacklog;
  }

  pauseReading(): void {
    this.isPaused = true;
  }

  resumeReading(): void {
    this.isPaused = false;
  }
}
