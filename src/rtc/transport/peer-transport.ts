import { randomLetters } from "../../base/ids.ts";
import type {
  CreatePeer,
  DataChannelLabel,
  DataChannelSpec,
  ReceiverSpec,
} from "../../bridge/commands.ts";
import type { MediaCandidate, MediaThread } from "../../bridge/media-thread.ts";
import type { ExtensionIds } from "../../wire/rtp/extension-ids.ts";
import type { MediaRouter, PeerListener } from "../media/media-router.ts";
import type { LocalTransport } from "../negotiation/negotiation-types.ts";

/** RFC 8445 §5.3 asks for 4 and 22 characters at least; ufrags must also be unique here. */
const UFRAG_LENGTH = 16;
const PWD_LENGTH = 32;

export type IceCredentials = { readonly ufrag: string; readonly pwd: string };
export type RemoteParameters = IceCredentials & { readonly fingerprint: string };

/** What the client allows and takes. */
export type PeerTransportOptions = Pick<
  CreatePeer,
  "allowPause" | "hasZeroChecksum" | "reportsLoss"
>;

export interface PeerTransportListener {
  /** The client has what it needs to connect, for the first time in this ICE generation. */
  onChecking(): void;
  /** First valid check of an ICE generation, or a path of another protocol. */
  onIceConnected(protocol: "udp" | "tcp"): void;
  onConnected(): void;
  onFailed(detail: string, canResume: boolean): void;
  /** Its media thread ended. */
  onThreadLost(): void;
  /** Of what the client is sent, where that was asked for. 0..255; 0 for an unknown round trip. */
  onLoss(fractionLost: number, rttMs: number): void;
  onDataChannelOpen(label: DataChannelLabel): void;
  /** One of our channels, or all, ended, and something was to be sent on it. */
  onDataChannelFailed(): void;
}

/** One peer connection of a client as the control thread knows it. Owner of the peer on the thread. */
export class PeerTransport implements PeerListener {
  readonly peerId: number;
  readonly thread: MediaThread;
  readonly #router: MediaRouter;
  readonly #listener: PeerTransportListener;
  #credentials: IceCredentials;
  #hasRemote = false;
  /** Of the client, in the ICE generation that is being checked. */
  #checkedUfrag = "";
  #isIceConnected = false;
  #isConnected = false;
  #isClosed = false;
  #hasDataChannels = false;
  #preferredProtocol: "udp" | "tcp" | undefined;

  constructor(
    router: MediaRouter,
    thread: MediaThread,
    listener: PeerTransportListener,
    options: PeerTransportOptions = {},
  ) {
    this.peerId = router.newId();
    this.thread = thread;
    this.#router = router;
    this.#listener = listener;
    this.#credentials = newCredentials();
    router.addPeer(this.peerId, this);
    thread.post({
      kind: "create-peer",
      peerId: this.peerId,
      localUfrag: this.#credentials.ufrag,
      localPwd: this.#credentials.pwd,
      ...options,
    });
  }

  /** Local candidates the client may be told: of the preferred protocol, if one is preferred. */
  get candidates(): readonly MediaCandidate[] {
    const { candidates } = this.thread;
    if (this.#preferredProtocol === undefined) return candidates;
    return candidates.filter(({ protocol }) => protocol === this.#preferredProtocol);
  }

  /** Takes effect with the next ICE restart. Ignored when the thread has no such candidate. */
  preferProtocol(protocol: "udp" | "tcp" | undefined): void {
    const isOffered = this.thread.candidates.some((candidate) => candidate.protocol === protocol);
    this.#preferredProtocol = isOffered ? protocol : undefined;
  }

  get credentials(): IceCredentials {
    return this.#credentials;
  }

  /** A client description was applied: the transport has been started. */
  get hasRemote(): boolean {
    return this.#hasRemote;
  }

  /** True once a valid check came, and from then on. */
  get isIceConnected(): boolean {
    return this.#isIceConnected;
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  setRemote(remote: RemoteParameters): void {
    this.#hasRemote = true;
    this.thread.post({ kind: "set-remote", peerId: this.peerId, ...remote });
    if (remote.ufrag === this.#checkedUfrag) return;
    this.#checkedUfrag = remote.ufrag;
    this.#listener.onChecking();
  }

  restartIce(): IceCredentials {
    this.#credentials = newCredentials();
    this.#checkedUfrag = "";
    this.thread.post({
      kind: "restart-ice",
      peerId: this.peerId,
      localUfrag: this.#credentials.ufrag,
      localPwd: this.#credentials.pwd,
    });
    return this.#credentials;
  }

  setExtensions(receive: ExtensionIds, send: ExtensionIds): void {
    this.thread.post({ kind: "set-extensions", peerId: this.peerId, receive, send });
  }

  /** Starts SCTP once; later calls, from later descriptions, change nothing. */
  startDataChannels(remoteMessageBytesMax: number, channels: readonly DataChannelSpec[]): void {
    if (this.#hasDataChannels) return;
    this.#hasDataChannels = true;
    this.thread.post({
      kind: "start-data-channels",
      peerId: this.peerId,
      remoteMessageBytesMax,
      channels,
    });
  }

  addReceiver(receiver: Omit<ReceiverSpec, "peerId">): void {
    this.thread.post({ kind: "add-receiver", receiver: { ...receiver, peerId: this.peerId } });
  }

  overrideEstimate(bitrateBps: number): void {
    this.thread.post({ kind: "override-estimate", peerId: this.peerId, bitrateBps });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#router.removePeer(this.peerId);
    this.thread.post({ kind: "close-peer", peerId: this.peerId });
  }

  onIceConnected(protocol: "udp" | "tcp"): void {
    this.#isIceConnected = true;
    this.#listener.onIceConnected(protocol);
  }

  onConnected(): void {
    this.#isConnected = true;
    this.#listener.onConnected();
  }

  onFailed(detail: string, canResume: boolean): void {
    this.#listener.onFailed(detail, canResume);
  }

  onThreadLost(): void {
    this.#listener.onThreadLost();
  }

  onLoss(fractionLost: number, rttMs: number): void {
    this.#listener.onLoss(fractionLost, rttMs);
  }

  onDataChannelOpen(label: DataChannelLabel): void {
    this.#listener.onDataChannelOpen(label);
  }

  onDataChannelFailed(): void {
    this.#listener.onDataChannelFailed();
  }
}

function newCredentials(): IceCredentials {
  return { ufrag: randomLetters(UFRAG_LENGTH), pwd: randomLetters(PWD_LENGTH) };
}

/** Our side of the connection for its descriptions. Candidates go by trickle, and into the SDP too. */
export function localTransport(peer: PeerTransport): LocalTransport {
  return {
    ...peer.credentials,
    fingerprint: peer.thread.fingerprint,
    candidates: peer.candidates,
  };
}
