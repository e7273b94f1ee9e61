import { DROP_REASON_COUNT } from "../../src/base/drop-reason.ts";
import type { DataMemberSpec } from "../../src/bridge/data-commands.ts";
import type { DataEvent } from "../../src/bridge/data-events.ts";
import { livekit } from "../../src/gen/livekit.js";
import { DataHub } from "../../src/media/data/data-hub.ts";
import { DataChannelKind } from "../../src/media/data/data-port.ts";
import { FakeDataPort } from "./fake-data-port.ts";

/** A hub with ports in memory: member, peer and port of a client have the same number. */
export class DataRig {
  readonly hub: DataHub;
  readonly events: DataEvent[] = [];
  readonly dropped: Uint32Array = new Uint32Array(DROP_REASON_COUNT);
  readonly errors: unknown[] = [];
  nowMs = 1_000;
  readonly #ports = new Map<number, FakeDataPort>();

  constructor(waitsForAll = false) {
    this.hub = new DataHub({
      dropped: this.dropped,
      waitsForAll,
      portOf: (peerId) => this.#ports.get(peerId),
      emit: (event) => this.events.push(event),
      broke: (_, error) => this.errors.push(error),
    });
  }

  /** @param isOpen its channels are open at once */
  join(id: number, isOpen = true, member: Partial<DataMemberSpec> = {}, roomId = 1): FakeDataPort {
    const port = this.#ports.get(id) ?? new FakeDataPort(id);
    this.#ports.set(id, port);
    this.hub.handleCommand(this.nowMs, {
      kind: "set-data-member",
      roomId,
      member: {
        memberId: id,
        peerIds: [id],
        primaryPeerId: id,
        sid: `PA_${id}`,
        identity: `${id}`,
        canPublishData: true,
        isAgent: false,
        isHidden: false,
        isOneShot: false,
        ...member,
      },
    });
    if (isOpen) this.open(id);
    return port;
  }

  port(id: number): FakeDataPort {
    return this.#ports.get(id)!;
  }

  open(id: number): void {
    for (const label of ["_lossy", "_reliable"]) this.port(id).open(label);
    this.hub.reliableOpened(this.nowMs, this.port(id));
  }

  leave(id: number): void {
    this.hub.handleCommand(this.nowMs, { kind: "remove-data-member", memberId: id });
    this.hub.portClosed(this.nowMs, this.port(id));
    this.#ports.delete(id);
  }

  send(id: number, packet: livekit.IDataPacket, isLossy = false): number {
    const channel = isLossy ? DataChannelKind.Lossy : DataChannelKind.Reliable;
    const bytes = livekit.DataPacket.encode(packet).finish();
    return this.hub.received(this.nowMs, this.port(id), channel, bytes);
  }

  received(id: number, label = "_reliable"): livekit.DataPacket[] {
    return this.port(id)
      .sent(label)
      .map((bytes) => livekit.DataPacket.decode(bytes));
  }

  advance(byMs: number): void {
    this.nowMs += byMs;
    if (this.nowMs >= this.hub.pollTimeout()) this.hub.handleTimeout(this.nowMs);
  }
}
