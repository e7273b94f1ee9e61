import { DropReason } from "../../src/base/drop-reason.ts";
import type { DownTrackExtras, MediaCommand, ReceiverSpec } from "../../src/bridge/commands.ts";
import type { DataMemberSpec } from "../../src/bridge/data-commands.ts";
import type { MediaEvent } from "../../src/bridge/events.ts";
import type { MediaThreadOptions } from "../../src/bridge/media-thread.ts";
import type { Aead } from "../../src/crypto/aead.ts";
import { hmacSha1 } from "../../src/crypto/hmac-sha1.ts";
import { MediaNode } from "../../src/media/media-node.ts";
import type { Doorbell } from "../../src/media/relay/doorbell.ts";
import type { PeerTransportOptions } from "../../src/rtc/transport/peer-transport.ts";
import type { DtlsFactory, DtlsOptions } from "../../src/transport/dtls/dtls-session.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import { type ExtensionIds, NO_EXTENSIONS } from "../../src/wire/rtp/extension-ids.ts";
import { createAead } from "./aeads.ts";
import { RecordingLog } from "./recording-log.ts";
import { seededRandom } from "./sctp-link.ts";
import { SIM_KEYS, SimClient } from "./sim-client.ts";
import { SimPort } from "./sim-port.ts";

export const MID_ID = 1;
export const RID_ID = 2;
export const TRANSPORT_SEQUENCE_ID = 3;
export const EXTENSIONS: ExtensionIds = {
  ...NO_EXTENSIONS,
  mid: MID_ID,
  rid: RID_ID,
  transportSequence: TRANSPORT_SEQUENCE_ID,
};
export const VIDEO_TYPE = 96;
export const VIDEO_RTX_TYPE = 97;
export const AUDIO_TYPE = 111;
/** First byte of what the fake session takes for its handshake, and of application data. */
export const HANDSHAKE = 22;
export const APPLICATION_DATA = 23;

const STEP_MS = 5;

/**
 * DTLS without its cryptography: the first handshake datagram connects, with keys that everybody
 * knows; application data goes in the clear behind its type.
 */
function fakeDtls(): DtlsFactory {
  return {
    localFingerprint: "AA",
    create({ events }: DtlsOptions) {
      let isConnected = false;
      return {
        handleDatagram(_nowMs, bytes): DropReason {
          if (bytes[0] === HANDSHAKE && !isConnected) {
            isConnected = true;
            events.onTransmit(Uint8Array.of(HANDSHAKE, 0));
            events.onConnected(SIM_KEYS);
          } else if (bytes[0] === APPLICATION_DATA && isConnected) {
            events.onApplicationData(bytes.slice(1));
          }
          return DropReason.None;
        },
        sealApplicationData(bytes, length, out, offset): number {
          out[offset] = APPLICATION_DATA;
          out.set(bytes.subarray(0, length), offset + 1);
          return length + 1;
        },
        pollTimeout: () => Number.POSITIVE_INFINITY,
        handleTimeout() {},
        close() {},
      };
    },
  };
}

/** One media thread's engine between clients in memory, on a clock of its own. */
export class SimEngine {
  readonly port: SimPort = new SimPort();
  readonly node: MediaNode;
  readonly clients: SimClient[] = [];
  readonly log: RecordingLog = new RecordingLog();
  nowMs = 1_000;
  /** Processor time that the engine is told it has used. */
  cpuMs = 0;
  /** The middle of a frame waits for its end, as between two batches of a socket. */
  holdsFrames = false;
  /** How often the engine wanted to be called for what is due. */
  wakeUps = 0;
  /** Keys that peers hold. */
  openAeads = 0;
  /** How often something was sealed under the nonce of something else. */
  nonceReuses = 0;
  /** Header extensions of packets to clients that are added from now on. */
  sendExtensions: ExtensionIds = NO_EXTENSIONS;
  /** Where commands go first, where there are other engines. */
  post: (command: MediaCommand) => void = (command) => this.carryOut(command);
  #isDelivering = false;
  #events: MediaEvent[] = [];

