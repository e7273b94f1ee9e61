import { expect, test } from "bun:test";
import fc from "fast-check";
import type { Log } from "../base/log.ts";
import { createLog, type LogOptions, redact } from "./log-writer.ts";

function logTo(lines: string[], options: Partial<LogOptions> = {}): Log {
  return createLog(
    { level: "info", json: true, ...options },
    { write: (line) => lines.push(line), wallMs: () => 1_750_000_000_123 },
  );
}

test("a JSON line has zap's fields and the given ones", () => {
  const lines: string[] = [];
  logTo(lines).info("Participant joined", { room: "demo", count: 3 });
  expect(lines).toEqual([
    '{"level":"info","ts":1750000000.123,"logger":"parley","msg":"Participant joined","room":"demo","count":3}',
  ]);
});

test("a text line has time, level, logger, message and fields, separated by tabs", () => {
  const lines: string[] = [];
  const log = logTo(lines, { json: false });
  log.warn("Slow consumer", { room: "demo" });
  log.error("Gone");
  expect(lines).toEqual([
    '2025-06-15T15:06:40.123Z\tWARN\tparley\tSlow consumer\t{"room":"demo"}',
    "2025-06-15T15:06:40.123Z\tERROR\tparley\tGone",
  ]);
});

test("fields bound by with are in each line, and a line's own win", () => {
  const lines: string[] = [];
  const log = logTo(lines).with({ room: "demo", a: 1 }).with({ participant: "ann" });
  log.info("Joined", { a: 2 });
  expect(JSON.parse(lines[0]!)).toMatchObject({ room: "demo", participant: "ann", a: 2 });
});

test("fields cannot pose as level, time, logger or message", () => {
  const lines: string[] = [];
  logTo(lines).info("Joined", { level: "error", msg: "forged", ts: 0, logger: "x" });
  expect(JSON.parse(lines[0]!)).toEqual({
    level: "info",
    ts: 1_750_000_000.123,
    logger: "parley",
    msg: "Joined",
  });
});

test.each([
  { level: "debug", written: ["debug", "info", "warn", "error"] },
  { level: "info", written: ["info", "warn", "error"] },
  { level: "warn", written: ["warn", "error"] },
  { level: "error", written: ["error"] },
] as const)("level $level leaves out what is below", ({ level, written }) => {
  const lines: string[] = [];
  const log = logTo(lines, { level });
  log.debug("x");
  log.info("x");
  log.warn("x");
  log.error("x");
  expect(lines.map((line) => JSON.parse(line).level)).toEqual([...written]);
});

test("a component has its own level, or that of the nearest dotted name above it", () => {
  const lines: string[] = [];
  const log = logTo(lines, {
    componentLevels: { transport: "error", "transport.ice": "debug", rtc: "nonsense" },
  });
  log.with({ component: "transport.ice.agent" }).debug("ice");
  log.with({ component: "transport.dtls" }).warn("dtls");
  log.with({ component: "rtc" }).info("rtc");
  log.with({ component: "rtc" }).debug("rtc");
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual(["ice", "rtc"]);
});

test("long texts, deep objects and many fields are cut", () => {
  const lines: string[] = [];
  let deep: unknown = "end";
  for (let i = 0; i < 50; i++) deep = { deep };
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`f${i}`, i]));
  logTo(lines).info("x".repeat(10_000), {
    deep,
    text: "y".repeat(10_000),
    bytes: new Uint8Array(9),
  });
  logTo(lines).info("many", many);
  logTo(lines).info("list", { list: Array.from({ length: 1000 }, () => [1, 2, 3]) });
  for (const line of lines) expect(line.length).toBeLessThan(8_000);
  expect(JSON.parse(lines[0]!).bytes).toBe("[9 bytes]");
  expect(JSON.parse(lines[1]!).fieldsLeftOut).toBe(452);
});

test("an error is shown with its causes", () => {
  const lines: string[] = [];
  const error = new TypeError("outer", { cause: new Error("inner", { cause: "root" }) });
  logTo(lines).error("Failed", { error });
  expect(JSON.parse(lines[0]!).error).toBe(
    "TypeError: outer, caused by Error: inner, caused by root",
  );
});

test("nothing that is logged makes the writer throw or write two lines", () => {
  const circular: Record<string, unknown> = {};
  circular["self"] = circular;
  const hostile = {
    get bad(): never {
      throw new Error("getter");
    },
    big: 2n ** 70n,
    call: () => 1,
    symbol: Symbol("s"),
    date: new Date(Number.NaN),
    circular,
  };
  for (const json of [true, false]) {
    const lines: string[] = [];
    const log = logTo(lines, { json });
    log.info("hostile\nname\u2028", { hostile, ...hostile.circular });
    fc.assert(
      fc.property(fc.string(), fc.dictionary(fc.string(), fc.anything()), (message, fields) => {
        log.info(message, fields);
      }),
    );
    expect(lines).toHaveLength(101);
    for (const line of lines) expect(line).not.toContain("\n");
  }
});

test.each([
  ["203.0.113.77", "203.0.113.x"],
  ["203.0.113.77:5000", "203.0.113.x:5000"],
  ["127.0.0.1:5000", "127.0.0.1:5000"],
  ["2001:db8:1:2::77", "2001:db8:1:x"],
  ["[2001:db8:1:2::77]:5000", "[2001:db8:1:x]:5000"],
  ["fe80::1%eth0", "fe80:x"],
  ["::1", "::1"],
  ["::ffff", "x"],
  ["some-host.example.com", "redacted"],
  ["", "redacted"],
])("redact makes %s %s", (address, redacted) => {
  expect(redact(address)).toBe(redacted);
});
