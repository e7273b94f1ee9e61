import { DropReason } from "../../src/base/drop-reason.ts";
import { randomUint32 } from "../../src/crypto/random-uint32.ts";
import { livekit } from "../../src/gen/livekit.js";
import type { DtlsFactory } from "../../src/transport/dtls/dtls-session.ts";
import { RtcpCursor } from "../../src/wire/rtcp/rtcp-cursor.ts";
import { PayloadFormat, RtcpType } from "../../src/wire/rtcp/rtcp-types.ts";
import type { RtpView } from "../../src/wire/rtp/rtp-view.ts";
import type { ApiKey } from "./access-token.ts";
import { AudioSource } from "./audio-source.ts";
import { CLIENT_CHANNELS, ClientData } from "./client-data.ts";
import {
  type OfferedTrack,
  parseDescription,
  publisherOffer,
  remoteTransportOf,
  subscriberAnswer,
} from "./client-descriptions.ts";
import type { LatencyHistogram } from "./latency-histogram.ts";
import { type ArrivalSums, ReceivedStreams } from "./received-streams.ts";
import { RtcPeer } from "./rtc-peer.ts";
import type { TransportCounter } from "./rtp-stream.ts";
import { SignalConnection } from "./signal-connection.ts";
import { SIMULCAST_LAYERS, VideoSource } from "./video-source.ts";

const CONNECT_LIMIT_MS = 20_000;

export type LoadServer = ApiKey & {
  readonly url: string;
  /** Where the clients' own sockets are, 127.0.0.1 unless told. */
  readonly clientAddress?: string;
};

export type Published = {
  readonly audio: boolean;
  readonly video: "none" | "single" | "simulcast";
};

type Source = AudioSource | VideoSource;

/** What a client begins with; the connection to publish on comes when it publishes. */
type ClientPeers = {
  readonly subscriber: RtcPeer;
  readonly subscriberUp: PromiseWithResolvers<void>;
  readonly dtls: DtlsFactory;
  readonly address: string;
  readonly data: ClientData;
};

/** A deadline for what only the network can bring. */
function limited<T>(promise: Promise<T>, what: string): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error(`${what}: nothing within ${CONNECT_LIMIT_MS} ms`)),
    CONNECT_LIMIT_MS,
  );
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** One participant without codecs: joins, answers every offer, counts, and publishes if told to. */
export class LoadClient {
  readonly identity: string;
  readonly received: ReceivedStreams;
  readonly data: ClientData;
  #signal: SignalConnection;
  readonly #reconnect: () => SignalConnection;
  /** Credentials of the server's last offer: others are an ICE restart. */
  #offeredUfrag = "";
  /** The server has yet to restart the connection that it offers. */
  #awaitsRestart = false;
  #tracks: readonly OfferedTrack[] = [];
  #offers = 0;
  readonly #subscriber: RtcPeer;
  readonly #peers: ClientPeers;
  readonly #published = new Map<string, () => void>();
  readonly #cursor: RtcpCursor = new RtcpCursor();
  #publisher: RtcPeer | undefined;
  #publisherAnswered: (() => void) | undefined;
  #sources: Source[] = [];
  #answers = 0;
  /** Why the client is of no more use. */
  failure: string | undefined;

  static async join(
    server: LoadServer,
    token: string,
    identity: string,
    dtls: DtlsFactory,
    latency: LatencyHistogram,
    autoSubscribe: boolean,
  ): Promise<LoadClient> {
    const reconnect = (): SignalConnection =>
      new SignalConnection(server.url, token, autoSubscribe, true);
    const signal = new SignalConnection(server.url, token, autoSubscribe);
    const { subscriberPrimary } = await signal.joined();
    const received: { value: ReceivedStreams | undefined } = { value: undefined };
    const up = Promise.withResolvers<void>();
    const data = new ClientData();
    const address = server.clientAddress ?? "127.0.0.1";
    const events = {
      onConnected: () => up.resolve(),
      onRtp: (view: RtpView, nowMs: number) => received.value?.receiveRtp(view, nowMs),
      onRtcp: (bytes: Uint8Array, length: number, nowMs: number) =>
        received.value?.receiveRtcp(bytes, length, nowMs),
      onFailed: (reason: string) => up.reject(new Error(reason)),
      channels: data.subscriberEvents,
    };
    const subscriber = await RtcPeer.open(dtls, events, { address, opens: [] });
    received.value = new ReceivedStreams(subscriber, latency);
    if (!subscriberPrimary) up.resolve(); // it comes up with the first track, if ever
    const peers = { subscriber, subscriberUp: up, dtls, address, data };
    return new LoadClient(identity, signal, reconnect, received.value, peers);
  }

