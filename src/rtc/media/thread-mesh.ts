import { createRingMemory } from "../../base/shared-ring.ts";
import type {
  AddDataTrack,
  ExpectLayers,
  MediaCommand,
  ReceiverSpec,
} from "../../bridge/commands.ts";
import type { MediaEvent } from "../../bridge/events.ts";
import type { MediaCandidate, MediaThread } from "../../bridge/media-thread.ts";
import type { RingPair } from "../../bridge/relay-commands.ts";
import { type ExtensionIds, NO_EXTENSIONS } from "../../wire/rtp/extension-ids.ts";

/**
 * For packets from one thread to another: what publishers with 300 Mbit/s together send in 50 ms, which is
 * longer than a thread is ever away with the collector. Beyond they are lost, as in a socket's buffer.
 */
const MEDIA_RING_BYTES = 2 * 1024 * 1024;
/** For messages: what a bulk transfer sends between two turns. What finds no room waits for it. */
const DATA_RING_BYTES = 1024 * 1024;

/** Who has replicas of something, and how many there need it. */
class Uses {
  readonly #counts = new Map<MediaThread, number>();

  threads(): MediaThread[] {
    return [...this.#counts.keys()];
  }

  countOn(thread: MediaThread): number {
    return this.#counts.get(thread) ?? 0;
  }

  /** @returns how many need it there now */
  add(thread: MediaThread, change: number): number {
    const count = this.countOn(thread) + change;
    if (count > 0) this.#counts.set(thread, count);
    else this.#counts.delete(thread);
    return count;
  }
}

type Receiver = {
  readonly origin: MediaThread;
  spec: ReceiverSpec;
  expected: ExpectLayers | undefined;
  readonly uses: Uses;
};

type DataTrack = {
  readonly origin: MediaThread;
  readonly spec: AddDataTrack;
  readonly uses: Uses;
};

/** A subscription whose publisher is on another thread. */
type Crossing<T> = { source: T; readonly thread: MediaThread; readonly peerId: number };

/** Subscriptions that cross threads, by their number, their subscriber and what they are of. */
class Crossings<T> {
  readonly #byId = new Map<number, Crossing<T>>();
  readonly #byPeer = new Map<number, Set<number>>();
  readonly #bySource = new Map<T, Set<number>>();

