import { DropReason } from "../base/drop-reason.ts";
import { randomUint32 } from "../crypto/random-uint32.ts";
import { livekit } from "../gen/livekit.js";
import { RtcpCursor } from "../wire/rtcp/rtcp-cursor.ts";
import { PayloadFormat, RtcpType } from "../wire/rtcp/rtcp-types.ts";
import type { RtpView } from "../wire/rtp/rtp-view.ts";
import type { ApiKey } from "./access-token.ts";
import { AudioSource } from "./audio-source.ts";
import { CLIENT_CHANNELS, ClientData } from "./client-data.ts";
import {
  type OfferedTrack,
  parseDescription,
  payloadKindsOf,
  publisherOffer,
  remoteTransportOf,
  subscriberAnswer,
} from "./client-descriptions.ts";
import type { LoadRuntime } from "./load-runtime.ts";
import { type ArrivalSums, type MediaLatencies, ReceivedStreams } from "./received-streams.ts";
import { RtcPeer } from "./rtc-peer.ts";
import type { TransportCounter } from "./rtp-stream.ts";
import { SignalConnection } from "./signal-connection.ts";
import { SIMULCAST_LAYERS, VideoSource } from "./video-source.ts";

const CONNECT_LIMIT_MS = 20_000;
/** Videos of a room that a client looks at; of more it takes what the server sends. */
const VIDEOS_MAX = 4096;

export type LoadServer = ApiKey & {
  readonly url: string;
  /** Where the clients' own sockets are, 127.0.0.1 unless told. */
  readonly clientAddress?: string;
  /** What the sockets are bound to, where that is another: 0.0.0.0 for every interface. */
  readonly bindAddress?: string;
};

export type JoinOptions = {
  readonly identity: string;
  readonly token: string;
  readonly autoSubscribe: boolean;
  readonly latencies: MediaLatencies;
  /** Received media is counted and not decrypted, which leaves delays unknown. */
  readonly isLight?: boolean | undefined;
};

export type Published = {
  readonly audio: boolean;
  readonly video: "none" | "single" | "simulcast";
  /** How many of `SIMULCAST_LAYERS`, from the lowest; all unless told. `single` is the highest of them. */
  readonly layerCount?: number;
};

/** What a subscriber asks of a video; zeros are no wish. */
export type TrackWish = {
  readonly disabled: boolean;
  readonly width: number;
  readonly height: number;
};

type Source = AudioSource | VideoSource;

/** What a client begins with; the connection to publish on comes when it publishes. */
type ClientPeers = {
  readonly subscriber: RtcPeer;
  readonly subscriberUp: PromiseWithResolvers<void>;
  readonly runtime: LoadRuntime;
  readonly addresses: { readonly address: string; readonly bindAddress: string | undefined };
  readonly data: ClientData;
};

