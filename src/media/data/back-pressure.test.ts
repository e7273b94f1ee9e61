import { expect, test } from "bun:test";
import fc from "fast-check";
import { DataRig } from "../../../test/support/data-rig.ts";
import { Backlog } from "./data-port.ts";

const TO_ALL = { user: { topic: "t" } };

function rigOf(clients: number, waitsForAll = false): DataRig {
  const rig = new DataRig(waitsForAll);
  for (let id = 1; id <= clients; id++) rig.join(id);
  return rig;
}

test("a sender is read no further while all its receivers are behind, until one is not", () => {
  const rig = rigOf(3);
  rig.port(2).readerBacklog = Backlog.Congested;
  rig.send(1, TO_ALL);
  expect(rig.port(1).isPaused).toBe(false);
  rig.port(3).readerBacklog = Backlog.Congested;
  rig.send(1, TO_ALL);
  expect(rig.port(1).isPaused).toBe(true);
  rig.port(2).readerBacklog = Backlog.None;
  rig.hub.backlogCleared(rig.nowMs, rig.port(2));
  expect(rig.port(1).isPaused).toBe(false);
});

test("a file for one slow reader waits for it, and others' messages do not", () => {
  const rig = rigOf(4);
  rig.port(2).readerBacklog = Backlog.Congested;
  rig.send(1, { ...TO_ALL, destinationIdentities: ["2"] });
  expect(rig.port(1).isPaused).toBe(true);
  rig.send(3, TO_ALL);
  expect(rig.port(3).isPaused).toBe(false);
  rig.hub.backlogCleared(rig.nowMs, rig.port(4));
  expect(rig.port(1).isPaused).toBe(true);
});

test("a receiver that takes nothing holds nobody up", () => {
  const rig = rigOf(3);
  rig.port(2).readerBacklog = Backlog.Stalled;
  rig.send(1, { ...TO_ALL, destinationIdentities: ["2"] });
  expect(rig.port(1).isPaused).toBe(false);
  rig.port(3).readerBacklog = Backlog.Congested;
  rig.send(1, TO_ALL);
  expect(rig.port(1).isPaused).toBe(true);
  rig.port(3).readerBacklog = Backlog.Stalled;
  rig.advance(100);
  expect(rig.port(1).isPaused).toBe(false);
});

test("lossy messages never make anybody wait", () => {
  const rig = rigOf(2);
  rig.port(2).readerBacklog = Backlog.Congested;
  rig.send(1, TO_ALL, true);
  expect(rig.port(1).isPaused).toBe(false);
});

test("who leaves is waited for no more, and who comes back begins anew", () => {
  const rig = rigOf(3);
  rig.port(2).readerBacklog = Backlog.Congested;
  rig.send(1, { ...TO_ALL, destinationIdentities: ["2"] });
  rig.leave(2);
  expect(rig.port(1).isPaused).toBe(false);
  rig.port(3).readerBacklog = Backlog.Congested;
  rig.send(1, TO_ALL);
  expect(rig.port(1).isPaused).toBe(true);
  rig.leave(1);
  rig.join(1);
  expect(rig.port(1).isPaused).toBe(false);
  rig.send(1, TO_ALL);
  expect(rig.port(1).isPaused).toBe(true);
});

test("who moves to another room is read on", () => {
  const rig = rigOf(2);
  rig.port(2).readerBacklog = Backlog.Congested;
  rig.send(1, TO_ALL);
  rig.join(1, false, {}, 2);
  expect(rig.port(1).isPaused).toBe(false);
});

test("with a threshold each receiver that is fast enough is waited for", () => {
  const rig = rigOf(3, true);
  rig.port(2).readerBacklog = Backlog.Congested;
  rig.send(1, TO_ALL);
  expect(rig.port(1).isPaused).toBe(true);
  rig.hub.backlogCleared(rig.nowMs, rig.port(3));
  expect(rig.port(1).isPaused).toBe(true);
  rig.port(2).readerBacklog = Backlog.None;
  rig.hub.backlogCleared(rig.nowMs, rig.port(2));
  expect(rig.port(1).isPaused).toBe(false);
});

