/**
 * Our SCTP against werift's over a path that loses, doubles and reorders packets: whatever is sent
 * arrives once, in order where order was asked for. werift's timers are real ones, so many pairs
 * run at a time. More: `SCTP_SEEDS=500 bun test ./test/fuzz/sctp-werift.fuzz.ts`; one of them:
 * `SCTP_SEED=17 SCTP_SEEDS=1`.
 */
import { expect, test } from "bun:test";
import { RTCSctpTransport } from "werift";
import { SctpAssociation } from "../../src/transport/sctp/sctp-association.ts";
import { createMessage, describe, hashOf } from "../support/channel-messages.ts";
import { seededRandom } from "../support/sctp-link.ts";

const SEEDS = Number(process.env["SCTP_SEEDS"] ?? 40);
const FIRST_SEED = Number(process.env["SCTP_SEED"] ?? 1);
const AT_A_TIME = 40;
/** Only a failure takes so long. */
const GIVE_UP_MS = 60_000;
const TICK_MS = 5;
const STREAMS = 4;
/** What is sent on the streams from here on is unordered. */
const UNORDERED_FROM = 2;
/**
 * werift leaves a message that came behind a gap lying until more comes on its stream: after one
 * message it goes on only with the very next TSN. A message with this PPID pushes it on.
 */
const NUDGE = 99;
const NUDGE_MS = 200;
const SIZES = [1, 2, 100, 1143, 1175, 1176, 1191, 1200, 5000, 30_000, 65_535];
const BINARY = 53;

type Sent = { readonly streamId: number; readonly size: number };
type Heard = { readonly streamId: number; readonly key: string };

function pick(random: () => number): Sent[] {
  return Array.from({ length: 5 + (random() % 25) }, () => ({
    streamId: random() % STREAMS,
    size: SIZES[random() % SIZES.length]!,
  }));
}

function judge(sent: readonly Sent[], heard: readonly Heard[]): void {
  for (let streamId = 0; streamId < STREAMS; streamId++) {
    const expected = sent.flatMap((one, index) =>
      one.streamId === streamId ? [describe(index, one.size).join()] : [],
    );
    const got = heard.flatMap((one) => (one.streamId === streamId ? [one.key] : []));
    if (streamId < UNORDERED_FROM) expect(got).toEqual(expected);
    else expect(got.sort()).toEqual(expected.sort());
  }
}

function isUnordered(streamId: number): boolean {
  return streamId >= UNORDERED_FROM;
}

async function exchange(seed: number): Promise<void> {
  const random = seededRandom(seed);
  const loss = (random() % 80) / 1000;
  const duplication = (random() % 80) / 1000;
  const jitterMs = random() % 20;
  const isWeriftClient = random() % 2 === 0;
  const weAlsoConnect = !isWeriftClient || random() % 2 === 0;

  let isOver = false;
  const impair = (bytes: Uint8Array, deliver: (packet: Uint8Array) => void): void => {
    if (random() / 2 ** 32 < loss) return;
    const copies = random() / 2 ** 32 < duplication ? 2 : 1;
    for (let i = 0; i < copies; i++) {
      const packet = new Uint8Array(bytes);
      const delayMs = jitterMs === 0 ? 0 : random() % jitterMs;
      setTimeout(() => {
        if (!isOver) deliver(packet);
      }, delayMs);
    }
  };

  const ours = new SctpAssociation({ random });
  const ourHeard: Heard[] = [];
  const theirHeard: Heard[] = [];
  const out = new Uint8Array(ours.packetBytesMax);
  const drain = (): void => {
    for (let event = ours.pollEvent(); event; event = ours.pollEvent()) {
      if (event.kind !== "message") continue;
      const key = [event.bytes.length, hashOf(event.bytes)].join();
      ourHeard.push({ streamId: event.streamId, key });
    }
    for (let length = ours.pollTransmit(performance.now(), out); length > 0; ) {
      impair(out.subarray(0, length), (packet) => dtls.dataReceiver(Buffer.from(packet)));
      length = ours.pollTransmit(performance.now(), out);
    }
  };
  const dtls = {
    id: "fuzz",
    iceTransport: { role: isWeriftClient ? "controlling" : "controlled" },
    onStateChange: { subscribe: () => ({ unSubscribe: () => {} }) },
    dataReceiver: (_bytes: Buffer) => {},
    sendData: async (bytes: Buffer) => {
      impair(bytes, (packet) => {
        ours.handlePacket(performance.now(), packet);
        drain();
      });
    },
  };
  const theirs = new RTCSctpTransport(5000);
  // Only what the SCTP transport uses of DTLS is there.
  theirs.setDtlsTransport(dtls as unknown as Parameters<typeof theirs.setDtlsTransport>[0]);
  theirs.sctp.onReceive.subscribe((streamId, ppid, bytes) => {
    if (ppid === NUDGE) return;
    theirHeard.push({ streamId, key: [bytes.length, hashOf(bytes)].join() });
  });
  const timer = setInterval(() => {
    if (performance.now() >= ours.pollTimeout()) ours.handleTimeout(performance.now());
    drain();
  }, TICK_MS);

  try {
    const start = theirs.start(5000);
    if (weAlsoConnect) ours.connect(performance.now());
    const fromUs = pick(random);
    const fromThem = pick(random);
    const isThrough = () =>
      ourHeard.length >= fromThem.length && theirHeard.length >= fromUs.length;
    const giveUpMs = performance.now() + GIVE_UP_MS;
    const until = async (isDone: () => boolean): Promise<void> => {
      while (!isDone() && performance.now() < giveUpMs) await Bun.sleep(TICK_MS);
    };
    for (const [index, { streamId, size }] of fromUs.entries()) {
      const bytes = createMessage(index, size);
      expect(ours.send(performance.now(), streamId, BINARY, bytes, isUnordered(streamId))).toBe(
        "sent",
      );
    }
    await until(() => ours.isConnected && theirs.sctp.state === "connected");
    for (const [index, { streamId, size }] of fromThem.entries()) {
      const bytes = Buffer.from(createMessage(index, size));
      void theirs.sctp.send(streamId, BINARY, bytes, { ordered: !isUnordered(streamId) });
    }
    while (!isThrough() && performance.now() < giveUpMs) {
      const nextMs = performance.now() + NUDGE_MS;
      await until(() => isThrough() || performance.now() >= nextMs);
      if (ours.bufferedBytes > 0) continue;
      for (let streamId = 0; streamId < STREAMS; streamId++) {
        const bytes = Uint8Array.of(0);
        ours.send(performance.now(), streamId, NUDGE, bytes, isUnordered(streamId));
      }
    }
    await Bun.sleep(2 * jitterMs); // what is on the way must not be a second copy
    judge(fromUs, theirHeard);
    judge(fromThem, ourHeard);
    await start;
  } finally {
    isOver = true;
    clearInterval(timer);
    await theirs.stop();
  }
}

test(
  "Whatever we and werift send each other on a bad path arrives once and in order",
  async () => {
    for (let first = FIRST_SEED; first < FIRST_SEED + SEEDS; first += AT_A_TIME) {
      const count = Math.min(AT_A_TIME, FIRST_SEED + SEEDS - first);
      const runs = Array.from({ length: count }, (_, i) =>
        exchange(first + i).catch((error: Error) => {
          error.message = `seed ${first + i}: ${error.message}`;
          throw error;
        }),
      );
      for (const outcome of await Promise.allSettled(runs)) {
        if (outcome.status === "rejected") throw outcome.reason;
      }
    }
  },
  60_000 + (SEEDS / AT_A_TIME) * 2 * GIVE_UP_MS,
);
