import { DropReason } from "../../src/base/drop-reason.ts";
import { IceChecker } from "../../src/loadtest/ice-checker.ts";
import { classify, DatagramKind } from "../../src/media/demux.ts";
import { DataChannels } from "../../src/transport/datachannel/data-channels.ts";
import type { SrtpKeys } from "../../src/transport/dtls/dtls-session.ts";
import { SrtpReceiver } from "../../src/transport/srtp/srtp-receiver.ts";
import { RtcpCursor } from "../../src/wire/rtcp/rtcp-cursor.ts";
import { RtcpType } from "../../src/wire/rtcp/rtcp-types.ts";
import { RtpView, readRtp } from "../../src/wire/rtp/rtp-view.ts";
import { createAead } from "./aeads.ts";
import { type RtpFields, rtpBytes } from "./rtp-packet.ts";
import { seededRandom } from "./sctp-link.ts";
import { createTestKeys, RecklessSender, swapSides } from "./srtp.ts";

export const SIM_KEYS: SrtpKeys = createTestKeys("AEAD_AES_128_GCM");

/** Any address will do: the engine is the only one on the link. */
const SERVER = { address: "127.0.0.1", port: 9 };
const SEAL_BYTES = 32;
const HANDSHAKE = 22;
const APPLICATION_DATA = 23;

export type ReceivedRtp = {
  readonly atMs: number;
  readonly ssrc: number;
  readonly sn: number;
  readonly ts: number;
  readonly payloadType: number;
  readonly marker: boolean;
  readonly payload: Uint8Array;
  readonly hasExtensions: boolean;
};

/** One packet of a compound. */
export type ReceivedRtcp = {
  readonly atMs: number;
  readonly type: number;
  readonly count: number;
  readonly senderSsrc: number;
  readonly mediaSsrc: number;
  /** By the cursor's reading of a sender report. */
  readonly packetCount: number;
  readonly ntpSeconds: number;
  readonly body: Uint8Array;
};

/** A client made of our own cores, without any negotiation: one path, ICE, SRTP, data channels. */
export class SimClient {
  readonly peerId: number;
  readonly ice: IceChecker = new IceChecker();
  readonly channels: DataChannels;
  readonly messages: { readonly channelId: number; readonly text: string }[] = [];
  readonly openLabels: string[] = [];
  /** By label, the newest. */
  readonly channelIds: Map<string, number> = new Map<string, number>();
  /** Sees each message as it came, and decides whether `messages` keeps it. */
  onMessage: (bytes: Uint8Array, channelId: number) => boolean = () => true;
  path: number;
  /** Nothing is sent while false. */
  isAlive = true;
  /** Sees all that is sent. */
  tap: (bytes: Uint8Array) => void = () => {};
  /** Answers to connectivity checks so far. */
  stunAnswers = 0;
  readonly #send: (bytes: Uint8Array, path: number) => void;
  readonly #sender: RecklessSender = new RecklessSender(swapSides(SIM_KEYS));
  readonly #receiver: SrtpReceiver = new SrtpReceiver(swapSides(SIM_KEYS), createAead);
  readonly #out: Uint8Array = new Uint8Array(2048);
  #rtp: ReceivedRtp[] = [];
  #rtcp: ReceivedRtcp[] = [];

  constructor(peerId: number, send: (bytes: Uint8Array, path: number) => void) {
    this.peerId = peerId;
    this.path = peerId;
    this.#send = send;
    this.channels = new DataChannels({
      dtlsRole: "client",
      random: seededRandom(peerId),
      zeroChecksum: true,
    });
  }

  setRemote(ufrag: string, pwd: string): void {
    this.ice.addCandidate("1 1 udp 1 127.0.0.1 9 typ host");
    this.ice.setRemote(ufrag, pwd, true);
  }

  sendHandshake(): void {
    this.send(Uint8Array.of(HANDSHAKE, 0));
  }

  send(bytes: Uint8Array): void {
    if (!this.isAlive) return;
    this.tap(bytes);
    this.#send(bytes, this.path);
  }

  sendRtp(fields: RtpFields): void {
    this.sendSealed(rtpBytes(fields), false);
  }

  /** @param write as the RTCP writers: fills from offset 0 on, and returns the end */
  sendRtcp(write: (out: Uint8Array) => number): void {
    const out = new Uint8Array(1500);
    this.sendSealed(out.subarray(0, write(out)), true);
  }

  /** Protects whatever it is given, again and again. What SRTP has no place for is not sent. */
  sendSealed(plain: Uint8Array, isRtcp: boolean): void {
    const sealed = new Uint8Array(plain.length + SEAL_BYTES);
    sealed.set(plain);
    const length = isRtcp
      ? this.#sender.protectRtcp(sealed, 0, plain.length)
      : this.#sender.protectRtp(sealed, 0, plain.length);
    if (length > 0) this.send(sealed.subarray(0, length));
  }

