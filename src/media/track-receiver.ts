import type { ReceiveCodec, ReceiveEncoding } from "../bridge/commands.ts";
import type { Receiver } from "../sfu/receiver/receiver.ts";
import { EventPace } from "./event-pace.ts";
import type { Subscriber } from "./subscriber.ts";

/** Whose a receiver is: its publisher's peer, or, of a replica, what stands for it on this thread. */
export interface ReceiverOwner {
  /** 0 where the publisher has no peer on this thread. */
  readonly peerId: number;
  updateReceiver(
    track: TrackReceiver,
    codecs: readonly ReceiveCodec[],
    encodings: readonly ReceiveEncoding[],
  ): void;
  /** It may have events, or want a key frame. */
  trackChanged(): void;
  removeReceiver(track: TrackReceiver): void;
}

/** A published track on this thread: its receiver, whose peer it is, and who subscribes to it. */
export class TrackReceiver {
  readonly receiver: Receiver;
  /** Of the receiver's events. */
  readonly pace: EventPace = new EventPace();
  readonly #owner: ReceiverOwner;
  readonly #subscribers = new Set<Subscriber>();

  constructor(receiver: Receiver, owner: ReceiverOwner) {
    this.receiver = receiver;
    this.#owner = owner;
  }

  get receiverId(): number {
    return this.receiver.receiverId;
  }

  get peerId(): number {
    return this.#owner.peerId;
  }

  subscribers(): Subscriber[] {
    return [...this.#subscribers];
  }

  addSubscriber(subscriber: Subscriber): void {
    this.#subscribers.add(subscriber);
    this.receiver.addDownTrack(subscriber);
  }

  removeSubscriber(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
    this.receiver.removeDownTrack(subscriber);
  }

  update(codecs: readonly ReceiveCodec[], encodings: readonly ReceiveEncoding[]): void {
    this.#owner.updateReceiver(this, codecs, encodings);
  }

  setMuted(nowMs: number, isMuted: boolean): void {
    this.receiver.setMuted(nowMs, isMuted);
    this.#owner.trackChanged();
    for (const subscriber of this.#subscribers) subscriber.setPublisherMuted(nowMs, isMuted);
  }

  /** @param highest spatial layer that the publisher is asked for; -1: none */
  expectLayers(nowMs: number, highest: number): void {
    this.receiver.setMaxExpectedLayer(nowMs, highest);
  }

  handleLayersChanged(nowMs: number): void {
    for (const subscriber of this.#subscribers) subscriber.handleLayersChanged(nowMs);
  }

  audioLevel(nowMs: number): number {
    return this.receiver.audioLevel(nowMs);
  }

  /** 0..100, of the last window of five seconds. */
  get score(): number {
    return this.receiver.qualityScore;
  }

  close(nowMs: number): void {
    for (const subscriber of this.subscribers()) subscriber.close(nowMs);
    this.#owner.removeReceiver(this);
  }
}