test("with a threshold many who wait for many are looked at one by one, not all with all", () => {
  const CLIENTS = 200;
  const rig = rigOf(CLIENTS, true);
  let looks = 0;
  for (let id = 1; id <= CLIENTS; id++) {
    const port = rig.port(id);
    port.readerBacklog = Backlog.Congested;
    port.backlog = () => {
      looks += 1;
      return port.readerBacklog;
    };
  }
  for (let id = 1; id <= CLIENTS; id++) rig.send(id, TO_ALL);
  looks = 0;
  for (let id = CLIENTS; id > 2; id--) {
    rig.port(id).readerBacklog = Backlog.None;
    rig.hub.backlogCleared(rig.nowMs, rig.port(id));
  }
  expect(looks).toBeLessThan(3 * CLIENTS * CLIENTS);
  expect(rig.port(1).isPaused).toBe(true);
  for (const id of [1, 2]) {
    rig.port(id).readerBacklog = Backlog.None;
    rig.hub.backlogCleared(rig.nowMs, rig.port(id));
  }
  expect(rig.port(1).isPaused).toBe(false);
});

const CLIENTS = 4;
const client = fc.integer({ min: 1, max: CLIENTS });
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("send" as const), from: client, to: fc.subarray([1, 2, 3, 4]) }),
    fc.record({
      kind: fc.constant("turn" as const),
      who: client,
      backlog: fc.constantFrom(Backlog.None, Backlog.Congested, Backlog.Stalled),
    }),
    fc.record({ kind: fc.constant("wait" as const) }),
    fc.record({ kind: fc.constant("leave" as const), who: client }),
    fc.record({ kind: fc.constant("join" as const), who: client }),
  ),
  { maxLength: 60 },
);

test("whatever receivers do, nobody waits in vain and nobody runs ahead of all of them", () => {
  fc.assert(
    fc.property(steps, fc.boolean(), (list, waitsForAll) => {
      const rig = rigOf(CLIENTS, waitsForAll);
      const present = new Set([1, 2, 3, 4]);
      /** Who got each sender's newest message; undefined: everybody, and who comes gets the next. */
      const last = new Map<number, Set<number> | undefined>();
      const mustWait = (from: number): boolean => {
        const to = last.get(from);
        const receivers = [...present].filter((id) => id !== from && (to?.has(id) ?? true));
        const backlogs = receivers.map((id) => rig.port(id).readerBacklog);
        return (
          backlogs.includes(Backlog.Congested) && (waitsForAll || !backlogs.includes(Backlog.None))
        );
      };
      for (const step of list) {
        if (step.kind === "send") {
          // a paused channel is not read
          if (!present.has(step.from) || rig.port(step.from).isPaused) continue;
          const to = new Set(step.to.filter((id) => present.has(id)));
          last.set(step.from, step.to.length === 0 ? undefined : to);
          rig.send(step.from, { ...TO_ALL, destinationIdentities: step.to.map(String) });
          expect(rig.port(step.from).isPaused).toBe(mustWait(step.from));
        } else if (step.kind === "turn") {
          if (!present.has(step.who)) continue;
          rig.port(step.who).readerBacklog = step.backlog;
          if (step.backlog !== Backlog.None) continue;
          rig.hub.backlogCleared(rig.nowMs, rig.port(step.who));
        } else if (step.kind === "leave") {
          if (!present.delete(step.who)) continue;
          rig.leave(step.who);
          last.delete(step.who);
          for (const to of last.values()) to?.delete(step.who);
        } else if (step.kind === "join") {
          if (present.has(step.who)) continue;
          present.add(step.who);
          rig.join(step.who);
        } else {
          rig.advance(100);
        }
      }
      rig.advance(100);
      for (const id of present) {
        if (rig.port(id).isPaused) expect(mustWait(id)).toBe(true);
      }
      for (const id of present) rig.port(id).readerBacklog = Backlog.Stalled;
      rig.advance(100);
      for (const id of present) expect(rig.port(id).isPaused).toBe(false);
      rig.advance(100);
      expect(rig.hub.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
      expect(rig.errors).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