  constructor(
    identity: string,
    signal: SignalConnection,
    reconnect: () => SignalConnection,
    received: ReceivedStreams,
    peers: ClientPeers,
  ) {
    this.identity = identity;
    this.#signal = signal;
    this.#reconnect = reconnect;
    this.#subscriber = peers.subscriber;
    this.#peers = peers;
    this.received = received;
    this.data = peers.data;
    this.#startSignal();
  }

  #startSignal(): void {
    this.#signal.onClosed = (reason) => {
      this.failure = reason;
    };
    this.#signal.start((message) => this.#handleSignal(message));
  }

  /** The signal connection breaks off without a word; media goes on. */
  breakSignal(): void {
    this.#signal.break();
  }

  /** Comes back with a new signal connection and restarts ICE, as clients do after a break. */
  async resume(): Promise<void> {
    this.#signal = this.#reconnect();
    this.#awaitsRestart = true;
    await this.#signal.resumed();
    this.#startSignal();
    if (this.#publisher === undefined) return;
    this.#publisher.restartIce();
    await this.#offer(this.#publisher);
  }

  /** Both connections were restarted after a resume, and checks have come through since. */
  get isIceSettled(): boolean {
    if (this.#awaitsRestart) return false;
    return this.#subscriber.isIceSettled && this.#publisher?.isIceSettled !== false;
  }

  get srtpProfile(): string {
    return this.#subscriber.srtpProfile;
  }

  get sentPackets(): number {
    return this.#sources.reduce((sum, source) => sum + source.packets, 0);
  }

  /** Until the connection that brings media is up. */
  connected(): Promise<void> {
    return limited(this.#peers.subscriberUp.promise, `Connection of ${this.identity}`);
  }

  /** Announces the tracks, offers them, and begins to send; without any, the connection comes up. */
  async publish(published: Published): Promise<void> {
    const tracks: OfferedTrack[] = [];
    if (published.audio) tracks.push(newTrack("audio", String(tracks.length), []));
    if (published.video !== "none") {
      const rids = published.video === "simulcast" ? SIMULCAST_LAYERS.map(({ rid }) => rid) : [];
      tracks.push(newTrack("video", String(tracks.length), rids));
    }
    await Promise.all(tracks.map((track) => limited(this.#announce(track), "Publishing")));
    const up = Promise.withResolvers<void>();
    const { dtls, address } = this.#peers;
    const events = {
      onConnected: () => up.resolve(),
      onRtp() {},
      onRtcp: (bytes: Uint8Array, length: number) => this.#handleFeedback(bytes, length),
      onFailed: (reason: string) => up.reject(new Error(reason)),
      channels: this.data.publisherEvents,
    };
    const publisher = await RtcPeer.open(dtls, events, { address, opens: CLIENT_CHANNELS });
    this.#publisher = publisher;
    this.data.setPublisher(publisher);
    this.#tracks = tracks;
    await this.#offer(publisher);
    await limited(up.promise, `Publishing connection of ${this.identity}`);
    this.#sources = this.#createSources(publisher, tracks);
  }

  async #offer(publisher: RtcPeer): Promise<void> {
    const answered = Promise.withResolvers<void>();
    this.#publisherAnswered = answered.resolve;
    this.#offers += 1;
    const id = this.#offers;
    const sdp = publisherOffer(publisher, this.#tracks, id);
    this.#signal.send({ offer: { type: "offer", sdp, id } });
    await limited(answered.promise, "Answer to the publisher's offer");
  }

  #createSources(peer: RtcPeer, tracks: readonly OfferedTrack[]): Source[] {
    const counter: TransportCounter = { next: 1 };
    const nowMs = performance.now();
    return tracks.map((track) => {
      if (track.kind === "audio")
        return new AudioSource(peer, nowMs, track.mid, track.ssrc, counter);
      const top = SIMULCAST_LAYERS.at(-1)!;
      const encodings =
        track.rids.length === 0
          ? [{ ...top, rid: "", ssrc: track.ssrc }]
          : SIMULCAST_LAYERS.map((layer, index) => ({ ...layer, ssrc: track.ssrc + index }));
      return new VideoSource(peer, nowMs, track.mid, encodings, counter);
    });
  }

  /** To be called every millisecond or two: sends what is due. */
  sendMedia(nowMs: number): void {
    for (const source of this.#sources) source.handleTimeout(nowMs);
  }

  /** To be called every few tens of milliseconds: checks, keep-alives, reports. */
  handleTimeout(nowMs: number): void {
    this.#subscriber.handleTimeout(nowMs);
    this.#publisher?.handleTimeout(nowMs);
    if (this.#subscriber.isConnected) this.received.handleTimeout(nowMs);
  }

  sums(): ArrivalSums {
    return this.received.sums();
  }

  close(): void {
    this.#sources = [];
    this.#signal.close();
    this.#subscriber.close();
    this.#publisher?.close();
  }

  #announce(track: OfferedTrack): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#published.set(track.cid, resolve);
    const isVideo = track.kind === "video";
    const layers = track.rids.length === 0 ? SIMULCAST_LAYERS.slice(-1) : SIMULCAST_LAYERS;
    this.#signal.send({
      addTrack: {
        cid: track.cid,
        name: track.kind,
        type: isVideo ? livekit.TrackType.VIDEO : livekit.TrackType.AUDIO,
        source: isVideo ? livekit.TrackSource.CAMERA : livekit.TrackSource.MICROPHONE,
        disableRed: true,
        ...(isVideo
          ? {
              width: 1280,
              height: 720,
              layers: layers.map(({ width, height, bitrateBps }, index) => ({
                quality: layers.length === 1 ? livekit.VideoQuality.HIGH : index,
                width,
                height,
                bitrate: bitrateBps,
              })),
            }
          : {}),
      },
    });
    return promise;
  }

  #handleSignal(message: livekit.SignalResponse): void {
    const nowMs = performance.now();
    if (message.offer) this.#answerOffer(message.offer.sdp ?? "", message.offer.id ?? 0, nowMs);
    if (message.answer) this.#takeAnswer(message.answer.sdp ?? "", nowMs);
    if (message.trickle) this.#takeCandidate(message.trickle, nowMs);
    const cid = message.trackPublished?.cid;
    if (cid) this.#published.get(cid)?.();
    if (message.leave) this.failure = `The server sent it away: ${message.leave.reason}`;
  }

  #answerOffer(sdp: string, id: number, nowMs: number): void {
    const offer = parseDescription(sdp);
    const { transport, candidates } = remoteTransportOf(offer, false);
    this.received.wantsRemb = offer.sections.some((section) =>
      section.codecs.some(({ feedback }) => feedback.includes("goog-remb")),
    );
    if (this.#offeredUfrag !== "" && this.#offeredUfrag !== transport.ufrag) {
      this.#subscriber.restartIce();
      this.#awaitsRestart = false;
    }
    this.#offeredUfrag = transport.ufrag;
    this.#answers += 1;
    const answer = subscriberAnswer(this.#subscriber, offer, this.#answers);
    this.#signal.send({ answer: { type: "answer", sdp: answer, id } });
    this.#subscriber.setRemote(nowMs, transport);
    for (const candidate of candidates) this.#subscriber.addCandidate(nowMs, candidate);
  }

  #takeAnswer(sdp: string, nowMs: number): void {
    const { transport, candidates } = remoteTransportOf(parseDescription(sdp), true);
    this.#publisher?.setRemote(nowMs, transport);
    for (const candidate of candidates) this.#publisher?.addCandidate(nowMs, candidate);
    this.#publisherAnswered?.();
  }

  #takeCandidate({ candidateInit, target }: livekit.ITrickleRequest, nowMs: number): void {
    const { candidate } = JSON.parse(candidateInit ?? "{}") as { candidate?: string };
    if (!candidate) return;
    const peer = target === livekit.SignalTarget.SUBSCRIBER ? this.#subscriber : this.#publisher;
    peer?.addCandidate(nowMs, candidate.replace(/^candidate:/, ""));
  }

  /** Of what the server reports on our streams only the wish for a key frame matters. */
  #handleFeedback(bytes: Uint8Array, length: number): void {
    const cursor = this.#cursor;
    if (cursor.start(bytes, 0, length) !== DropReason.None) return;
    for (let type = cursor.next(); type !== RtcpType.End; type = cursor.next()) {
      if (type !== RtcpType.PayloadFeedback) continue;
      if (cursor.count === PayloadFormat.Pli) this.#requestKeyFrame(cursor.mediaSsrc);
      if (cursor.count !== PayloadFormat.Fir) continue;
      for (let i = 0; i < cursor.firCount(); i++) this.#requestKeyFrame(cursor.firSsrc(i));
    }
  }

  #requestKeyFrame(ssrc: number): void {
    for (const source of this.#sources) source.handleKeyFrameRequest(ssrc);
  }
}

function newTrack(kind: "audio" | "video", mid: string, rids: readonly string[]): OfferedTrack {
  // Room for the encodings' numbers behind it.
  const ssrc = (randomUint32() & 0xffff_fff0) >>> 0 || 16;
  return { kind, mid, cid: crypto.randomUUID(), rids, ssrc };
}
