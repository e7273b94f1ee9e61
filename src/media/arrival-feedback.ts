import { ReceiveSideEstimator } from "../sfu/bwe/receive-side-estimator.ts";
import type { IncomingStreams } from "../sfu/receiver/incoming-streams.ts";
import { TWCC_FEEDBACK_BYTES, TwccRecorder } from "../sfu/rtcp/twcc-recorder.ts";
import { u16, u24 } from "../wire/bytes.ts";
import { writeRemb } from "../wire/rtcp/rtcp-writer.ts";
import { type ExtensionIds, NO_EXTENSIONS } from "../wire/rtp/extension-ids.ts";
import { findExtension, type RtpView } from "../wire/rtp/rtp-view.ts";

/** Room that `pollFeedback` needs, bytes. */
export const ARRIVAL_FEEDBACK_BYTES: number = TWCC_FEEDBACK_BYTES;

const TRANSPORT_SN_BYTES = 2;
const SEND_TIME_BYTES = 3;
/** A REMB names so many streams; clients take the estimate for all of them anyway. */
const REMB_SSRCS_MAX = 32;

/**
 * What a publisher is told of when its packets arrive, for its congestion control: every arrival,
 * where transport-wide numbers were negotiated, else an estimate of ours (REMB) where send times were.
 */
export class ArrivalFeedback {
  readonly #ssrc: number;
  readonly #incoming: IncomingStreams;
  readonly #twcc: TwccRecorder;
  #estimator: ReceiveSideEstimator | undefined;
  #ids: ExtensionIds = NO_EXTENSIONS;

  /** @param ssrc random, fixed for the peer: the sender of our reports */
  constructor(ssrc: number, incoming: IncomingStreams) {
    this.#ssrc = ssrc;
    this.#incoming = incoming;
    this.#twcc = new TwccRecorder(ssrc);
  }

  setExtensions(ids: ExtensionIds): void {
    this.#ids = ids;
    const isEstimated = ids.transportSequence === 0 && ids.absSendTime !== 0;
    if (!isEstimated) this.#estimator = undefined;
    else this.#estimator ??= new ReceiveSideEstimator();
  }

  /** Any packet of the publisher's, repeated ones, padding and probes included. */
  record(nowMs: number, view: RtpView): void {
    const { bytes } = view;
    if (this.#estimator !== undefined) {
      const at = findExtension(view, this.#ids.absSendTime);
      if (at === 0 || view.elementBytes < SEND_TIME_BYTES) return;
      this.#estimator.record(nowMs, u24(bytes, at), view.length);
      return;
    }
    const at = findExtension(view, this.#ids.transportSequence);
    if (at === 0 || view.elementBytes < TRANSPORT_SN_BYTES) return;
    this.#twcc.record(nowMs, u16(bytes, at), view.ssrc, view.marker);
  }

  /**
   * Writes one RTCP packet if one is due; call again until it answers 0.
   *
   * @param out has ARRIVAL_FEEDBACK_BYTES
   * @returns length in bytes
   */
  pollFeedback(nowMs: number, out: Uint8Array): number {
    if (this.#estimator === undefined) return this.#twcc.pollFeedback(nowMs, out);
    const estimateBps = this.#estimator.takeReport(nowMs);
    if (estimateBps === 0) return 0;
    return writeRemb(out, 0, this.#ssrc, this.#ssrcs(), estimateBps);
  }

  /** When `pollFeedback` next has something, monotonic ms, maybe past; Infinity: none by itself. */
  pollTimeout(): number {
    return this.#estimator?.pollTimeout() ?? this.#twcc.pollTimeout();
  }

  #ssrcs(): number[] {
    const ssrcs = this.#incoming.receivers.flatMap(({ streams }) =>
      streams.flatMap((stream) => stream?.ssrc ?? []),
    );
    return ssrcs.slice(0, REMB_SSRCS_MAX);
  }
}
