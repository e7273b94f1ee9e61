/**
 * What it costs to protect a packet for each of 60 subscribers in turn, as a fan-out does: with warm
 * caches, after a walk over more memory than the second-level cache holds, and after a pause.
 * Nanoseconds a packet, the median of all bursts. `no AEAD` leaves libcrypto out.
 */
import type { AeadFactory } from "../../src/crypto/aead.ts";
import { SrtpSender } from "../../src/transport/srtp/srtp-sender.ts";
import { createAead } from "../support/aeads.ts";
import { createTestKeys, rtpPacket } from "../support/srtp.ts";

const SUBSCRIBERS = 60;
const STREAMS = 5;
const PAYLOAD_BYTES = 120;
const WARM_BURSTS = 4_000;
const WALKED_BURSTS = 400;
const PAUSED_BURSTS = 300;
const WALK_WORDS = 2 * 1024 * 1024;
const PAUSE_MS = 4;
const NAME_WIDTH = 44;

const plain = rtpPacket({ sn: 0, ssrc: 0, payloadBytes: PAYLOAD_BYTES, extensionWords: 1 });
const SLOT_BYTES = (plain.length + 32 + 15) & -16;
const arena = new Uint8Array(new ArrayBuffer(SUBSCRIBERS * SLOT_BYTES));
const far = new Float64Array(WALK_WORDS);
const noAead: AeadFactory = () => ({
  seal: (_nonce, _aad, _bytes, _offset, length) => length + 16,
  open: () => -1,
  close: () => {},
});

/** One subscriber's SSRCs differ from another's. */
const ssrcOf = (subscriber: number, stream: number): number =>
  Math.imul(subscriber * STREAMS + stream + 1, 0x9e37_79b1) >>> 0;

type Protector = Pick<SrtpSender, "protectRtp">;

class Burst {
  /** By stream: what protects it, subscriber by subscriber. */
  readonly #streams: readonly (readonly Protector[])[];
  readonly #isRepeatable: boolean;
  /** What lies between the senders of a live server. */
  readonly #others: object[] = [];
  #round = 0;

  constructor(aead: AeadFactory, isByStream: boolean, isRepeatable: boolean) {
    this.#isRepeatable = isRepeatable;
    const senders = Array.from({ length: SUBSCRIBERS }, (_, i) => {
      const keys = createTestKeys("AEAD_AES_128_GCM");
      keys.localKey[0] = i;
      this.#others.push(new Uint8Array(200), new Map([[i, i]]), Array.from({ length: 20 }));
      return new SrtpSender(keys, aead);
    });
    this.#streams = Array.from({ length: STREAMS }, (_, stream) =>
      senders.map((sender, i) => (isByStream ? sender.streamOf(ssrcOf(i, stream))! : sender)),
    );
  }

  /** @returns nanoseconds a packet */
  run(): number {
    const stream = this.#round % STREAMS;
    const sn = Math.floor(this.#round / STREAMS) + 1;
    this.#round += 1;
    for (let i = 0; i < SUBSCRIBERS; i++) {
      const at = i * SLOT_BYTES;
      const ssrc = ssrcOf(i, stream);
      arena.set(plain, at);
      arena[at + 2] = sn >> 8;
      arena[at + 3] = sn;
      arena[at + 8] = ssrc >>> 24;
      arena[at + 9] = ssrc >>> 16;
      arena[at + 10] = ssrc >>> 8;
      arena[at + 11] = ssrc;
    }
    const senders = this.#streams[stream]!;
    const isRepeatable = this.#isRepeatable;
    const before = Bun.nanoseconds();
    for (let i = 0; i < SUBSCRIBERS; i++) {
      const sealed = senders[i]!.protectRtp(arena, i * SLOT_BYTES, plain.length, isRepeatable);
      if (sealed < 0) throw new Error(`Packet ${sn} of stream ${stream} is refused: ${sealed}`);
    }
    return (Bun.nanoseconds() - before) / SUBSCRIBERS;
  }
}

function walk(): void {
  for (let i = 0; i < WALK_WORDS; i += 8) far[i] = far[i]! + 1;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}

for (const { name, aead, isByStream, isRepeatable } of [
  { name: "libcrypto, by SSRC", aead: createAead, isByStream: false, isRepeatable: true },
  { name: "libcrypto, by stream", aead: createAead, isByStream: true, isRepeatable: true },
  {
    name: "libcrypto, by stream, no repeats",
    aead: createAead,
    isByStream: true,
    isRepeatable: false,
  },
  { name: "no AEAD, by SSRC", aead: noAead, isByStream: false, isRepeatable: true },
  { name: "no AEAD, by stream", aead: noAead, isByStream: true, isRepeatable: true },
  { name: "no AEAD, by stream, no repeats", aead: noAead, isByStream: true, isRepeatable: false },
]) {
  const burst = new Burst(aead, isByStream, isRepeatable);
  for (let i = 0; i < WARM_BURSTS; i++) burst.run();
  const warm = Array.from({ length: WARM_BURSTS }, () => burst.run());
  const walked: number[] = [];
  for (let i = 0; i < WALKED_BURSTS; i++) {
    walk();
    walked.push(burst.run());
  }
  const paused: number[] = [];
  for (let i = 0; i < PAUSED_BURSTS; i++) {
    await Bun.sleep(PAUSE_MS);
    paused.push(burst.run());
  }
  const figures = [warm, walked, paused].map((all) => median(all).toFixed(0).padStart(6));
  const [a, b, c] = figures;
  console.log(`${name.padEnd(NAME_WIDTH)} warm ${a}  walked ${b}  paused ${c} ns a packet`);
}
