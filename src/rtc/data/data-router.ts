import type { MediaThread } from "../../bridge/media-thread.ts";
import { livekit } from "../../gen/livekit.js";
import type { Participant } from "../participant/participant.ts";
import { markGenerated, userPayload, writeEnvelope } from "./data-envelope.ts";

/** How many nonces of API messages a room remembers, to deliver each once. */
const NONCES_MAX = 100;
const NONCE_BYTES = 16;
/** Reliable messages for one participant whose channel is not open yet, bytes in total. */
const HELD_BYTES_MAX = 100_000;
/** Numbered messages of the room kept for those who are joining (spec-signalling 9.4). */
const CACHE_MS = 10_000;
const CACHE_BYTES_MAX = 100_000;

const { RELIABLE, LOSSY } = livekit.DataPacket.Kind;

type Route = {
  /** undefined: the server itself. */
  readonly sender: Participant | undefined;
  readonly kind: livekit.DataPacket.Kind;
  readonly sequence: number;
  readonly identities: readonly string[];
  readonly sids: readonly string[];
};

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
      const user = new livekit.UserPacket({ payload: bytes });
      const wrapped = livekit.DataPacket.encode(new livekit.DataPacket({ user })).finish();
      this.#forward(sender, wrapped, RELIABLE);
      return;
    }
    this.#forward(sender, bytes, label === "_reliable" ? RELIABLE : LOSSY);
  }

  #forward(sender: Participant, bytes: Uint8Array, kind: livekit.DataPacket.Kind): void {
    let packet: livekit.DataPacket;
    try {
      packet = livekit.DataPacket.decode(bytes);
    } catch {
      return;
    }
    if (kind === RELIABLE && !sender.sequences.accept(packet.sequence)) return;
    if (!this.#isAllowed(sender, packet)) return;
    if (packet.streamHeader != null) countStream(sender, packet, packet.streamHeader);
    const claimed = packet.participantIdentity;
    const speaksForAnother = sender.isAgent && claimed !== "" && claimed !== sender.identity;
    const named = packet.destinationIdentities;
    const destinationIdentities =
      named.length > 0 ? named : (packet.user?.destinationIdentities ?? []);
    const generated = speaksForAnother ? generatedFor(packet, bytes) : undefined;
    const own = sender.isHidden ? "" : sender.identity;
    const message = writeEnvelope(generated ?? bytes, {
      kind,
      senderSid: sender.sid,
      senderIdentity: generated === undefined ? own : claimed,
      userSid: sender.isHidden ? "" : sender.sid,
      destinationIdentities,
    });
    if (message === undefined || this.#isRepeat(packet.user?.nonce)) return;
    this.#send(message, {
      sender,
      kind,
      sequence: packet.sequence,
      identities: destinationIdentities,
      sids: packet.user?.destinationSids ?? [],
    });
  }

  #isAllowed(sender: Participant, packet: livekit.DataPacket): boolean {
    switch (packet.value) {
      case "transcription":
        return sender.isAgent;
      case "metrics":
        return false;
      case "rpcAck":
      case "rpcResponse":
        return !this.interceptRpc(sender, packet);
      default:
        return true;
    }
  }

  /** Sends a packet of the server's own to whom it names, or to everyone. */
  deliver(packet: livekit.DataPacket): void {
    if (this.#isRepeat(packet.user?.nonce)) return;
    this.#send(livekit.DataPacket.encode(packet).finish(), {
      sender: undefined,
      kind: packet.kind,
      sequence: packet.sequence,
      identities: packet.destinationIdentities,
      sids: packet.user?.destinationSids ?? [],
    });
  }

  #send(message: Uint8Array, route: Route): void {
    const { sender } = route;
    const identities = new Set(route.identities);
    const sids = new Set(route.sids);
    const isForAll = identities.size === 0 && sids.size === 0;
    const isFor = (other: Participant) =>
      other !== sender &&
      !other.isClosed &&
      (isForAll || identities.has(other.identity) || sids.has(other.sid));
    const isReliable = route.kind === RELIABLE;
    if (isReliable && route.sequence > 0) this.#remember(message, isFor);
    const label = isReliable ? "_reliable" : "_lossy";
    const ready = new Map<MediaThread, number[]>();
    for (const other of this.#host.participants()) {
      if (!isFor(other)) continue;
      if (other.connection.isOneShot) {
        sendRaw(other, message);
        continue;
      }
      if (other.transports.isDataReady(label)) {
        const { thread, peerId } = other.transports.primary;
        const peerIds = ready.get(thread);
        if (peerIds === undefined) ready.set(thread, [peerId]);
        else peerIds.push(peerId);
      } else if (isReliable && route.sequence === 0) this.#hold(other, message);
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

/** One-shot clients know no packets: they get what is in those of users, and no others. */
function sendRaw({ transports }: Participant, message: Uint8Array): void {
  const { rawLabel } = transports;
  if (rawLabel === undefined) return;
  const payload = userPayload(message);
  if (payload !== undefined) transports.primary.sendData(rawLabel, payload);
}

/** The packet of an agent that speaks for the identity it named; undefined when it may not with this. */
function generatedFor(packet: livekit.DataPacket, bytes: Uint8Array): Uint8Array | undefined {
  const isText = packet.value === "chatMessage" || packet.streamHeader?.textHeader;
  return isText ? markGenerated(bytes) : undefined;
}

function countStream(
  { services }: Participant,
  { destinationIdentities }: livekit.DataPacket,
  { textHeader, byteHeader, mimeType, totalLength }: livekit.DataStream.IHeader,
): void {
  const type = textHeader != null ? "text" : byteHeader != null ? "bytes" : "unknown";
  const bytes = totalLength == null ? undefined : Number(totalLength);
  services.metrics.dataStream(type, mimeType ?? "", destinationIdentities.length, bytes);
}
