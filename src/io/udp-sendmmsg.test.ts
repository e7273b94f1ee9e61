import { expect, test } from "bun:test";
import { Errno, loadNativeSend, type NativeSend } from "./native-libc.ts";
import { UdpBatch } from "./udp-batch.ts";
import { UDP_COUNTER_COUNT, UdpCounter } from "./udp-counters.ts";
import { UdpPathTable } from "./udp-path-table.ts";
import { SendmmsgBackend } from "./udp-sendmmsg.ts";

/** A system that answers as told, then takes everything; remembers how many messages it was shown. */
class ScriptedSystem implements NativeSend {
  readonly asked: number[] = [];
  readonly #script: number[];
  #errno = 0;

  /** @param script positive: so many messages are taken; negative: minus the error number */
  constructor(script: readonly number[]) {
    this.#script = [...script];
  }

  sendMessages(_fd: number, _messages: number, count: number): number {
    this.asked.push(count);
    const answer = this.#script.shift() ?? count;
    if (answer > 0) return Math.min(answer, count);
    this.#errno = -answer;
    return -1;
  }

  errno(): number {
    return this.#errno;
  }
}

function setUp(script: readonly number[]): {
  system: ScriptedSystem;
  backend: SendmmsgBackend;
  counters: Float64Array;
  send: (burst: readonly { path: number; bytes: number }[]) => void;
} {
  const paths = new UdpPathTable(false, 16, () => {});
  for (let i = 0; i < 4; i++) paths.intern("127.0.0.1", 1000 + i);
  const counters = new Float64Array(UDP_COUNTER_COUNT);
  const system = new ScriptedSystem(script);
  const backend = new SendmmsgBackend(system, 3, paths, counters, true);
  const batch = new UdpBatch(16);
  const send = (burst: readonly { path: number; bytes: number }[]): void => {
    for (const { path, bytes } of burst) batch.push(path, bytes);
    backend.send(batch);
    batch.clear();
  };
  return { system, backend, counters, send };
}

const times = <T>(count: number, item: T): T[] => Array<T>(count).fill(item);

test.each([
  { title: "equal sizes to one path", burst: times(8, { path: 0, bytes: 100 }), messages: 1 },
  { title: "65 pieces", burst: times(65, { path: 0, bytes: 100 }), messages: 2 },
  { title: "over 64 KB", burst: times(50, { path: 0, bytes: 1400 }), messages: 2 },
  {
    title: "a shorter end, and a new run after it",
    burst: [100, 100, 40, 100, 100].map((bytes) => ({ path: 0, bytes })),
    messages: 2,
  },
  {
    title: "growing sizes",
    burst: [100, 200, 300].map((bytes) => ({ path: 0, bytes })),
    messages: 3,
  },
  {
    title: "paths in turn",
    burst: [0, 1, 2, 0, 1, 2].map((path) => ({ path, bytes: 100 })),
    messages: 3,
  },
])("datagrams are gathered into messages: $title", ({ burst, messages }) => {
  const { system, counters, send } = setUp([]);
  send(burst);
  expect(system.asked).toEqual([messages]);
  expect(counters[UdpCounter.Sent]).toBe(burst.length);
});

test("a partial send goes on where it stopped", () => {
  const { system, counters, send } = setUp([1, 2]);
  send([0, 1, 2, 3].map((path) => ({ path, bytes: 100 })));
  expect(system.asked).toEqual([4, 3, 1]);
  expect(counters[UdpCounter.Sent]).toBe(4);
});

test("a full socket is tried again a few times, then the rest is dropped and counted", () => {
  const { system, counters, send } = setUp([1, ...times(10, -Errno.Again)]);
  send([0, 0, 1, 1, 1, 2].map((path) => ({ path, bytes: 100 })));
  expect(counters[UdpCounter.Sent]).toBe(2);
  expect(counters[UdpCounter.Dropped]).toBe(4);
  expect(system.asked.length).toBe(5);
});

test("a full socket that has room again loses nothing", () => {
  const { counters, send } = setUp([-Errno.Again, -Errno.NoBuffers, 1, -Errno.Interrupted]);
  send([0, 1].map((path) => ({ path, bytes: 100 })));
  expect(counters[UdpCounter.Sent]).toBe(2);
  expect(counters[UdpCounter.Dropped]).toBe(0);
});

test("a run that a path cannot take goes out singly, and later ones of its size too", () => {
  const { system, counters, backend, send } = setUp([-Errno.Invalid]);
  send([...times(3, { path: 0, bytes: 1400 }), ...times(2, { path: 1, bytes: 1400 })]);
  expect(system.asked).toEqual([2, 3, 1]);
  expect(counters[UdpCounter.Sent]).toBe(5);
  expect(backend.name).toBe("sendmmsg+gso");
  send(times(3, { path: 0, bytes: 1400 }));
  send(times(3, { path: 0, bytes: 1200 }));
  send(times(3, { path: 1, bytes: 1400 }));
  expect(system.asked.slice(3)).toEqual([3, 1, 1]);
});

test("a device that cannot segment at all is not asked again", () => {
  const { system, counters, backend, send } = setUp([-Errno.Io]);
  send(times(3, { path: 0, bytes: 500 }));
  send(times(3, { path: 1, bytes: 500 }));
  expect(system.asked).toEqual([1, 3, 3]);
  expect(counters[UdpCounter.Sent]).toBe(6);
  expect(backend.name).toBe("sendmmsg");
});

test("one refused message is counted, the others leave", () => {
  const unreachable = -101;
  const { counters, send } = setUp([1, unreachable]);
  send([0, 1, 2].map((path) => ({ path, bytes: 100 })));
  expect(counters[UdpCounter.Sent]).toBe(2);
  expect(counters[UdpCounter.Refused]).toBe(1);
});

test("the system call is found where this is Linux on a common processor", () => {
  const isCommon = process.arch === "x64" || process.arch === "arm64";
  expect(loadNativeSend() !== null).toBe(process.platform === "linux" && isCommon);
});
