import { DropReason } from "../../base/drop-reason.ts";
import { type ExtensionIds, NO_EXTENSIONS } from "../../wire/rtp/extension-ids.ts";
import type { RtpView } from "../../wire/rtp/rtp-view.ts";
import type { StreamCodec } from "../buffer/codec-table.ts";
import type { Receiver } from "./receiver.ts";
import type { StreamEncoding } from "./receiver-spec.ts";
import { SsrcProbe, type StreamRoute } from "./ssrc-probe.ts";

/**
 * The receivers of one peer and the SSRCs of their streams. Each layer of a receiver has at most
 * one media and one retransmission SSRC, which bounds the table.
 */
export class IncomingStreams {
  readonly #routes: Map<number, StreamRoute> = new Map();
  readonly #receivers: Receiver[] = [];
  readonly #probe: SsrcProbe = new SsrcProbe();
  #extensions: ExtensionIds = NO_EXTENSIONS;
  #lastReceiver: Receiver | undefined;

  get receivers(): readonly Receiver[] {
    return this.#receivers;
  }

  /** Receiver that the packet handled last went to; undefined when to none. */
  get lastReceiver(): Receiver | undefined {
    return this.#lastReceiver;
  }

  /** Some media SSRC of the peer, for RTCP about it as a whole; 0 before the first packet. */
  get anySsrc(): number {
    for (const receiver of this.#receivers) {
      for (const stream of receiver.streams) if (stream !== undefined) return stream.ssrc;
    }
    return 0;
  }

  setExtensions(extensions: ExtensionIds): void {
    this.#extensions = extensions;
    this.#probe.reset();
    for (const receiver of this.#receivers) receiver.setExtensions(extensions);
  }

  addReceiver(receiver: Receiver): void {
    this.#receivers.push(receiver);
    this.#addDeclared(receiver);
    this.#probe.reset();
  }

  updateReceiver(
    receiver: Receiver,
    codecs: readonly StreamCodec[],
    encodings: readonly StreamEncoding[],
  ): void {
    receiver.update(codecs, encodings);
    for (const [ssrc, route] of this.#routes) {
      if (route.receiver !== receiver) continue;
      const stream = receiver.streams[route.spatialLayer];
      const isLearnt = encodings.some((e) => e.spatialLayer === route.spatialLayer && e.ssrc === 0);
      const isKept = route.isRtx ? isLearnt : stream?.ssrc === ssrc;
      if (!isKept) this.#routes.delete(ssrc);
    }
    this.#addDeclared(receiver);
    this.#probe.reset();
  }

  removeReceiver(receiver: Receiver): void {
    const index = this.#receivers.indexOf(receiver);
    if (index >= 0) this.#receivers.splice(index, 1);
    for (const [ssrc, route] of this.#routes) {
      if (route.receiver === receiver) this.#routes.delete(ssrc);
    }
    if (this.#lastReceiver === receiver) this.#lastReceiver = undefined;
  }

  /**
   * Takes one decrypted RTP packet of the peer to its stream. SSRC 0 is the probing of libwebrtc
   * before there is media: it counts for transport-wide feedback only.
   *
   * @returns PUSH_FORWARD, PUSH_PADDING or a DropReason
   */
  handleRtp(nowMs: number, view: RtpView): number {
    this.#lastReceiver = undefined;
    if (view.ssrc === 0) return DropReason.Unsupported;
    const route = this.#routes.get(view.ssrc) ?? this.#learn(nowMs, view);
    if (route === undefined) return DropReason.Unknown;
    const { receiver, spatialLayer } = route;
    this.#lastReceiver = receiver;
    if (route.isRtx) return receiver.handleRtx(nowMs, view, spatialLayer);
    return receiver.handleRtp(nowMs, view, spatialLayer);
  }

  /** @returns false when the SSRC is no stream of this peer */
  handleSenderReport(
    nowMs: number,
    ssrc: number,
    ntpSeconds: number,
    ntpFraction: number,
    rtpTs: number,
  ): boolean {
    const route = this.#routes.get(ssrc);
    if (route === undefined || route.isRtx) return false;
    return route.receiver.handleSenderReport(nowMs, ssrc, ntpSeconds, ntpFraction, rtpTs);
  }

  /** Round trip to the peer, for the times between NACKs. */
  setRtt(rttMs: number): void {
    for (const receiver of this.#receivers) receiver.setRtt(rttMs);
  }

  #learn(nowMs: number, view: RtpView): StreamRoute | undefined {
    const route = this.#probe.find(view, this.#extensions, this.#receivers);
    if (route === undefined) return undefined;
    const { receiver, spatialLayer, isRtx } = route;
    if (!isRtx && !receiver.canTake(nowMs, spatialLayer)) return undefined;
    for (const [ssrc, other] of this.#routes) {
      const isSame = other.receiver === receiver && other.spatialLayer === spatialLayer;
      if (isSame && other.isRtx === isRtx) this.#routes.delete(ssrc);
    }
    this.#routes.set(view.ssrc, route);
    return route;
  }

  #addDeclared(receiver: Receiver): void {
    for (const { spatialLayer, ssrc, rtxSsrc } of receiver.encodings) {
      if (ssrc !== 0) this.#routes.set(ssrc, { receiver, spatialLayer, isRtx: false });
      if (rtxSsrc !== 0) this.#routes.set(rtxSsrc, { receiver, spatialLayer, isRtx: true });
    }
  }
}
