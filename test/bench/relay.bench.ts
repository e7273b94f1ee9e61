import { createRingMemory } from "../../src/base/shared-ring.ts";
import { ThreadLink } from "../../src/media/relay/thread-link.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import { RtpView, readRtp } from "../../src/wire/rtp/rtp-view.ts";
import { measureAllocations, measured } from "../support/measure-allocations.ts";
import { vp8Payload } from "../support/payloads.ts";
import { rtpBytes } from "../support/rtp-packet.ts";
import { SimEngine } from "../support/sim-engine.ts";

/**
 * What a packet costs that is relayed to another media thread, on both threads together: into the ring,
 * out of it, and through the replica up to its down tracks, of which there are none. Run with
 * `bun test/bench/relay.bench.ts`.
 */

const PACKETS = 1_000_000;
const WARM_UP = 200_000;
const RECEIVER = 1;
const SSRC = 4_000_000_001;
const BATCH = 16;
const PACKETS_PER_FRAME = 8;

type Case = { readonly name: string; readonly payload: Uint8Array; readonly isVideo: boolean };

const filling = new Uint8Array(1_100).fill(7);
const CASES: readonly Case[] = [
  { name: "Opus, 120 bytes", payload: filling.slice(0, 120), isVideo: false },
  {
    name: "VP8, 1120 bytes",
    payload: Uint8Array.from([...vp8Payload({ pictureId: 300, isStart: false }), ...filling]),
    isVideo: true,
  },
];

function pair(): { readonly media: SharedArrayBuffer; readonly data: SharedArrayBuffer } {
  return { media: createRingMemory(2 * 1024 * 1024), data: createRingMemory(1024 * 1024) };
}

function run({ name, payload, isVideo }: Case): void {
  const [there, here] = [pair(), pair()];
  const counters = { relayPacketsOut: 0, relayPacketsIn: 0, relayDropped: 0 };
  const connect = { kind: "connect-thread", doorbell: -1 } as const;
  const link = new ThreadLink(
    { ...connect, thread: 1, outgoing: there, incoming: here },
    { ring() {} },
    counters,
  );
  const far = new SimEngine();
  far.port.flush = () => {}; // it would make an array each time
  far.command({ ...connect, thread: 0, outgoing: here, incoming: there });
  far.command({
    kind: "add-replica",
    thread: 0,
    extensions: far.sendExtensions,
    receiver: {
      receiverId: RECEIVER,
      peerId: 1,
      mid: "0",
      media: isVideo ? "video" : "audio",
      codecs: [
        {
          codec: isVideo ? Codec.Vp8 : Codec.Opus,
          payloadType: 96,
          rtxPayloadType: 0,
          fmtp: "",
          hasNack: isVideo,
          hasPli: isVideo,
        },
      ],
      encodings: [{ spatialLayer: 0, rid: "", ssrc: SSRC, rtxSsrc: 0 }],
      isScreenShare: false,
      observeAudioLevel: false,
      isMuted: false,
    },
  });
  const bytes = rtpBytes({ payloadType: 96, sn: 0, ts: 0, ssrc: SSRC, payload });
  const view = new RtpView();
  let sn = 0;
  const advance = (count: number): number => {
    for (let i = 0; i < count; i++, sn++) {
      const ts = Math.floor(isVideo ? sn / PACKETS_PER_FRAME : sn) * (isVideo ? 3_000 : 960);
      bytes[4] = ts >>> 24;
      bytes[5] = ts >>> 16;
      bytes[6] = ts >>> 8;
      bytes[7] = ts;
      readRtp(bytes, bytes.length, view);
      link.writeMedia(RECEIVER, 0, view, sn);
      if (sn % BATCH !== BATCH - 1) continue;
      link.flush();
      far.nowMs += isVideo ? 66 : 320;
      far.node.flush();
    }
    return counters.relayPacketsOut - counters.relayDropped;
  };
  advance(WARM_UP);
  measured(name, PACKETS, () => advance(PACKETS));
}

measureAllocations(import.meta.path, CASES, PACKETS, run);
