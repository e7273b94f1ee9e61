import { Codec } from "../../wire/rtp/codec.ts";

/**
 * Payloads that we make ourselves (spec-media 4.9): silence when an audio track is muted, so that
 * players fade out instead of hanging on their last sound; a black picture when a video track
 * ends, so that it does not stand still on its last one.
 */

const OPUS_SILENCE_BYTES = 80;
const G711_FRAME_BYTES = 160;
const PCMU_SILENCE = 0xff;
const PCMA_SILENCE = 0xd5;
/** RFC 2198 §3: header of a primary block alone, payload type 111. */
const RED_PRIMARY_HEAD = 0x6f;

/** RFC 6716 §3.1: one CELT frame of 20 ms, stereo, which decodes to silence. */
function opusSilence(): Uint8Array {
  const payload = new Uint8Array(OPUS_SILENCE_BYTES);
  payload.set([0xf8, 0xff, 0xfe]);
  return payload;
}

function redSilence(): Uint8Array {
  const payload = new Uint8Array(OPUS_SILENCE_BYTES + 1);
  payload[0] = RED_PRIMARY_HEAD;
  payload.set(opusSilence(), 1);
  return payload;
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** A key frame of 16x16 black pixels as libvpx encodes it. */
const VP8_BLACK: Uint8Array = bytesOf(
  "1002009d012a1000100000070885858899848801241000606b00feffab5080",
);

/**
 * A STAP-A (RFC 6184 §5.7.1) with SPS, PPS and an IDR slice: 16x16 pixels, constrained baseline, one
 * macroblock predicted from nothing whose only coefficient takes mid grey down to black.
 */
const H264_BLACK: Uint8Array = stapA("6742c01fda79", "68ce019620", "6588849314001c");

function stapA(...units: readonly string[]): Uint8Array {
  const payload: number[] = [0x78];
  for (const unit of units) {
    const bytes = bytesOf(unit);
    payload.push(bytes.length >> 8, bytes.length & 0xff, ...bytes);
  }
  return Uint8Array.from(payload);
}

const NO_PAYLOAD: Uint8Array = new Uint8Array(0);

const PAYLOADS: { readonly [codec: number]: Uint8Array } = {
  [Codec.Opus]: opusSilence(),
  [Codec.Red]: redSilence(),
  [Codec.Pcmu]: new Uint8Array(G711_FRAME_BYTES).fill(PCMU_SILENCE),
  [Codec.Pcma]: new Uint8Array(G711_FRAME_BYTES).fill(PCMA_SILENCE),
  [Codec.Vp8]: VP8_BLACK,
  [Codec.H264]: H264_BLACK,
};

/** Silence or black; empty for codecs that we cannot make a frame of. Not to be written to. */
export function ownPayloadOf(codec: number): Uint8Array {
  return PAYLOADS[codec] ?? NO_PAYLOAD;
}