/** A deadline for what only the network can bring. */
function limited<T>(promise: Promise<T>, what: string, why?: () => string): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error(why?.() ?? `${what}: nothing within ${CONNECT_LIMIT_MS / 1000} s`)),
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
  /** What the published video is made of. */
  #layers: typeof SIMULCAST_LAYERS = [];
  #offers = 0;
  readonly #subscriber: RtcPeer;
  readonly #peers: ClientPeers;
  readonly #published = new Map<string, () => void>();
  readonly #cursor: RtcpCursor = new RtcpCursor();
  #publisher: RtcPeer | undefined;
  #publisherAnswered: (() => void) | undefined;
  #sources: Source[] = [];
  #answers = 0;
  /** Videos of others in the order of their appearance. */
  readonly #seenVideos = new Set<string>();
  #onVideo: (sid: string, index: number) => void = () => {};
  /** Why the client is of no more use. */
  failure: string | undefined;

  /**
   * Resolves with the server's answer to joining.
   *
   * @throws why the server did not let it in, or that there is no server
   */
  static async join(
    server: LoadServer,
    runtime: LoadRuntime,
    options: JoinOptions,
  ): Promise<LoadClient> {
    const { token, identity, autoSubscribe, latencies, isLight } = options;
    const reconnect = (): SignalConnection =>
      new SignalConnection(server.url, token, autoSubscribe, true);
    const signal = new SignalConnection(server.url, token, autoSubscribe);
    const { subscriberPrimary, otherParticipants } = await signal.joined();
    const received: { value: ReceivedStreams | undefined } = { value: undefined };
    const up = Promise.withResolvers<void>();
    const data = new ClientData();
    const address = server.clientAddress ?? "127.0.0.1";
    const addresses = { address, bindAddress: server.bindAddress };
    const events = {
      onConnected: () => up.resolve(),
      onRtp: (view: RtpView, nowMs: number) => received.value?.receiveRtp(view, nowMs),
      onRtcp: (bytes: Uint8Array, length: number, nowMs: number) =>
        received.value?.receiveRtcp(bytes, length, nowMs),
      onSealedRtp: (bytes: Uint8Array, nowMs: number) =>
        received.value?.receiveSealed(bytes, nowMs),
      onFailed: (reason: string) => up.reject(new Error(reason)),
      channels: data.subscriberEvents,
    };
    const subscriber = await RtcPeer.open(runtime, events, { ...addresses, isLight, opens: [] });
    received.value = new ReceivedStreams(subscriber, latencies);
    if (!subscriberPrimary) up.resolve(); // it comes up with the first track, if ever
    up.promise.catch(() => {}); // who waits for it is told; nobody may
    const peers = { subscriber, subscriberUp: up, runtime, addresses, data };
    const client = new LoadClient(identity, signal, reconnect, received.value, peers);
    client.#noteParticipants(otherParticipants ?? []);
    return client;
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
    return limited(this.#peers.subscriberUp.promise, `Connection of ${this.identity}`, () =>
      explainSilence(this.#subscriber),
    );
  }

  /** Announces the tracks, offers them, and begins to send; without any, the connection comes up. */
  async publish(published: Published): Promise<void> {
    const tracks: OfferedTrack[] = [];
    if (published.audio) tracks.push(newTrack("audio", String(tracks.length), []));
    if (published.video !== "none") {
      const layers = SIMULCAST_LAYERS.slice(0, published.layerCount);
      this.#layers = published.video === "simulcast" ? layers : layers.slice(-1);
      const rids = this.#layers.length > 1 ? this.#layers.map(({ rid }) => rid) : [];
      tracks.push(newTrack("video", String(tracks.length), rids));
    }
    await Promise.all(tracks.map((track) => limited(this.#announce(track), "Publishing")));
    const up = Promise.withResolvers<void>();
    const { runtime, addresses } = this.#peers;
    const events = {
      onConnected: () => up.resolve(),
      onRtp() {},
      onRtcp: (bytes: Uint8Array, length: number) => this.#handleFeedback(bytes, length),
      onFailed: (reason: string) => up.reject(new Error(reason)),
      channels: this.data.publisherEvents,
    };
    const publisher = await RtcPeer.open(runtime, events, { ...addresses, opens: CLIENT_CHANNELS });
    this.#publisher = publisher;
    this.data.setPublisher(publisher);
    this.#tracks = tracks;
    await this.#offer(publisher);
    await limited(up.promise, `Publishing connection of ${this.identity}`, () =>
      explainSilence(publisher),
    );
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
      const encodings = this.#layers.map((layer, index) => ({
        ...layer,
        rid: track.rids[index] ?? "",
        ssrc: track.ssrc + index,
      }));
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

  /** Is told of videos of others, the index-th one to appear; of those that are there at once. */
  watchVideos(onVideo: (sid: string, index: number) => void): void {
    this.#onVideo = onVideo;
    for (const [index, sid] of [...this.#seenVideos].entries()) onVideo(sid, index);
  }

  /** Tells the server which size of a video it shows, or that it shows none. */
  updateTrack(sid: string, settings: TrackWish): void {
    this.#signal.send({ trackSetting: { trackSids: [sid], ...settings } });
  }

  /** Leaves the room. @returns once the server has closed the connection too, or did not in time */
  close(): Promise<void> {
    this.#sources = [];
    this.#subscriber.close();
    this.#publisher?.close();
    return this.#signal.close();
  }

  #noteParticipants(participants: readonly livekit.IParticipantInfo[]): void {
    for (const { identity, tracks } of participants) {
      if (identity === this.identity) continue;
      for (const { sid, type } of tracks ?? []) {
        if (!sid || type !== livekit.TrackType.VIDEO || this.#seenVideos.has(sid)) continue;
        if (this.#seenVideos.size === VIDEOS_MAX) return;
        this.#seenVideos.add(sid);
        this.#onVideo(sid, this.#seenVideos.size - 1);
      }
    }
  }

  #announce(track: OfferedTrack): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#published.set(track.cid, resolve);
    const isVideo = track.kind === "video";
    const layers = this.#layers;
    const { width = 0, height = 0 } = layers.at(-1) ?? {};
    this.#signal.send({
      addTrack: {
        cid: track.cid,
        name: track.kind,
        type: isVideo ? livekit.TrackType.VIDEO : livekit.TrackType.AUDIO,
        source: isVideo ? livekit.TrackSource.CAMERA : livekit.TrackSource.MICROPHONE,
        disableRed: true,
        ...(isVideo
          ? {
              width,
              height,
              layers: layers.map((layer, index) => ({
                quality: layers.length === 1 ? livekit.VideoQuality.HIGH : index,
                width: layer.width,
                height: layer.height,
                bitrate: layer.bitrateBps,
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
    if (message.update) this.#noteParticipants(message.update.participants ?? []);
    if (message.leave) this.failure ??= `The server sent it away: ${reasonName(message.leave)}`;
  }

  #answerOffer(sdp: string, id: number, nowMs: number): void {
    const offer = parseDescription(sdp);
    const { transport, candidates } = remoteTransportOf(offer, false);
    this.received.payloadKinds = payloadKindsOf(offer);
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

/** What an operator can do about a connection that does not come up. */
function explainSilence(peer: RtcPeer): string {
  if (peer.hasPath) {
    return "The encrypted connection (DTLS) did not come up, though the server answers over UDP";
  }
  if (peer.remoteCandidates.length === 0) {
    return (
      "The server offered no address for UDP over IPv4, which is all that a load test uses: " +
      "neither TCP nor TURN nor IPv6"
    );
  }
  const tried = peer.remoteCandidates.join(", ");
  return (
    `No answer over UDP from ${tried}: open the server's UDP ports to this machine, and check the ` +
    "address that it announces (rtc.node_ip, rtc.use_external_ip); a load test uses neither TCP nor TURN"
  );
}

function reasonName({ reason }: livekit.ILeaveRequest): string {
  return livekit.DisconnectReason[reason ?? 0] ?? String(reason);
}
