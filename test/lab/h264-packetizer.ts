import { putU16 } from "../../src/wire/bytes.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import { h264Sps } from "../support/payloads.ts";
import type { EncodedFrame } from "./encoder.ts";
import { cutFrame, type Packetizer, type Payload } from "./packetizer.ts";

const STAP_A = 0x78;
const FU_A = 0x7c;
const IDR = 5;
const SLICE = 1;
const SEI = 0x06;
const NRI = 0x60;
const PPS = [0x68, 0xce, 0x01, 0x96, 0x20];
const START = 0x80;
const END = 0x40;

/**
 * RFC 6184 in packetization mode 1, as libwebrtc sends it: parameter sets in an aggregate, then the
 * slice, in fragments where it is long.
 */
export class H264Packetizer implements Packetizer {
  readonly codec: Codec = Codec.H264;

  packetize(frame: EncodedFrame, track: number): Payload[] {
    if (!frame.isKeyFrame) {
      return cutFrame(frame, track, (index, count) => sliceHead(SLICE, index, count), true);
    }
    const sps = h264Sps(frame.width, frame.height);
    const sets = [STAP_A, 0, sps.length, ...sps, 0, PPS.length, ...PPS];
    // at least two packets: the aggregate and a slice
    const whole = { ...frame, bytes: Math.max(frame.bytes, 2_400) };
    const payloads = cutFrame(
      whole,
      track,
      (index, count) => (index === 0 ? [...sets, 0, 0, SEI] : sliceHead(IDR, index - 1, count - 1)),
      true,
    );
    // the last unit of the aggregate goes on to the end of its payload
    const { bytes } = payloads[0]!;
    putU16(bytes, sets.length, bytes.length - sets.length - 2);
    return payloads;
  }
}

function sliceHead(type: number, index: number, count: number): number[] {
  if (count === 1) return [NRI | type];
  return [FU_A, (index === 0 ? START : 0) | (index === count - 1 ? END : 0) | type];
}
