import type { ExtensionIds } from "../../wire/rtp/extension-ids.ts";
import { findExtension, type RtpView } from "../../wire/rtp/rtp-view.ts";
import type { Receiver } from "./receiver.ts";

/** Unknown SSRCs that are looked at at a time; the one unknown for longest makes room. */
export const PROBES_MAX = 25;
/** Packets of each that are looked at; then it is ignored. */
export const PROBE_PACKETS_MAX = 10;
/** A stream identifier is at most this long (RFC 8852 §3; ours are single letters). */
const ID_BYTES_MAX = 32;

/** Which stream an SSRC belongs to. */
export type StreamRoute = {
  readonly receiver: Receiver;
  readonly spatialLayer: number;
  readonly isRtx: boolean;
};

/**
 * Finds out which track an undeclared SSRC belongs to (spec-media 2.4): by the mid, rid and
 * repaired-rid that its first packets carry (RFC 8852, RFC 9143 §9.2), or where the peer has no
 * such extensions, by its only section or its payload type.
 */
export class SsrcProbe {
  /** Packets seen, by SSRC, in the order of first appearance. */
  readonly #seen: Map<number, number> = new Map();

  /**
   * @param receivers of the peer
   * @returns undefined while, or for good when, it cannot be told
   */
  find(view: RtpView, ids: ExtensionIds, receivers: readonly Receiver[]): StreamRoute | undefined {
    const seen = (this.#seen.get(view.ssrc) ?? 0) + 1;
    if (seen > PROBE_PACKETS_MAX) return undefined;
    if (seen === 1 && this.#seen.size >= PROBES_MAX) this.#forgetOldest();
    // Padding tells nothing that the media would not; it is not counted.
    if (view.payloadBytes > 0 || seen === 1) this.#seen.set(view.ssrc, seen);
    const route = routeOf(view, ids, receivers);
    if (route !== undefined) this.#seen.delete(view.ssrc);
    return route;
  }

  /** The sections have changed: what was unknown may be known now. */
  reset(): void {
    this.#seen.clear();
  }

  #forgetOldest(): void {
    for (const ssrc of this.#seen.keys()) {
      this.#seen.delete(ssrc);
      return;
    }
  }
}

function routeOf(
  view: RtpView,
  ids: ExtensionIds,
  receivers: readonly Receiver[],
): StreamRoute | undefined {
  const mid = readId(view, ids.mid);
  const repairedRid = readId(view, ids.repairedRid);
  const rid = repairedRid === "" ? readId(view, ids.rid) : repairedRid;
  const candidates = mid === "" ? receivers : receivers.filter((r) => r.mid === mid);
  if (rid !== "") return routeByRid(candidates, rid, repairedRid !== "", view.payloadType);
  if (mid !== "") {
    const receiver = candidates[0];
    return receiver === undefined ? undefined : routeOfOnlyStream(receiver, view.payloadType);
  }
  if (receivers.length === 1) return routeOfOnlyStream(receivers[0]!, view.payloadType);
  // Where a mid is negotiated, one will come; without, the payload type is all there is.
  if (ids.mid !== 0) return undefined;
  const byType = receivers
    .map((receiver) => routeOfOnlyStream(receiver, view.payloadType))
    .filter((route) => route !== undefined);
  return byType.length === 1 ? byType[0] : undefined;
}

function routeByRid(
  receivers: readonly Receiver[],
  rid: string,
  isRepaired: boolean,
  payloadType: number,
): StreamRoute | undefined {
  const found: StreamRoute[] = [];
  for (const receiver of receivers) {
    const encoding = receiver.encodings.find((e) => e.rid === rid);
    if (encoding !== undefined) {
      const isRtx = isRepaired || receiver.codecs.findRtx(payloadType) !== undefined;
      found.push({ receiver, spatialLayer: encoding.spatialLayer, isRtx });
    } else {
      // A publisher with one encoding may put a rid in that its section does not declare.
      const route = receivers.length === 1 ? routeOfOnlyStream(receiver, payloadType) : undefined;
      if (route !== undefined) found.push(route);
    }
  }
  return found.length === 1 ? found[0] : undefined;
}

/** A section with one encoding: the payload type tells media from retransmissions. */
function routeOfOnlyStream(receiver: Receiver, payloadType: number): StreamRoute | undefined {
  const encoding = receiver.encodings[0];
  if (encoding === undefined || receiver.encodings.length !== 1) return undefined;
  const isMedia = receiver.codecs.find(payloadType) !== undefined;
  if (!isMedia && receiver.codecs.findRtx(payloadType) === undefined) return undefined;
  return { receiver, spatialLayer: encoding.spatialLayer, isRtx: !isMedia };
}

/** ASCII of an identifier extension; "" when absent. */
function readId(view: RtpView, id: number): string {
  const offset = findExtension(view, id);
  if (offset === 0 || view.elementBytes > ID_BYTES_MAX) return "";
  let text = "";
  for (let i = 0; i < view.elementBytes; i++) {
    const byte = view.bytes[offset + i]!;
    // Chrome fills an identifier up with zeros.
    if (byte !== 0) text += String.fromCharCode(byte);
  }
  return text;
}