  add(id: number, crossing: Crossing<T>): void {
    this.#byId.set(id, crossing);
    addTo(this.#byPeer, crossing.peerId, id);
    addTo(this.#bySource, crossing.source, id);
  }

  find(id: number): Crossing<T> | undefined {
    return this.#byId.get(id);
  }

  move(id: number, crossing: Crossing<T>, source: T): void {
    removeFrom(this.#bySource, crossing.source, id);
    crossing.source = source;
    addTo(this.#bySource, source, id);
  }

  take(id: number): Crossing<T> | undefined {
    const crossing = this.#byId.get(id);
    if (crossing === undefined) return undefined;
    this.#byId.delete(id);
    removeFrom(this.#byPeer, crossing.peerId, id);
    removeFrom(this.#bySource, crossing.source, id);
    return crossing;
  }

  ofPeer(peerId: number): number[] {
    return [...(this.#byPeer.get(peerId) ?? [])];
  }

  of(source: T): number[] {
    return [...(this.#bySource.get(source) ?? [])];
  }

  get size(): number {
    return this.#byId.size;
  }
}

/**
 * Media threads that reach each other: whoever subscribes on one of them to what is published on another
 * has a replica made there, as long as anybody needs it, and rings are connected when the first one does.
 * Stands between who posts commands and the threads; nobody else has to know which thread a publisher is
 * on. Owner of replicas and links.
 */
export class ThreadMesh {
  /** To post to, instead of the threads themselves. */
  readonly threads: readonly MediaThread[];
  readonly #receivers = new Map<number, Receiver>();
  readonly #receiversOf = new Map<number, Set<number>>();
  readonly #extensions = new Map<number, ExtensionIds>();
  readonly #downTracks: Crossings<Receiver> = new Crossings();
  readonly #dataTracks = new Map<number, DataTrack>();
  readonly #dataTracksOf = new Map<number, Set<number>>();
  readonly #dataSubscriptions: Crossings<DataTrack> = new Crossings();
  readonly #linked = new Set<string>();

  constructor(threads: readonly MediaThread[]) {
    this.threads = threads.map((thread) => new MeshThread(thread, this));
  }

  /** What is meant for a thread, with what follows from it for others. */
  route(thread: MediaThread, command: MediaCommand): void {
    switch (command.kind) {
      case "set-extensions":
        thread.post(command);
        this.#setExtensions(command.peerId, command.receive);
        break;
      case "add-receiver":
        thread.post(command);
        this.#addReceiver(thread, command.receiver);
        break;
      case "update-receiver": {
        const { receiverId, codecs, encodings } = command;
        this.#change(thread, receiverId, command, (spec) => ({ ...spec, codecs, encodings }));
        break;
      }
      case "mute-receiver": {
        const { receiverId, isMuted } = command;
        this.#change(thread, receiverId, command, (spec) => ({ ...spec, isMuted }));
        break;
      }
      case "expect-layers": {
        this.#change(thread, command.receiverId, command);
        const receiver = this.#receivers.get(command.receiverId);
        if (receiver !== undefined) receiver.expected = command;
        break;
      }
      case "remove-receiver":
        thread.post(command);
        this.#removeReceiver(command.receiverId);
        break;
      case "add-down-track": {
        const { downTrackId, receiverId, peerId } = command.downTrack;
        const source = this.#receivers.get(receiverId);
        if (source !== undefined && source.origin !== thread) {
          this.#use(source, thread);
          this.#downTracks.add(downTrackId, { source, thread, peerId });
        }
        thread.post(command);
        break;
      }
      case "move-down-track":
        this.#moveDownTrack(thread, command.downTrackId, command.receiverId, command);
        break;
      case "remove-down-track":
        thread.post(command);
        this.#removeDownTrack(command.downTrackId);
        break;
      case "add-data-track":
        thread.post(command);
        this.#dataTracks.set(command.dataTrackId, {
          origin: thread,
          spec: command,
          uses: new Uses(),
        });
        addTo(this.#dataTracksOf, command.peerId, command.dataTrackId);
        break;
      case "remove-data-track":
        thread.post(command);
        this.#removeDataTrack(command.dataTrackId);
        break;
      case "subscribe-data-track": {
        const source = this.#dataTracks.get(command.dataTrackId);
        if (source !== undefined && source.origin !== thread) {
          this.#useDataTrack(source, thread, 1);
          const { subscriptionId, peerId } = command;
          this.#dataSubscriptions.add(subscriptionId, { source, thread, peerId });
        }
        thread.post(command);
        break;
      }
      case "unsubscribe-data-track":
        thread.post(command);
        this.#unsubscribe(command.subscriptionId);
        break;
      case "set-room-threads":
        for (const { thread: other } of command.others) {
          const peer = this.#inner(other);
          if (peer !== undefined) this.#link(thread, peer);
        }
        thread.post(command);
        break;
      case "close-peer":
        thread.post(command);
        this.#closePeer(command.peerId);
        break;
      default:
        thread.post(command);
    }
  }

  #inner(index: number): MediaThread | undefined {
    const thread = this.threads.find((one) => one.index === index);
    return thread instanceof MeshThread ? thread.inner : undefined;
  }

  /** Two threads reach each other from now on. */
  #link(a: MediaThread, b: MediaThread): void {
    const name = a.index < b.index ? `${a.index} ${b.index}` : `${b.index} ${a.index}`;
    // of one that was lost everybody is told to come back: the next who needs it links what runs then
    if (this.#linked.has(name) || !a.isLive || !b.isLive) return;
    this.#linked.add(name);
    const toA = ringPair();
    const toB = ringPair();
    const kind = "connect-thread";
    a.post({ kind, thread: b.index, outgoing: toB, incoming: toA, doorbell: b.doorbell });
    b.post({ kind, thread: a.index, outgoing: toA, incoming: toB, doorbell: a.doorbell });
  }

  /** The thread ended, and whoever takes its place knows nothing: links are made anew. */
  threadLost(index: number): void {
    for (const name of this.#linked) {
      if (name.split(" ").includes(String(index))) this.#linked.delete(name);
    }
  }

  #setExtensions(peerId: number, extensions: ExtensionIds): void {
    this.#extensions.set(peerId, extensions);
    for (const receiverId of this.#receiversOf.get(peerId) ?? []) {
      for (const thread of this.#receivers.get(receiverId)?.uses.threads() ?? []) {
        thread.post({ kind: "set-replica-extensions", receiverId, extensions });
      }
    }
  }

  #addReceiver(origin: MediaThread, spec: ReceiverSpec): void {
    const { receiverId, peerId } = spec;
    this.#receivers.set(receiverId, { origin, spec, expected: undefined, uses: new Uses() });
    addTo(this.#receiversOf, peerId, receiverId);
  }

  /** Of a receiver and all its replicas. */
  #change(
    thread: MediaThread,
    receiverId: number,
    command: MediaCommand,
    change: (spec: ReceiverSpec) => ReceiverSpec = (spec) => spec,
  ): void {
    thread.post(command);
    const receiver = this.#receivers.get(receiverId);
    if (receiver === undefined) return;
    receiver.spec = change(receiver.spec);
    for (const other of receiver.uses.threads()) other.post(command);
  }

  #removeReceiver(receiverId: number): void {
    const receiver = this.#receivers.get(receiverId);
    if (receiver === undefined) return;
    this.#receivers.delete(receiverId);
    removeFrom(this.#receiversOf, receiver.spec.peerId, receiverId);
    const threads = receiver.uses.threads();
    if (threads.length === 0) return;
    for (const thread of threads) thread.post({ kind: "remove-receiver", receiverId });
    for (const downTrackId of this.#downTracks.of(receiver)) this.#downTracks.take(downTrackId);
  }

  #use(receiver: Receiver, thread: MediaThread): void {
    const { origin, spec, expected, uses } = receiver;
    if (uses.add(thread, 1) > 1) return;
    this.#link(origin, thread);
    const extensions = this.#extensions.get(spec.peerId) ?? NO_EXTENSIONS;
    thread.post({ kind: "add-replica", thread: origin.index, receiver: spec, extensions });
    if (expected !== undefined) thread.post(expected);
    origin.post({ kind: "relay-receiver", receiverId: spec.receiverId, thread: thread.index });
  }

  #endUse({ origin, spec, uses }: Receiver, thread: MediaThread): void {
    if (uses.add(thread, -1) > 0) return;
    const { receiverId } = spec;
    origin.post({ kind: "end-relay", receiverId, thread: thread.index });
    thread.post({ kind: "remove-receiver", receiverId });
  }

  #moveDownTrack(
    thread: MediaThread,
    downTrackId: number,
    receiverId: number,
    command: MediaCommand,
  ): void {
    const crossing = this.#downTracks.find(downTrackId);
    const source = this.#receivers.get(receiverId);
    if (crossing === undefined || source === undefined || source === crossing.source) {
      thread.post(command);
      return;
    }
    const former = crossing.source;
    this.#use(source, thread);
    this.#downTracks.move(downTrackId, crossing, source);
    thread.post(command);
    this.#endUse(former, thread);
  }

  #removeDownTrack(downTrackId: number): void {
    const crossing = this.#downTracks.take(downTrackId);
    if (crossing !== undefined) this.#endUse(crossing.source, crossing.thread);
  }

  #useDataTrack({ origin, spec, uses }: DataTrack, thread: MediaThread, change: number): void {
    const { dataTrackId } = spec;
    const before = uses.countOn(thread);
    const receivers = uses.add(thread, change);
    if (before === 0) {
      this.#link(origin, thread);
      thread.post({ kind: "add-data-track-replica", dataTrackId });
    }
    origin.post({ kind: "relay-data-track", dataTrackId, thread: thread.index, receivers });
    if (receivers === 0) thread.post({ kind: "remove-data-track", dataTrackId });
  }

  #removeDataTrack(dataTrackId: number): void {
    const track = this.#dataTracks.get(dataTrackId);
    if (track === undefined) return;
    this.#dataTracks.delete(dataTrackId);
    removeFrom(this.#dataTracksOf, track.spec.peerId, dataTrackId);
    const threads = track.uses.threads();
    if (threads.length === 0) return;
    for (const thread of threads) thread.post({ kind: "remove-data-track", dataTrackId });
    for (const id of this.#dataSubscriptions.of(track)) this.#dataSubscriptions.take(id);
  }

  #unsubscribe(subscriptionId: number): void {
    const crossing = this.#dataSubscriptions.take(subscriptionId);
    if (crossing !== undefined) this.#useDataTrack(crossing.source, crossing.thread, -1);
  }

  #closePeer(peerId: number): void {
    this.#extensions.delete(peerId);
    for (const id of [...(this.#receiversOf.get(peerId) ?? [])]) this.#removeReceiver(id);
    for (const id of [...(this.#dataTracksOf.get(peerId) ?? [])]) this.#removeDataTrack(id);
    for (const id of this.#downTracks.ofPeer(peerId)) this.#removeDownTrack(id);
    for (const id of this.#dataSubscriptions.ofPeer(peerId)) this.#unsubscribe(id);
  }

  debugInfo(): object {
    return {
      receivers: this.#receivers.size,
      dataTracks: this.#dataTracks.size,
      crossing: this.#downTracks.size + this.#dataSubscriptions.size,
      links: [...this.#linked],
    };
  }
}

/** One thread of the mesh, as everybody else sees it. */
class MeshThread implements MediaThread {
  readonly inner: MediaThread;
  readonly #mesh: ThreadMesh;

  constructor(inner: MediaThread, mesh: ThreadMesh) {
    this.inner = inner;
    this.#mesh = mesh;
  }

  get index(): number {
    return this.inner.index;
  }

  get fingerprint(): string {
    return this.inner.fingerprint;
  }

  get candidates(): readonly MediaCandidate[] {
    return this.inner.candidates;
  }

  get doorbell(): number {
    return this.inner.doorbell;
  }

  get isLive(): boolean {
    return this.inner.isLive;
  }

  get onEvent(): (event: MediaEvent) => void {
    return this.inner.onEvent;
  }

  set onEvent(handler: (event: MediaEvent) => void) {
    this.inner.onEvent = handler;
  }

  post(command: MediaCommand): void {
    this.#mesh.route(this.inner, command);
  }

  close(): Promise<void> {
    return this.inner.close();
  }
}

function ringPair(): RingPair {
  return { media: createRingMemory(MEDIA_RING_BYTES), data: createRingMemory(DATA_RING_BYTES) };
}

function addTo<K>(sets: Map<K, Set<number>>, key: K, item: number): void {
  const items = sets.get(key);
  if (items === undefined) sets.set(key, new Set([item]));
  else items.add(item);
}

function removeFrom<K>(sets: Map<K, Set<number>>, key: K, item: number): void {
  const items = sets.get(key);
  items?.delete(item);
  if (items?.size === 0) sets.delete(key);
}