  constructor(
    dtls: DtlsFactory = fakeDtls(),
    thread: Partial<MediaThreadOptions> = {},
    createDoorbell?: (thread: number) => Doorbell,
  ) {
    this.node = new MediaNode({
      thread: {
        index: 0,
        listens: [],
        warnOfSmallBuffer: false,
        videoPacketsMax: 500,
        audioPacketsMax: 200,
        pliThrottleMs: [500, 1000, 1000],
        audio: { activeLevel: 35, minPercentile: 40, updateIntervalMs: 400, smoothIntervals: 2 },
        isAudioLossProxied: true,
        ...thread,
      },
      ports: [this.port],
      dtls,
      hmacSha1,
      createAead: (key) => this.#createAead(key),
      random: seededRandom(7),
      wallOffsetMs: 1_700_000_000_000,
      nowMs: () => this.nowMs,
      emit: (event) => this.#events.push(event),
      loadSource: { cpuMs: () => this.cpuMs, queuedBytes: () => 0 },
      log: this.log,
      ...(createDoorbell === undefined ? {} : { createDoorbell }),
    });
  }

  #createAead(key: Uint8Array): Aead {
    const aead = createAead(key);
    const sealed = new Map<string, string>();
    let isOpen = true;
    this.openAeads += 1;
    return {
      seal: (nonce, aad, bytes, offset, length) => {
        const what = `${aad.toHex()} ${bytes.subarray(offset, offset + length).toHex()}`;
        const before = sealed.get(nonce.toHex());
        if (before !== undefined && before !== what) this.nonceReuses += 1;
        sealed.set(nonce.toHex(), what);
        return aead.seal(nonce, aad, bytes, offset, length);
      },
      open: (nonce, aad, bytes, offset, length) => aead.open(nonce, aad, bytes, offset, length),
      close: () => {
        aead.close();
        if (isOpen) this.openAeads -= 1;
        isOpen = false;
      },
    };
  }

  command(command: MediaCommand): void {
    this.post(command);
  }

  carryOut(command: MediaCommand): void {
    this.node.handleCommand(this.nowMs, command);
    this.#deliver();
  }

  /** Another engine has rung. */
  turn(): void {
    this.#deliver();
  }

  /** A client that the engine knows, and that knows the engine, but nothing was sent yet. */
  addClient(peerId: number, options: PeerTransportOptions = {}): SimClient {
    const client = new SimClient(peerId, (bytes, path) => this.receive(bytes, path));
    const localUfrag = `ufrag${peerId}`;
    const localPwd = "a-password-of-the-server";
    this.command({ kind: "create-peer", peerId, localUfrag, localPwd, ...options });
    const { ufrag, pwd } = client.ice;
    this.command({ kind: "set-remote", peerId, ufrag, pwd, fingerprint: "BB" });
    const send = this.sendExtensions;
    this.command({ kind: "set-extensions", peerId, receive: EXTENSIONS, send });
    client.setRemote(localUfrag, localPwd);
    this.clients.push(client);
    return client;
  }

  /** A client whose transport is up. */
  connect(peerId: number, options: PeerTransportOptions = {}): SimClient {
    const client = this.addClient(peerId, options);
    this.advance(STEP_MS);
    client.sendHandshake();
    this.advance(STEP_MS);
    return client;
  }

  /** A datagram to the engine; what it sends in answer is delivered at once. */
  receive(bytes: Uint8Array, path: number): void {
    this.node.receive(this.nowMs, bytes, 0, path);
    this.#deliver();
  }

  /** In the order of sending, also what clients' answers make the engine send on the way. */
  #deliver(): void {
    this.#endTurn();
    if (this.#isDelivering) return;
    this.#isDelivering = true;
    try {
      for (let sent = this.port.take(); sent.length > 0; sent = this.port.take()) {
        for (const { path, bytes } of sent) this.#deliverTo(path, bytes);
        if (this.node.isBusy) this.#endTurn();
      }
    } finally {
      this.#isDelivering = false;
    }
  }

  #endTurn(): void {
    if (this.holdsFrames) this.node.flushWhole();
    else this.node.flush();
  }

  #deliverTo(path: number, bytes: Uint8Array): void {
    for (const client of this.clients) {
      if (client.path === path) client.receive(this.nowMs, bytes);
    }
  }

  /** Lets time pass; `onStep` runs every 5 ms of it. */
  advance(byMs: number, onStep: () => void = () => {}): void {
    for (const endMs = this.nowMs + byMs; this.nowMs < endMs; ) {
      this.nowMs += STEP_MS;
      onStep();
      for (const client of this.clients) client.handleTimeout(this.nowMs);
      if (this.nowMs >= this.node.pollTimeout()) {
        this.wakeUps += 1;
        this.node.handleTimeout(this.nowMs);
      }
      this.#deliver();
    }
  }

  /** Events of one kind since the last call for it. */
  events<K extends MediaEvent["kind"]>(kind: K): Extract<MediaEvent, { kind: K }>[] {
    const isOf = (event: MediaEvent): event is Extract<MediaEvent, { kind: K }> =>
      event.kind === kind;
    const taken = this.#events.filter(isOf);
    this.#events = this.#events.filter((event) => event.kind !== kind);
    return taken;
  }

  /** The client's data channels, with those that servers make, in a room for data. */
  joinData(client: SimClient, roomId: number, member: Partial<DataMemberSpec> = {}): void {
    const { peerId, channels } = client;
    this.command({
      kind: "start-data-channels",
      peerId,
      remoteMessageBytesMax: 0,
      channels: [
        { label: "_reliable", isOrdered: true },
        { label: "_lossy", isOrdered: false, maxRetransmits: 0 },
        { label: "_data_track", isOrdered: false, maxRetransmits: 0 },
      ],
    });
    this.command({
      kind: "set-data-member",
      roomId,
      member: {
        memberId: peerId,
        peerIds: [peerId],
        primaryPeerId: peerId,
        sid: `PA_${peerId}`,
        identity: `client-${peerId}`,
        canPublishData: true,
        isAgent: false,
        isHidden: false,
        isOneShot: false,
        ...member,
      },
    });
    channels.connect(this.nowMs);
  }

  publish(peerId: number, receiverId: number, media: "audio" | "video"): void {
    const isVideo = media === "video";
    const receiver: ReceiverSpec = {
      receiverId,
      peerId,
      mid: isVideo ? "v" : "a",
      media,
      codecs: [
        {
          codec: isVideo ? Codec.Vp8 : Codec.Opus,
          payloadType: isVideo ? VIDEO_TYPE : AUDIO_TYPE,
          rtxPayloadType: isVideo ? VIDEO_RTX_TYPE : 0,
          fmtp: "",
          hasNack: isVideo,
          hasPli: isVideo,
        },
      ],
      encodings: (isVideo ? ["q", "h", "f"] : [""]).map((rid, spatialLayer) => ({
        spatialLayer,
        rid,
        ssrc: 0,
        rtxSsrc: 0,
      })),
      isScreenShare: false,
      observeAudioLevel: false,
      isMuted: false,
    };
    this.command({ kind: "add-receiver", receiver });
  }

  /** The down track's media SSRC is its id times ten, its repair SSRC, if any, one more. */
  subscribe(
    peerId: number,
    receiverId: number,
    downTrackId: number,
    codec: Codec,
    hasRtx: boolean = codec === Codec.Vp8,
    extras: DownTrackExtras = {},
  ): void {
    const isVideo = codec === Codec.Vp8;
    this.command({
      kind: "add-down-track",
      downTrack: {
        downTrackId,
        peerId,
        receiverId,
        ssrc: downTrackId * 10,
        rtxSsrc: downTrackId * 10 + 1,
        codecs: [
          {
            codec,
            payloadType: isVideo ? VIDEO_TYPE : AUDIO_TYPE,
            rtxPayloadType: hasRtx ? VIDEO_RTX_TYPE : 0,
            fmtp: "",
          },
        ],
        cname: "stream",
        isScreenShare: false,
        ...extras,
        settings: {
          isDisabled: false,
          maxSpatialLayer: 2,
          maxTemporalLayer: 3,
          maxFrameRate: 0,
          priority: 1,
        },
      },
    });
  }
}
