import { DROP_REASON_COUNT } from "../../src/base/drop-reason.ts";
import type {
  AddDataTrack,
  DownTrackSpec,
  MediaCommand,
  ReceiverSpec,
  SubscribeDataTrack,
} from "../../src/bridge/commands.ts";
import type { MediaEvent } from "../../src/bridge/events.ts";
import type { MediaCandidate, MediaThread } from "../../src/bridge/media-thread.ts";
import { DataHub } from "../../src/media/data/data-hub.ts";
import { DataChannelKind } from "../../src/media/data/data-port.ts";
import { FakeDataPort } from "./fake-data-port.ts";
import { FINGERPRINT } from "./negotiation.ts";

type CommandOf<K extends MediaCommand["kind"]> = Extract<MediaCommand, { kind: K }>;

const LABELS = ["_reliable", "_lossy", "_data_track"];

/**
 * A media thread that carries no media, and data in memory only: it keeps the commands, holds them against what it was told
 * before, and emits the events that a test asks for.
 */
export class FakeMediaThread implements MediaThread {
  readonly index: number;
  readonly fingerprint: string = FINGERPRINT;
  readonly candidates: readonly MediaCandidate[] = [
    { protocol: "udp", address: "127.0.0.1", port: 7882 },
    { protocol: "tcp", address: "127.0.0.1", port: 7881 },
  ];
  isLive = true;
  readonly doorbell: number = -1;
  readonly commands: MediaCommand[] = [];
  /** Commands that make no sense after the ones before them. */
  readonly violations: string[] = [];
  readonly peers: Set<number> = new Set();
  readonly receivers: Map<number, ReceiverSpec> = new Map();
  readonly downTracks: Map<number, DownTrackSpec> = new Map();
  readonly dataTracks: Map<number, AddDataTrack> = new Map();
  readonly dataSubscriptions: Map<number, SubscribeDataTrack> = new Map();
  /** Threads that it is connected to. */
  readonly links: Set<number> = new Set();
  /** Receivers of other threads, and where they are; also in `receivers`. */
  readonly replicas: Map<number, number> = new Map();
  readonly dataTrackReplicas: Set<number> = new Set();
  /** Where receivers are relayed to, as `receiver thread`. */
  readonly relays: Set<string> = new Set();
  /** Subscribers of data tracks on other threads, by `track thread`. */
  readonly dataRelays: Map<string, number> = new Map();
  readonly #everUsed = new Set<string>();
  readonly #ports = new Map<number, FakeDataPort>();
  readonly #data: DataHub;
  onEvent: (event: MediaEvent) => void = () => {};
  nowMs: () => number = () => 0;

