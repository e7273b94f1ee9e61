import { expect, test } from "bun:test";
import fc from "fast-check";
import { type IceFailure, IceFallback } from "./ice-fallback.ts";

const OPTIONS = { isAllowed: true, hasTcp: true, rttMaxMs: 0 };

function failure(nowMs: number, fields: Partial<IceFailure> = {}): IceFailure {
  return {
    nowMs,
    isShortLived: false,
    protocol: "udp",
    preference: undefined,
    isSignalConnected: true,
    lastSignalMs: nowMs - 5_000,
    signalRttMs: 0,
    ...fields,
  };
}

const TCP = { preference: "tcp" } as const;

test("two failures within a minute move a client to TCP", () => {
  const fallback = new IceFallback(OPTIONS);
  expect(fallback.failed(failure(0))).toBeUndefined();
  fallback.resumed();
  expect(fallback.failed(failure(60_000))).toEqual(TCP);
});

test("failures that are further apart do not add up", () => {
  const fallback = new IceFallback(OPTIONS);
  for (const nowMs of [0, 60_001, 120_002]) {
    expect(fallback.failed(failure(nowMs))).toBeUndefined();
    fallback.resumed();
  }
});

test("one connection that did not last is enough", () => {
  const fallback = new IceFallback(OPTIONS);
  expect(fallback.failed(failure(0, { isShortLived: true }))).toEqual(TCP);
});

test.each([
  ["was not heard for 15 s", { lastSignalMs: -15_001 }],
  ["has lost its signal connection", { isSignalConnected: false }],
])("a client that %s is gone: its failure counts for nothing", (_, gone) => {
  const fallback = new IceFallback(OPTIONS);
  expect(fallback.failed(failure(0, { isShortLived: true, ...gone }))).toBeUndefined();
  fallback.failed(failure(1_000));
  fallback.failed(failure(2_000, { ...gone, lastSignalMs: -20_000 }));
  expect(fallback.failed(failure(3_000))).toBeUndefined();
});

test("nothing changes again before the client came back", () => {
  const fallback = new IceFallback(OPTIONS);
  const short = { isShortLived: true };
  expect(fallback.failed(failure(0, short))).toEqual(TCP);
  expect(fallback.failed(failure(1, { ...short, preference: "tcp" }))).toBeUndefined();
  fallback.resumed();
  expect(fallback.failed(failure(2, { ...short, preference: "tcp" }))).toEqual({
    preference: undefined,
  });
});

test.each([
  ["a media path over TCP stays", {}, { protocol: "tcp", preference: "tcp" }],
  ["a client that came by TCP itself stays", {}, { protocol: "tcp" }],
  ["the configuration forbids it", { isAllowed: false }, {}],
  ["there is no TCP", { hasTcp: false }, {}],
  ["the round trip is too long for TCP", { rttMaxMs: 200 }, { signalRttMs: 200 }],
] as const)("nothing changes: %s", (_, options, fields) => {
  const fallback = new IceFallback({ ...OPTIONS, ...options });
  expect(fallback.failed(failure(0, { isShortLived: true, ...fields }))).toBeUndefined();
});

test("a round trip below the limit lets TCP be tried", () => {
  const fallback = new IceFallback({ ...OPTIONS, rttMaxMs: 200 });
  expect(fallback.failed(failure(0, { isShortLived: true, signalRttMs: 199 }))).toEqual(TCP);
});

test("whatever happens, TCP is asked for only where there is TCP, and once for each return", () => {
  const steps = fc.array(
    fc.record({
      byMs: fc.integer({ min: 0, max: 70_000 }),
      isShortLived: fc.boolean(),
      isSignalConnected: fc.boolean(),
      protocol: fc.constantFrom("udp" as const, "tcp" as const),
      isResumed: fc.boolean(),
    }),
  );
  fc.assert(
    fc.property(steps, fc.boolean(), fc.boolean(), (all, isAllowed, hasTcp) => {
      const fallback = new IceFallback({ isAllowed, hasTcp, rttMaxMs: 0 });
      let nowMs = 0;
      let preference: "tcp" | undefined;
      let changes = 0;
      for (const { byMs, isResumed, ...fields } of all) {
        nowMs += byMs;
        if (isResumed) {
          fallback.resumed();
          changes = 0;
        }
        const change = fallback.failed(failure(nowMs, { ...fields, preference }));
        if (change === undefined) continue;
        changes += 1;
        expect(changes).toBe(1);
        expect(change.preference).not.toBe(preference!);
        expect(fields.isSignalConnected && fields.protocol === "udp" && isAllowed && hasTcp).toBe(
          true,
        );
        preference = change.preference;
      }
    }),
  );
});
