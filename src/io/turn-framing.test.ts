import { expect, test } from "bun:test";
import fc from "fast-check";
import { channelData, data, message, peer } from "../../test/support/turn-messages.ts";
import { MESSAGE_BYTES_MAX, TurnFrameReader } from "./turn-framing.ts";

type Heard = { readonly messages: string[]; broken: number };

/** Feeds the bytes in pieces of these sizes, over and over. */
function feed(bytes: Uint8Array, sizes: readonly number[]): Heard {
  const heard: Heard = { messages: [], broken: 0 };
  const reader = new TurnFrameReader();
  let turn = 0;
  for (let at = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length]!;
    reader.push(bytes.slice(at, at + size), {
      onMessage: (one) => {
        heard.messages.push(one.toHex());
        return true;
      },
      onBroken: () => {
        heard.broken += 1;
      },
    });
    at += size;
  }
  return heard;
}

function padded(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array((bytes.length + 3) & ~3);
  out.set(bytes);
  return out;
}

const SAMPLES = [
  message(1),
  message(0x0016, [peer("1.2.3.4"), data(new Uint8Array(50))]),
  padded(channelData(0x4000, new Uint8Array(0))),
  padded(channelData(0x4001, new Uint8Array(1).fill(9))),
  padded(channelData(0x7ffe, new Uint8Array(1_499).fill(0x40))),
];

test("messages come out as they went in, however the stream is cut", () => {
  const pieces = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 6 });
  const chosen = fc.array(fc.constantFrom(...SAMPLES), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(chosen, pieces, (messages, sizes) => {
      const stream = new Uint8Array(messages.flatMap((one) => [...one]));
      expect(feed(stream, sizes)).toEqual({
        messages: messages.map((one) => one.toHex()),
        broken: 0,
      });
    }),
  );
});

test("data that no relay would pass on is skipped", () => {
  const long = padded(channelData(0x4000, new Uint8Array(60_000)));
  const stream = new Uint8Array([...long, ...SAMPLES[0]!, ...long, ...SAMPLES[3]!]);
  const kept = [SAMPLES[0]!.toHex(), SAMPLES[3]!.toHex()];
  for (const size of [1, 3, 4, 5, 1_000, stream.length]) {
    expect(feed(stream, [size])).toEqual({ messages: kept, broken: 0 });
  }
});

test.each([
  ["a TLS greeting", new Uint8Array([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3])],
  ["RTP", new Uint8Array([0x80, 0x60, 0, 1, 0, 0])],
  ["a STUN length that is no multiple of four", new Uint8Array([0, 1, 0, 2, 0, 0])],
  ["a STUN message beyond all bounds", new Uint8Array([0, 1, MESSAGE_BYTES_MAX >> 8, 0, 0])],
])("%s ends the connection, once", (_, bytes) => {
  for (const size of [1, 2, 5, 100]) {
    const stream = new Uint8Array([...SAMPLES[0]!, ...bytes, ...SAMPLES[0]!]);
    const heard = feed(stream, [SAMPLES[0]!.length, size]);
    expect(heard).toEqual({ messages: [SAMPLES[0]!.toHex()], broken: 1 });
  }
});

test("nothing is handed over when the connection was closed meanwhile", () => {
  let messages = 0;
  new TurnFrameReader().push(new Uint8Array([...SAMPLES[0]!, ...SAMPLES[0]!]), {
    onMessage: () => {
      messages += 1;
      return false;
    },
    onBroken: () => {},
  });
  expect(messages).toBe(1);
});
