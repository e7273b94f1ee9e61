import { ViewCopier } from "../../base/view-copier.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { FrameDependency } from "../dependency/frame-dependency.ts";

const NO_BYTES: Uint8Array = new Uint8Array(0);

/**
 * One media packet on its way from a publisher's receive stream to the down tracks. Few objects are
 * filled again and again, by `ReceiveStream.push` and by the look-up for a retransmission; whoever
 * keeps something of one copies numbers. What every subscriber needs of the payload is parsed once,
 * here.
 */
export class MediaPacket {
  /** The receive ring's memory; the packet is in it as it came, header extensions included. */
  bytes: Uint8Array = NO_BYTES;
  /** Offset of the RTP payload in `bytes`, and its length without padding. */
  payloadOffset = 0;
  payloadBytes = 0;
  /** For the payload, which is copied for one subscriber after the other. */
  readonly payloadCopier: ViewCopier = new ViewCopier();

  codec: Codec = Codec.Opus;
  payloadType = 0;
  marker = false;
  ssrc = 0;
  /** Unwrapped, and without the publisher's padding-only packets (spec-media 2.3). */
  extSn = 0;
  /** Unwrapped timestamp in the publisher's clock. */
  extTs = 0;
  /** Monotonic ms of the arrival; of the original packet for a retransmitted one. */
  arrivalMs = 0;
  /** Older than one already passed on. */
  isOutOfOrder = false;

  /** Simulcast stream or SVC layer of this packet, 0..2. */
  spatialLayer = 0;
  /** 0..3; 0 where the codec does not tell. */
  temporalLayer = 0;
  /** The packet begins a key frame (spec-media 3.1). */
  isKeyFrame = false;
  /** The packet begins a frame, where the codec tells; else true. */
  isFrameStart = true;
  /** A subscriber may go up to this temporal layer here (VP8 Y bit, VP9 U bit). */
  isSwitchingPoint = false;

  /** VP8 payload descriptor (RFC 7741 §4.2), VP9's picture id likewise; -1 where absent. */
  pictureId = -1;
  /** The picture id is 15 bits wide (M bit). */
  pictureIdIsLong = false;
  tl0PicIdx = -1;
  keyIdx = -1;
  /** Length of the payload descriptor that a munger may rewrite; 0 where it is left alone. */
  descriptorBytes = 0;

  /** VP9 (RFC 9628 §4.2): begins and ends a layer frame, uses a lower layer or an earlier frame. */
  isLayerFrameStart = false;
  isLayerFrameEnd = false;
  isInterPicturePredicted = false;

  /** Dependency descriptor as it came, in `bytes`; length 0 when absent. */
  dependencyOffset = 0;
  dependencyBytes = 0;
  /** What it says; not for packets that are read once more. */
  readonly dependency: FrameDependency = new FrameDependency();
  /** abs-capture-time as it came, in `bytes`; length 0 when absent. */
  captureTimeOffset = 0;
  captureTimeBytes = 0;
}
