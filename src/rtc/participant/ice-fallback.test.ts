import { expect, test } from "bun:test";
import fc from "fast-check";
import { type IceFailure, IceFallback, type IcePreference } from "./ice-fallback.ts";

const OPTIONS = { isAllowed: true, hasTcp: true, hasTls: false, rttMaxMs: 0 };

function failure(nowMs: number, fields: Partial<IceFailure> = {}): IceFailure {
  return {
    nowMs,
    isShortLived: false,
    type: "udp",
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

const TLS = { preference: "tls" } as const;
const WITH_TLS = { ...OPTIONS, hasTls: true };

test.each([
  ["a media path over TCP stays", {}, { type: "tcp", preference: "tcp" }],
  ["a client that came by TCP itself stays", {}, { type: "tcp" }],
  ["a relay stays", { hasTls: true }, { type: "relay", preference: "tls" }],
  ["the configuration forbids it", { isAllowed: false, hasTls: true }, {}],
  ["there is neither TCP nor TLS", { hasTcp: false }, {}],
  ["the round trip is too long for TCP", { rttMaxMs: 200 }, { signalRttMs: 200 }],
] as const)("nothing changes: %s", (_, options, fields) => {
  const fallback = new IceFallback({ ...OPTIONS, ...options });
  expect(fallback.failed(failure(0, { isShortLived: true, ...fields }))).toBeUndefined();
});

test.each([
  ["TCP failed", {}, { type: "tcp", preference: "tcp" }],
  ["TCP did not connect", {}, { type: "none", preference: "tcp" }],
  ["a client that came by TCP itself failed", {}, { type: "tcp" }],
  ["the client knows no TCP", { hasTcp: false }, {}],
  ["the round trip is too long for TCP", { rttMaxMs: 200 }, { signalRttMs: 200 }],
] as const)("a relay over TLS is next where there is one: %s", (_, options, fields) => {
  const fallback = new IceFallback({ ...WITH_TLS, ...options });
  expect(fallback.failed(failure(0, { isShortLived: true, ...fields }))).toEqual(TLS);
});

test.each([
  ["TCP", OPTIONS, "tcp"],
  ["TLS", WITH_TLS, "tls"],
] as const)(
  "when %s does not connect either, it is everything's turn again",
  (_, options, preference) => {
    const fallback = new IceFallback(options);
    const inVain = failure(0, { isShortLived: true, type: "none", preference });
    expect(fallback.failed(inVain)).toEqual({ preference: undefined });
  },
);

test("UDP comes before TCP, and TCP before TLS", () => {
  const fallback = new IceFallback(WITH_TLS);
  expect(fallback.failed(failure(0, { isShortLived: true }))).toEqual(TCP);
  fallback.resumed();
  const overTcp = failure(9, { isShortLived: true, type: "tcp", preference: "tcp" });
  expect(fallback.failed(overTcp)).toEqual(TLS);
});

test("a round trip below the limit lets TCP be tried", () => {
  const fallback = new IceFallback({ ...OPTIONS, rttMaxMs: 200 });
  expect(fallback.failed(failure(0, { isShortLived: true, signalRttMs: 199 }))).toEqual(TCP);
});

test("whatever happens, only what there is is asked for, and once for each return", () => {
  const steps = fc.array(
    fc.record({
      byMs: fc.integer({ min: 0, max: 70_000 }),
      isShortLived: fc.boolean(),
      isSignalConnected: fc.boolean(),
      type: fc.constantFrom("none", "udp", "tcp", "relay"),
      isResumed: fc.boolean(),
    }),
  );
  fc.assert(
    fc.property(
      steps,
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
      (all, isAllowed, hasTcp, hasTls) => {
        const fallback = new IceFallback({ isAllowed, hasTcp, hasTls, rttMaxMs: 0 });
        let nowMs = 0;
        let preference: IcePreference;
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
          expect(fields.isSignalConnected && isAllowed).toBe(true);
          if (change.preference === "tcp") expect(hasTcp).toBe(true);
          if (change.preference === "tls") expect(hasTls).toBe(true);
          preference = change.preference;
        }
      },
    ),
  );
});
