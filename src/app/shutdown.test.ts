import { expect, test } from "bun:test";
import { FakeScheduler } from "../../test/support/fake-scheduler.ts";
import { RecordingLog } from "../../test/support/recording-log.ts";
import { Shutdown, type SignalSource } from "./shutdown.ts";

class FakeSignals implements SignalSource {
  readonly #runs = new Map<string, Set<(signal: string) => void>>();

  on(signal: string, run: (signal: string) => void): void {
    const runs = this.#runs.get(signal) ?? new Set();
    this.#runs.set(signal, runs.add(run));
  }

  off(signal: string, run: (signal: string) => void): void {
    this.#runs.get(signal)?.delete(run);
  }

  send(signal: string): void {
    for (const run of [...(this.#runs.get(signal) ?? [])]) run(signal);
  }

  get listenerCount(): number {
    return [...this.#runs.values()].reduce((sum, runs) => sum + runs.size, 0);
  }
}

function createShutdown() {
  const log = new RecordingLog();
  const signals = new FakeSignals();
  const scheduler = new FakeScheduler();
  const shutdown = new Shutdown(log, signals, scheduler);
  return { log, signals, scheduler, shutdown };
}

async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  return Bun.peek.status(promise) !== "pending";
}

test.each(["SIGINT", "SIGTERM", "SIGQUIT"])("%s stops an empty server at once", async (signal) => {
  const { log, signals, scheduler, shutdown } = createShutdown();
  const requested = shutdown.requested(() => 0);
  expect(await isSettled(requested)).toBe(false);
  signals.send(signal);
  await requested;
  expect(shutdown.exitCode).toBe(0);
  expect(log.lines).toEqual([
    { level: "info", message: "exit requested, shutting down", fields: { signal, force: false } },
  ]);
  expect([signals.listenerCount, scheduler.pendingCount]).toEqual([0, 0]);
});

test("the first signal waits for the last participant, and says so every five seconds", async () => {
  const { log, signals, scheduler, shutdown } = createShutdown();
  let participants = 3;
  const requested = shutdown.requested(() => participants);
  signals.send("SIGTERM");
  scheduler.advance(11_000);
  expect(await isSettled(requested)).toBe(false);
  const waiting = log.lines.filter(({ message }) => message.startsWith("waiting"));
  expect(waiting.map(({ fields }) => fields)).toEqual([
    { participants: 3 },
    { participants: 3 },
    { participants: 3 },
  ]);
  participants = 0;
  scheduler.advance(1_000);
  await requested;
  expect([signals.listenerCount, scheduler.pendingCount]).toEqual([0, 0]);
});

test("a second signal stops without waiting any longer", async () => {
  const { log, signals, scheduler, shutdown } = createShutdown();
  const requested = shutdown.requested(() => 3);
  signals.send("SIGTERM");
  signals.send("SIGINT");
  await requested;
  expect(log.lines.at(-1)!.fields).toEqual({ signal: "SIGINT", force: true });
  expect([signals.listenerCount, scheduler.pendingCount]).toEqual([0, 0]);
});

test("a signal during the start ends the server as soon as it has started", async () => {
  const { signals, scheduler, shutdown } = createShutdown();
  signals.send("SIGTERM");
  await shutdown.requested(() => 0);
  expect([signals.listenerCount, scheduler.pendingCount]).toEqual([0, 0]);
});

test("what is broken for good ends the server with exit code 1, whoever is there", async () => {
  const { log, signals, scheduler, shutdown } = createShutdown();
  shutdown.fail("Media worker 0 broke: out of memory");
  await shutdown.requested(() => 5);
  expect(shutdown.exitCode).toBe(1);
  expect(log.lines.map(({ level }) => level)).toEqual(["error"]);
  expect([signals.listenerCount, scheduler.pendingCount]).toEqual([0, 0]);
});
