import { unreachable } from "../base/assert.ts";
import { DropReason } from "../base/drop-reason.ts";
import type { DataTrackCommand } from "../bridge/commands.ts";
import {
  checkDataTrackPacket,
  dataTrackHandle,
  putDataTrackHandle,
} from "../wire/datatrack/data-track-packet.ts";

const HANDLES = 65_536;
const NO_RELAYS: readonly Relay[] = [];
/** In the place of publisher and handle. */
const REPLICA_KEY = -1;
/** Of one media thread, subscriptions of all tracks together likewise: more are not taken. */
const TRACKS_MAX = 1_000_000;

/** Who takes a track's packets. */
export interface DataTrackReceiver {
  readonly peerId: number;
  /**
   * @param bytes not changed any more once they were taken
   * @returns false when they were dropped: the channel is not open, or too much waits on it
   */
  sendDataTrack(nowMs: number, bytes: Uint8Array): boolean;
}

/** Another media thread that has subscribers of tracks of this one. */
export interface DataTrackLink {
  readonly thread: number;
  /** @param bytes of this call only; what finds no room is dropped, which is counted */
  sendDataTrack(dataTrackId: number, bytes: Uint8Array): void;
}

type Relay = { readonly link: DataTrackLink; readonly receivers: number };

type Subscription = {
  readonly subscriptionId: number;
  readonly track: DataTrack;
  readonly receiver: DataTrackReceiver;
  readonly handle: number;
  /** In the track's list. */
  index: number;
};

type DataTrack = {
  readonly dataTrackId: number;
  readonly peerId: number;
  /** Publisher and handle in one number; that of a replica is nobody's. */
  readonly key: number;
  /** Without holes, in no order. */
  readonly subscriptions: Subscription[];
  /** Threads that have subscribers of it, once each. */
  relays: readonly Relay[];
};

export type DataTracksHost = {
  readonly dropped: Uint32Array;
  /** A bug of ours showed in the work for this peer. */
  peerBroke(peerId: number, error: unknown): void;
};

/**
 * Data tracks of one media thread: whose packets go to whom, under which handle (spec-media 9.7).
 * Each packet goes on as it comes: nothing is kept, put in order or sent again. Owner of the tables.
 */
export class DataTracks {
  readonly #host: DataTracksHost;
  readonly #tracks = new Map<number, DataTrack>();
  readonly #byKey = new Map<number, DataTrack>();
  readonly #subscriptions = new Map<number, Subscription>();
  readonly #tracksOf = new Map<number, Set<DataTrack>>();
  readonly #subscriptionsOf = new Map<number, Set<Subscription>>();

  constructor(host: DataTracksHost) {
    this.#host = host;
  }

  /** @param peerOf of this thread's; undefined where it is gone */
  handleCommand(
    command: DataTrackCommand,
    peerOf: (peerId: number) => DataTrackReceiver | undefined,
  ): void {
    switch (command.kind) {
      case "add-data-track":
        if (peerOf(command.peerId) === undefined) break;
        this.addTrack(command.dataTrackId, command.peerId, command.handle);
        break;
      case "remove-data-track":
        this.removeTrack(command.dataTrackId);
        break;
      case "subscribe-data-track": {
        const peer = peerOf(command.peerId);
        if (peer === undefined) break;
        this.subscribe(command.subscriptionId, command.dataTrackId, peer, command.handle);
        break;
      }
      case "unsubscribe-data-track":
        this.unsubscribe(command.subscriptionId);
        break;
      default:
        unreachable(command);
    }
  }