  /** Queues a message on the channel of this label. @returns whether there is room for it */
  sendData(nowMs: number, label: string, bytes: Uint8Array): boolean {
    const id = this.channelIds.get(label);
    return id !== undefined && this.channels.send(nowMs, id, bytes, false) === "sent";
  }

  /** Brings the data channels' packets out. */
  pumpData(nowMs: number): void {
    for (;;) {
      const length = this.channels.pollTransmit(nowMs, this.#out);
      if (length === 0) return;
      this.send(Uint8Array.of(APPLICATION_DATA, ...this.#out.subarray(0, length)));
    }
  }

  handleTimeout(nowMs: number): void {
    if (!this.isAlive) return;
    this.ice.handleTimeout(nowMs, (bytes) => this.send(bytes));
    if (nowMs >= this.channels.pollTimeout()) this.channels.handleTimeout(nowMs);
    this.pumpData(nowMs);
  }

  /** One datagram of the engine. One that does not open is an error of the test's. */
  receive(nowMs: number, bytes: Uint8Array): void {
    switch (classify(bytes)) {
      case DatagramKind.Stun:
        this.stunAnswers += 1;
        this.ice.handleMessage(bytes, SERVER, (answer) => this.send(answer));
        break;
      case DatagramKind.Dtls:
        if (bytes[0] === APPLICATION_DATA) this.#receiveData(nowMs, bytes.slice(1));
        break;
      case DatagramKind.Rtp:
        this.#receiveRtp(nowMs, bytes);
        break;
      case DatagramKind.Rtcp:
        this.#receiveRtcp(nowMs, bytes);
        break;
      default:
        throw new Error(`The engine sent what is no packet: ${bytes.toHex()}`);
    }
  }

  #receiveRtp(nowMs: number, bytes: Uint8Array): void {
    const length = this.#receiver.unprotectRtp(bytes, bytes.length);
    const view = new RtpView();
    if (length < 0 || readRtp(bytes, length, view) !== DropReason.None) {
      throw new Error(`Cannot open an RTP packet of the engine: ${length}`);
    }
    const { ssrc, sn, ts, payloadType, marker, payloadOffset, payloadBytes } = view;
    const payload = bytes.slice(payloadOffset, payloadOffset + payloadBytes);
    const hasExtensions = view.extensionBytes > 0;
    this.#rtp.push({ atMs: nowMs, ssrc, sn, ts, payloadType, marker, payload, hasExtensions });
  }

  #receiveRtcp(nowMs: number, bytes: Uint8Array): void {
    const length = this.#receiver.unprotectRtcp(bytes, bytes.length);
    const cursor = new RtcpCursor();
    if (length < 0 || cursor.start(bytes, 0, length) !== DropReason.None) {
      throw new Error(`Cannot open an RTCP packet of the engine: ${length}`);
    }
    for (let type = cursor.next(); type !== RtcpType.End; type = cursor.next()) {
      const { count, senderSsrc, mediaSsrc, packetCount, bodyOffset, bodyBytes } = cursor;
      const { ntpSeconds } = cursor;
      const body = bytes.slice(bodyOffset, bodyOffset + bodyBytes);
      const sums = { packetCount, ntpSeconds };
      this.#rtcp.push({ atMs: nowMs, type, count, senderSsrc, mediaSsrc, ...sums, body });
    }
  }

  #receiveData(nowMs: number, bytes: Uint8Array): void {
    this.channels.handlePacket(nowMs, bytes);
    for (let event = this.channels.pollEvent(); event; event = this.channels.pollEvent()) {
      if (event.kind === "open") {
        this.openLabels.push(event.label);
        this.channelIds.set(event.label, event.channelId);
      }
      if (event.kind !== "message" || !this.onMessage(event.bytes, event.channelId)) continue;
      this.messages.push({
        channelId: event.channelId,
        text: new TextDecoder().decode(event.bytes),
      });
    }
    this.pumpData(nowMs);
  }

  /** RTP of one stream since the last call for it. */
  takeRtp(ssrc: number): ReceivedRtp[] {
    const taken = this.#rtp.filter((packet) => packet.ssrc === ssrc);
    this.#rtp = this.#rtp.filter((packet) => packet.ssrc !== ssrc);
    return taken;
  }

  /** RTCP packets of one type since the last call for it. */
  takeRtcp(type: number): ReceivedRtcp[] {
    const taken = this.#rtcp.filter((packet) => packet.type === type);
    this.#rtcp = this.#rtcp.filter((packet) => packet.type !== type);
    return taken;
  }
}
