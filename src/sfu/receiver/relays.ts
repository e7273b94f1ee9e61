import type { RtpView } from "../../wire/rtp/rtp-view.ts";
import type { ReceiveStream } from "../buffer/receive-stream.ts";

/** Takes a receiver's packets to another media thread, where a replica of it goes on with them. */
export interface RelayPort {
  /**
   * A packet that the stream of a layer has taken, in the order of taking.
   *
   * @param view the packet as it came, unpacked where it was a retransmission
   * @param extSn its number, without the padding before it
   */
  write(nowMs: number, view: RtpView, extSn: number, layer: number, stream: ReceiveStream): void;
  /** The newest sender report of a stream has changed. */
  writeSenderReport(nowMs: number, layer: number, stream: ReceiveStream): void;
  /** The stream of a layer began anew: what comes from now on has nothing to do with what came. */
  resetStream(layer: number): void;
  /** What subscribers over there have lost within the last seconds, 0..255. */
  fractionLost(nowMs: number): number;
}

/** The threads that one receiver is relayed to. */
export class Relays {
  readonly #ports: RelayPort[] = [];

  get isEmpty(): boolean {
    return this.#ports.length === 0;
  }

  add(port: RelayPort): void {
    this.#ports.push(port);
  }

  remove(port: RelayPort): void {
    const index = this.#ports.indexOf(port);
    if (index >= 0) this.#ports.splice(index, 1);
  }

  write(nowMs: number, view: RtpView, extSn: number, layer: number, stream: ReceiveStream): void {
    const ports = this.#ports;
    for (let i = 0; i < ports.length; i++) ports[i]!.write(nowMs, view, extSn, layer, stream);
  }

  writeSenderReport(nowMs: number, layer: number, stream: ReceiveStream): void {
    for (const port of this.#ports) port.writeSenderReport(nowMs, layer, stream);
  }

  resetStream(layer: number): void {
    for (const port of this.#ports) port.resetStream(layer);
  }

  /** The most that any of them tells. */
  fractionLost(nowMs: number): number {
    let most = 0;
    for (const port of this.#ports) most = Math.max(most, port.fractionLost(nowMs));
    return most;
  }
}
