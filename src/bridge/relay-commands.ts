import type { ExtensionIds } from "../wire/rtp/extension-ids.ts";
import type { ReceiverSpec } from "./commands.ts";

/** What the control thread tells media threads of each other: rooms that are on several of them. */
export type RelayCommand =
  | ConnectThread
  | RelayReceiver
  | EndRelay
  | AddReplica
  | SetReplicaExtensions
  | RelayDataTrack
  | AddDataTrackReplica
  | SetRoomThreads;

/** The rings of one direction (`createRingMemory`). */
export type RingPair = {
  /** Packets of publishers, and what is to be quick. */
  readonly media: SharedArrayBuffer;
  readonly data: SharedArrayBuffer;
};

/** Packets may be relayed to that thread from now on, and come from it. Once for each. */
export type ConnectThread = {
  readonly kind: "connect-thread";
  readonly thread: number;
  readonly outgoing: RingPair;
  readonly incoming: RingPair;
  /** How it is woken, as it said when it started (`MediaThread.doorbell`). */
  readonly doorbell: number;
};

/** What this receiver of the thread's takes goes to another thread as well, where its replica is. */
export type RelayReceiver = {
  readonly kind: "relay-receiver";
  readonly receiverId: number;
  readonly thread: number;
};

/** The replica over there is gone. */
export type EndRelay = {
  readonly kind: "end-relay";
  readonly receiverId: number;
  readonly thread: number;
};

/**
 * A receiver of another thread's, fed by a ring: from here on it can be subscribed to, muted, updated and
 * removed like any of this thread's own, by the same id.
 */
export type AddReplica = {
  readonly kind: "add-replica";
  /** Where the publisher is. */
  readonly thread: number;
  readonly receiver: ReceiverSpec;
  /** Of packets that come from the publisher. */
  readonly extensions: ExtensionIds;
};

export type SetReplicaExtensions = {
  readonly kind: "set-replica-extensions";
  readonly receiverId: number;
  readonly extensions: ExtensionIds;
};

/** Packets of this data track of the thread's go to another one as well. */
export type RelayDataTrack = {
  readonly kind: "relay-data-track";
  readonly dataTrackId: number;
  readonly thread: number;
  /** Who subscribes to it over there; 0: nobody any more. */
  readonly receivers: number;
};

/** A data track of another thread's, which can be subscribed to and removed here. */
export type AddDataTrackReplica = {
  readonly kind: "add-data-track-replica";
  readonly dataTrackId: number;
};

/** The room's data members of other threads, by thread; all of them, each time. */
export type SetRoomThreads = {
  readonly kind: "set-room-threads";
  readonly roomId: number;
  readonly others: readonly { readonly thread: number; readonly members: number }[];
};