  constructor(index = 0) {
    this.index = index;
    this.#data = new DataHub({
      dropped: new Uint32Array(DROP_REASON_COUNT),
      waitsForAll: false,
      portOf: (peerId) => this.#ports.get(peerId),
      emit: (event) => this.onEvent(event),
      broke: (_, error) => {
        throw error;
      },
    });
  }

  /** Another one runs in its place, and knows nothing. */
  restart(): void {
    const all = [this.peers, this.receivers, this.downTracks, this.dataTracks, this.links];
    for (const known of all) known.clear();
    for (const known of [this.replicas, this.relays, this.dataRelays]) known.clear();
    for (const known of [this.dataSubscriptions, this.dataTrackReplicas, this.#ports])
      known.clear();
    this.commands.length = 0;
    this.violations.length = 0;
    this.isLive = true;
  }

  /** A client's message on one of its data channels. */
  receiveData(peerId: number, label: string, bytes: Uint8Array): void {
    const port = this.#ports.get(peerId);
    if (port === undefined) return;
    this.#data.received(this.nowMs(), port, kindOf(label), bytes);
    this.#data.handleTimeout(Number.MAX_SAFE_INTEGER);
  }

  /** What was sent to a client on its channels of this label. */
  sentData(peerId: number, label: string): readonly Uint8Array[] {
    return this.#ports.get(peerId)?.sent(label) ?? [];
  }

  /** A channel opens, of any label. */
  openChannel(peerId: number, label: string): void {
    const port = this.#ports.get(peerId);
    if (port === undefined) return;
    port.open(label);
    if (label === "_reliable") this.#data.reliableOpened(this.nowMs(), port);
  }

  post(command: MediaCommand): void {
    structuredClone(command);
    this.commands.push(command);
    const problem = this.#apply(command);
    if (problem !== undefined) this.violations.push(`${command.kind}: ${problem}`);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  emit(event: MediaEvent): void {
    if (event.kind === "data-channel-open") this.openChannel(event.peerId, event.label);
    this.onEvent(event);
  }

  /** Commands of one kind, oldest first. */
  of<K extends MediaCommand["kind"]>(kind: K): CommandOf<K>[] {
    return this.commands.filter((command): command is CommandOf<K> => command.kind === kind);
  }

  /** Forgets the commands, not what they made, and the data that was sent. */
  clear(): void {
    this.commands.length = 0;
    for (const port of this.#ports.values()) port.clear();
  }

  #apply(command: MediaCommand): string | undefined {
    switch (command.kind) {
      case "create-peer":
        this.peers.add(command.peerId);
        this.#ports.set(command.peerId, new FakeDataPort(command.peerId));
        return this.#fresh("peer", command.peerId);
      case "set-remote":
      case "restart-ice":
      case "set-extensions":
      case "start-data-channels":
      case "override-estimate":
        return this.#knownPeer(command.peerId);
      case "set-data-member": {
        this.#data.handleCommand(this.nowMs(), command);
        const { peerIds, primaryPeerId } = command.member;
        if (!peerIds.includes(primaryPeerId)) return "the primary is none of its peers";
        return peerIds.map((id) => this.#knownPeer(id)).find((one) => one !== undefined);
      }
      case "remove-data-member":
      case "send-server-data":
      case "await-rpc":
      case "forget-rpc":
        this.#data.handleCommand(this.nowMs(), command);
        return undefined;
      case "close-peer":
        return this.#closePeer(command.peerId);
      case "add-receiver":
        return this.#addReceiver(command.receiver);
      case "update-receiver":
        return this.#knownReceiver(command.receiverId) ?? encodingsProblem(command.encodings);
      case "mute-receiver":
      case "expect-layers":
        return this.#knownReceiver(command.receiverId);
      case "remove-receiver":
        return this.#removeReceiver(command.receiverId);
      case "add-down-track":
        return this.#addDownTrack(command.downTrack);
      case "set-down-track": {
        const { downTrackId, settings } = command;
        const spec = this.downTracks.get(downTrackId);
        if (spec !== undefined) this.downTracks.set(downTrackId, { ...spec, settings });
        return this.#knownDownTrack(downTrackId) ?? settingsProblem(settings);
      }
      case "move-down-track": {
        const { downTrackId, receiverId, settings } = command;
        const spec = this.downTracks.get(downTrackId);
        if (spec !== undefined) this.downTracks.set(downTrackId, { ...spec, receiverId, settings });
        return (
          this.#knownDownTrack(downTrackId) ??
          this.#knownReceiver(receiverId) ??
          settingsProblem(settings)
        );
      }
      case "remove-down-track": {
        const problem = this.#knownDownTrack(command.downTrackId);
        this.downTracks.delete(command.downTrackId);
        return problem;
      }
      case "add-data-track":
        return this.#addDataTrack(command);
      case "remove-data-track":
        return this.#dropDataTrack(command.dataTrackId);
      case "subscribe-data-track":
        return this.#subscribeDataTrack(command);
      case "connect-thread":
        // again, after one of the two was lost
        this.links.add(command.thread);
        return undefined;
      case "relay-receiver": {
        const { receiverId, thread } = command;
        this.relays.add(`${receiverId} ${thread}`);
        if (this.replicas.has(receiverId)) return "it is a replica itself";
        return this.#knownReceiver(receiverId) ?? this.#linked(thread);
      }
      case "end-relay":
        return this.relays.delete(`${command.receiverId} ${command.thread}`)
          ? undefined
          : `receiver ${command.receiverId} is not relayed`;
      case "add-replica": {
        const { receiverId } = command.receiver;
        const isKnown = this.receivers.has(receiverId);
        this.receivers.set(receiverId, command.receiver);
        this.replicas.set(receiverId, command.thread);
        return isKnown ? `receiver ${receiverId} is here already` : this.#linked(command.thread);
      }
      case "set-replica-extensions":
        return this.replicas.has(command.receiverId) ? undefined : "there is no such replica";
      case "relay-data-track": {
        const { dataTrackId, thread, receivers } = command;
        if (receivers > 0) this.dataRelays.set(`${dataTrackId} ${thread}`, receivers);
        else this.dataRelays.delete(`${dataTrackId} ${thread}`);
        return this.dataTracks.has(dataTrackId)
          ? this.#linked(thread)
          : `data track ${dataTrackId} is unknown`;
      }
      case "add-data-track-replica":
        this.dataTrackReplicas.add(command.dataTrackId);
        return undefined;
      case "set-room-threads":
        return command.others.map(({ thread }) => this.#linked(thread)).find((one) => one);
      case "unsubscribe-data-track":
        return this.dataSubscriptions.delete(command.subscriptionId)
          ? undefined
          : `data subscription ${command.subscriptionId} is unknown`;
    }
  }

  #fresh(what: string, id: number): string | undefined {
    const name = `${what} ${id}`;
    if (this.#everUsed.has(name)) return `${name} was used before`;
    this.#everUsed.add(name);
    return undefined;
  }

  #linked(thread: number): string | undefined {
    return this.links.has(thread) ? undefined : `it is not connected to thread ${thread}`;
  }

  #knownPeer(peerId: number): string | undefined {
    return this.peers.has(peerId) ? undefined : `peer ${peerId} is unknown`;
  }

  #knownReceiver(receiverId: number): string | undefined {
    return this.receivers.has(receiverId) ? undefined : `receiver ${receiverId} is unknown`;
  }

  #knownDownTrack(downTrackId: number): string | undefined {
    return this.downTracks.has(downTrackId) ? undefined : `down track ${downTrackId} is unknown`;
  }

  #addDataTrack(command: AddDataTrack): string | undefined {
    const { dataTrackId, peerId, handle } = command;
    const isTaken = [...this.dataTracks.values()].some(
      (other) => other.peerId === peerId && other.handle === handle,
    );
    this.dataTracks.set(dataTrackId, command);
    if (isTaken) return `its publisher has a data track with the handle ${handle}`;
    return (
      this.#fresh("data track", dataTrackId) ?? this.#knownPeer(peerId) ?? handleProblem(handle)
    );
  }

  #dropDataTrack(dataTrackId: number): string | undefined {
    for (const [id, subscription] of this.dataSubscriptions) {
      if (subscription.dataTrackId === dataTrackId) this.dataSubscriptions.delete(id);
    }
    for (const key of this.dataRelays.keys()) {
      if (key.startsWith(`${dataTrackId} `)) this.dataRelays.delete(key);
    }
    if (this.dataTrackReplicas.delete(dataTrackId)) return undefined;
    return this.dataTracks.delete(dataTrackId) ? undefined : `data track ${dataTrackId} is unknown`;
  }

  #subscribeDataTrack(command: SubscribeDataTrack): string | undefined {
    const { subscriptionId, dataTrackId, peerId, handle } = command;
    const others = [...this.dataSubscriptions.values()].filter((one) => one.peerId === peerId);
    this.dataSubscriptions.set(subscriptionId, command);
    if (others.some((one) => one.handle === handle)) return `the handle ${handle} is in use`;
    if (others.some((one) => one.dataTrackId === dataTrackId)) return "it is subscribed to already";
    if (!this.dataTracks.has(dataTrackId) && !this.dataTrackReplicas.has(dataTrackId)) {
      return `data track ${dataTrackId} is unknown`;
    }
    return (
      this.#fresh("data subscription", subscriptionId) ??
      this.#knownPeer(peerId) ??
      handleProblem(handle)
    );
  }

  #closePeer(peerId: number): string | undefined {
    const problem = this.#knownPeer(peerId);
    const port = this.#ports.get(peerId);
    if (port !== undefined) this.#data.portClosed(this.nowMs(), port);
    this.peers.delete(peerId);
    for (const [id, spec] of this.receivers) if (spec.peerId === peerId) this.#dropReceiver(id);
    for (const [id, spec] of this.downTracks) {
      if (spec.peerId === peerId) this.downTracks.delete(id);
    }
    for (const [id, track] of this.dataTracks) if (track.peerId === peerId) this.#dropDataTrack(id);
    for (const [id, subscription] of this.dataSubscriptions) {
      if (subscription.peerId === peerId) this.dataSubscriptions.delete(id);
    }
    return problem;
  }

  #addReceiver(spec: ReceiverSpec): string | undefined {
    this.receivers.set(spec.receiverId, spec);
    if (spec.codecs.length === 0) return "it has no codec";
    return (
      this.#fresh("receiver", spec.receiverId) ??
      this.#knownPeer(spec.peerId) ??
      encodingsProblem(spec.encodings)
    );
  }

  #removeReceiver(receiverId: number): string | undefined {
    const problem = this.#knownReceiver(receiverId);
    this.#dropReceiver(receiverId);
    return problem;
  }

  #dropReceiver(receiverId: number): void {
    this.receivers.delete(receiverId);
    this.replicas.delete(receiverId);
    for (const key of this.relays) if (key.startsWith(`${receiverId} `)) this.relays.delete(key);
    for (const [id, spec] of this.downTracks) {
      if (spec.receiverId === receiverId) this.downTracks.delete(id);
    }
  }

  #addDownTrack(spec: DownTrackSpec): string | undefined {
    this.downTracks.set(spec.downTrackId, spec);
    if (spec.ssrc < 1 || spec.ssrc > 0xffff_ffff) return `its SSRC is ${spec.ssrc}`;
    if (spec.codecs.length === 0) return "it has no codec";
    return (
      this.#fresh("down track", spec.downTrackId) ??
      this.#knownPeer(spec.peerId) ??
      this.#knownReceiver(spec.receiverId) ??
      settingsProblem(spec.settings)
    );
  }
}

function kindOf(label: string): DataChannelKind {
  const index = LABELS.indexOf(label);
  return index < 0 ? DataChannelKind.Other : (index as DataChannelKind);
}

function isWithin(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

function handleProblem(handle: number): string | undefined {
  return isWithin(handle, 1, 65_535) ? undefined : `the handle is ${handle}`;
}

function encodingsProblem(encodings: ReceiverSpec["encodings"]): string | undefined {
  if (encodings.length === 0) return "it has no encoding";
  const isRight = encodings.every(({ spatialLayer }) => isWithin(spatialLayer, 0, 2));
  return isRight ? undefined : "a spatial layer is not 0..2";
}

function settingsProblem(settings: DownTrackSpec["settings"]): string | undefined {
  const { maxSpatialLayer, maxTemporalLayer, priority } = settings;
  const isRight =
    isWithin(maxSpatialLayer, 0, 2) &&
    isWithin(maxTemporalLayer, 0, 3) &&
    isWithin(priority, 1, 255);
  return isRight ? undefined : `settings are out of range: ${JSON.stringify(settings)}`;
}
