import { livekit } from "../../gen/livekit.js";
import type { Participant } from "../participant/participant.ts";

/** How many nonces of API messages a room remembers, to deliver each once. */
const NONCES_MAX = 100;
const NONCE_BYTES = 16;
/** Reliable messages for one participant whose channel is not open yet, bytes in total. */
const HELD_BYTES_MAX = 100_000;
/** Numbered messages of the room kept for those who are joining (spec-signalling 9.4). */
const CACHE_MS = 10_000;
const CACHE_BYTES_MAX = 100_000;

const { RELIABLE, LOSSY } = livekit.DataPacket.Kind;

type Held = { messages: Uint8Array[]; bytes: number };

export type DataRouterHost = {
  participants(): Iterable<Participant>;
  nowMs(): number;
};

/**
 * Data packets of one room: sets who they are from, finds who they are for, and keeps reliable
 * ones for participants whose channel is still opening (spec-signalling 9).
 */
export class DataRouter {
  readonly #host: DataRouterHost;
  readonly #nonces: string[] = [];
  readonly #held = new Map<Participant, Held>();
  readonly #cache: { atMs: number; message: Uint8Array; to: (other: Participant) => boolean }[] =
    [];
  #cacheBytes = 0;
  /** Consumes answers to calls of the API; returns true when the packet was for it. */
  interceptRpc: (sender: Participant, packet: livekit.DataPacket) => boolean = () => false;

  constructor(host: DataRouterHost) {
    this.#host = host;
  }

  /** A message that a client sent on one of its channels. */
  received(sender: Participant, label: string, bytes: Uint8Array): void {
    if (sender.isClosed || !sender.grant.canPublishData) return;
    if (label === "_data_track") return;
    if (label !== "_reliable" && label !== "_lossy") {
      this.#forward(sender, new livekit.DataPacket({ user: { payload: bytes } }), RELIABLE);
      return;
    }
    let packet: livekit.DataPacket;
    try {
      packet = livekit.DataPacket.decode(bytes);
    } catch {
      return;
    }
    if (label === "_reliable" && !sender.sequences.accept(packet.sequence)) return;
    this.#forward(sender, packet, label === "_reliable" ? RELIABLE : LOSSY);
  }

  #forward(sender: Participant, packet: livekit.DataPacket, kind: livekit.DataPacket.Kind): void {
    if (!this.#stamp(sender, packet)) return;
    packet.kind = kind;
    this.deliver(packet, sender);
  }

  /** Puts the true sender into the packet; false: this sender may not send it. */
  #stamp(sender: Participant, packet: livekit.DataPacket): boolean {
    const claimed = packet.participantIdentity;
    const own = sender.isHidden ? "" : sender.identity;
    const speaksForAnother = sender.isAgent && claimed !== "" && claimed !== sender.identity;
    packet.participantSid = sender.isHidden ? "" : sender.sid;
    packet.participantIdentity = own;
    switch (packet.value) {
      case "user": {
        const user = packet.user!;
        user.participantSid = packet.participantSid;
        user.participantIdentity = own;
        const named =
          packet.destinationIdentities.length > 0
            ? packet.destinationIdentities
            : (user.destinationIdentities ?? []);
        packet.destinationIdentities = named;
        user.destinationIdentities = named;
        break;
      }
      case "transcription":
        return sender.isAgent;
      case "metrics":
        return false;
      case "chatMessage":
        if (speaksForAnother) {
          packet.participantIdentity = claimed;
          packet.chatMessage!.generated = true;
        }
        break;
      case "streamHeader":
        if (speaksForAnother && packet.streamHeader!.textHeader) {
          packet.participantIdentity = claimed;
          packet.streamHeader!.textHeader.generated = true;
        }
        break;
      case "rpcAck":
      case "rpcResponse":
        return !this.interceptRpc(sender, packet);
      default:
        break;
    }
    return true;
  }

  /**
   * Sends a packet to whom it names, or to everyone but its sender.
   *
   * @param sender undefined: the server itself
   */
  deliver(packet: livekit.DataPacket, sender: Participant | undefined): void {
    if (this.#isRepeat(packet.user?.nonce)) return;
    const identities = packet.destinationIdentities;
    const sids = packet.user?.destinationSids ?? [];
    const isForAll = identities.length === 0 && sids.length === 0;
    const isFor = (other: Participant) =>
      other !== sender &&
      !other.isClosed &&
      (isForAll || identities.includes(other.identity) || sids.includes(other.sid));
    const message = livekit.DataPacket.encode(packet).finish();
    const isReliable = packet.kind === RELIABLE;
    if (isReliable && packet.sequence > 0) this.#remember(message, isFor);
    const ready = new Map<Participant["transports"]["primary"]["thread"], number[]>();
    const label = isReliable ? "_reliable" : "_lossy";
    for (const other of this.#host.participants()) {
      if (!isFor(other)) continue;
      if (other.transports.isDataReady(label)) {
        const { thread, peerId } = other.transports.primary;
        const peerIds = ready.get(thread);
        if (peerIds === undefined) ready.set(thread, [peerId]);
        else peerIds.push(peerId);
      } else if (isReliable && packet.sequence === 0) this.#hold(other, message);
    }
    for (const [thread, peerIds] of ready) {
      thread.post({ kind: "send-data", peerIds, label, bytes: message });
    }
  }

  #isRepeat(nonce: Uint8Array | null | undefined): boolean {
    if (nonce?.length !== NONCE_BYTES) return false;
    const key = nonce.toHex();
    if (this.#nonces.includes(key)) return true;
    this.#nonces.push(key);
    if (this.#nonces.length > NONCES_MAX) this.#nonces.shift();
    return false;
  }

  #remember(message: Uint8Array, to: (other: Participant) => boolean): void {
    const nowMs = this.#host.nowMs();
    this.#cache.push({ atMs: nowMs, message, to });
    this.#cacheBytes += message.length;
    while (
      this.#cache.length > 0 &&
      (this.#cacheBytes > CACHE_BYTES_MAX || this.#cache[0]!.atMs < nowMs - CACHE_MS)
    ) {
      this.#cacheBytes -= this.#cache.shift()!.message.length;
    }
  }

  #hold(participant: Participant, message: Uint8Array): void {
    const held = this.#held.get(participant) ?? { messages: [], bytes: 0 };
    if (held.bytes + message.length > HELD_BYTES_MAX) return;
    held.messages.push(message);
    held.bytes += message.length;
    this.#held.set(participant, held);
  }

  /** A participant's reliable channel opened: what came for it since it joined goes out now. */
  ready(participant: Participant): void {
    const { primary } = participant.transports;
    const sinceMs = this.#host.nowMs() - CACHE_MS;
    for (const { atMs, message, to } of this.#cache) {
      if (atMs < sinceMs || atMs < participant.joinedAtMonotonicMs || !to(participant)) continue;
      primary.sendData("_reliable", message);
    }
    for (const message of this.#held.get(participant)?.messages ?? []) {
      primary.sendData("_reliable", message);
    }
    this.#held.delete(participant);
  }

  forget(participant: Participant): void {
    this.#held.delete(participant);
  }
}