  /** A track by the handle that its publisher has for it; one that had the handle before ends. */
  addTrack(dataTrackId: number, peerId: number, handle: number): void {
    if (this.#tracks.has(dataTrackId) || this.#tracks.size >= TRACKS_MAX) return;
    const key = keyOf(peerId, handle);
    const former = this.#byKey.get(key);
    if (former !== undefined) this.removeTrack(former.dataTrackId);
    const track = { dataTrackId, peerId, key, subscriptions: [], relays: NO_RELAYS };
    this.#tracks.set(dataTrackId, track);
    this.#byKey.set(key, track);
    addTo(this.#tracksOf, peerId, track);
  }

  /** A track whose publisher is on another thread: its packets come by `receiveRelayed`. */
  addReplica(dataTrackId: number): void {
    if (this.#tracks.has(dataTrackId) || this.#tracks.size >= TRACKS_MAX) return;
    const key = REPLICA_KEY;
    const track = { dataTrackId, peerId: 0, key, subscriptions: [], relays: NO_RELAYS };
    this.#tracks.set(dataTrackId, track);
  }

  /** @param receivers subscribers on that thread; 0: nobody any more */
  setRelay(dataTrackId: number, link: DataTrackLink, receivers: number): void {
    const track = this.#tracks.get(dataTrackId);
    if (track === undefined) return;
    const others = track.relays.filter((relay) => relay.link !== link);
    track.relays = receivers > 0 ? [...others, { link, receivers }] : others;
  }

  /** Its subscriptions go with it. */
  removeTrack(dataTrackId: number): void {
    const track = this.#tracks.get(dataTrackId);
    if (track === undefined) return;
    this.#tracks.delete(dataTrackId);
    if (track.key !== REPLICA_KEY) this.#byKey.delete(track.key);
    removeFrom(this.#tracksOf, track.peerId, track);
    for (const subscription of track.subscriptions) this.#forget(subscription);
  }

  subscribe(
    subscriptionId: number,
    dataTrackId: number,
    receiver: DataTrackReceiver,
    handle: number,
  ): void {
    const track = this.#tracks.get(dataTrackId);
    if (track === undefined || this.#subscriptions.has(subscriptionId)) return;
    if (this.#subscriptions.size >= TRACKS_MAX) return;
    const index = track.subscriptions.length;
    const subscription: Subscription = { subscriptionId, track, receiver, handle, index };
    track.subscriptions.push(subscription);
    this.#subscriptions.set(subscriptionId, subscription);
    addTo(this.#subscriptionsOf, receiver.peerId, subscription);
  }

  unsubscribe(subscriptionId: number): void {
    const subscription = this.#subscriptions.get(subscriptionId);
    if (subscription === undefined) return;
    const { subscriptions } = subscription.track;
    const last = subscriptions.pop()!;
    if (last !== subscription) {
      subscriptions[subscription.index] = last;
      last.index = subscription.index;
    }
    this.#forget(subscription);
  }

  #forget(subscription: Subscription): void {
    this.#subscriptions.delete(subscription.subscriptionId);
    removeFrom(this.#subscriptionsOf, subscription.receiver.peerId, subscription);
  }

  /** What the peer publishes and subscribes to is gone with it. */
  closePeer(peerId: number): void {
    for (const track of this.#tracksOf.get(peerId) ?? []) this.removeTrack(track.dataTrackId);
    for (const { subscriptionId } of this.#subscriptionsOf.get(peerId) ?? []) {
      this.unsubscribe(subscriptionId);
    }
  }

  /**
   * Sends one message of a publisher's data track channel on to who subscribes to its track. Its
   * handle alone changes: in a copy for each handle, the message itself for the first.
   *
   * @param bytes owned by this from here on
   * @returns to how many it was written: what the message cost
   */
  receive(nowMs: number, peerId: number, bytes: Uint8Array): number {
    const { dropped } = this.#host;
    const reason = checkDataTrackPacket(bytes, bytes.length);
    if (reason !== DropReason.None) {
      dropped[reason]! += 1;
      return 0;
    }
    const track = this.#byKey.get(keyOf(peerId, dataTrackHandle(bytes)));
    if (track === undefined) {
      dropped[DropReason.Unknown]! += 1;
      return 0;
    }
    const far = track.relays === NO_RELAYS ? 0 : relay(track, bytes);
    return far + this.#fanOut(nowMs, track, bytes);
  }

  /**
   * A packet of a replica's.
   *
   * @param bytes owned by this from here on
   * @returns to how many it was written
   */
  receiveRelayed(nowMs: number, dataTrackId: number, bytes: Uint8Array): number {
    const track = this.#tracks.get(dataTrackId);
    return track === undefined ? 0 : this.#fanOut(nowMs, track, bytes);
  }

  #fanOut(nowMs: number, { subscriptions }: DataTrack, bytes: Uint8Array): number {
    const count = subscriptions.length;
    let packet = bytes;
    let handle = 0;
    // whoever has taken it may still hold it: the next one under another handle is a copy
    let isTaken = false;
    for (let i = 0; i < count; i++) {
      const subscription = subscriptions[i]!;
      if (subscription.handle !== handle) {
        // of a Buffer, `slice` would be the same memory
        if (isTaken) packet = new Uint8Array(packet);
        isTaken = false;
        handle = subscription.handle;
        putDataTrackHandle(packet, handle);
      }
      if (this.#send(nowMs, subscription.receiver, packet)) isTaken = true;
    }
    return count;
  }

  /** Trouble of one subscriber is not that of the others, nor of the publisher. */
  #send(nowMs: number, receiver: DataTrackReceiver, packet: Uint8Array): boolean {
    try {
      return receiver.sendDataTrack(nowMs, packet);
    } catch (error) {
      this.#host.peerBroke(receiver.peerId, error);
      return true;
    }
  }

  debugInfo(): object {
    return { tracks: this.#tracks.size, subscriptions: this.#subscriptions.size };
  }
}

/** @returns how many subscribers other threads have of it */
function relay({ dataTrackId, relays }: DataTrack, bytes: Uint8Array): number {
  let receivers = 0;
  for (let i = 0; i < relays.length; i++) {
    relays[i]!.link.sendDataTrack(dataTrackId, bytes);
    receivers += relays[i]!.receivers;
  }
  return receivers;
}

function keyOf(peerId: number, handle: number): number {
  return peerId * HANDLES + handle;
}

function addTo<T>(sets: Map<number, Set<T>>, peerId: number, item: T): void {
  const items = sets.get(peerId);
  if (items === undefined) sets.set(peerId, new Set([item]));
  else items.add(item);
}

function removeFrom<T>(sets: Map<number, Set<T>>, peerId: number, item: T): void {
  const items = sets.get(peerId);
  items?.delete(item);
  if (items?.size === 0) sets.delete(peerId);
}
