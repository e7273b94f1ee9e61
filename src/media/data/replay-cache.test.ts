import { expect, test } from "bun:test";
import fc from "fast-check";
import { DataRig } from "../../../test/support/data-rig.ts";

const CLIENTS = 4;
const client = fc.integer({ min: 1, max: CLIENTS });
const steps = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant("send" as const),
        from: client,
        to: fc.subarray([1, 2, 3, 4]),
        isNumbered: fc.boolean(),
        isRepeat: fc.boolean(),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("open" as const), who: client }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("rejoin" as const), who: client }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("wait" as const) }) },
  ),
  { maxLength: 80 },
);

test("everybody gets what was sent since it joined: whole, in order and once", () => {
  fc.assert(
    fc.property(steps, (list) => {
      const rig = new DataRig();
      const open = new Set<number>();
      const sequences = new Map<number, number>();
      const expected = new Map<number, string[]>();
      for (let id = 1; id <= CLIENTS; id++) {
        rig.join(id, false);
        expected.set(id, []);
      }
      let count = 0;
      for (const step of list) {
        if (step.kind === "open") {
          if (open.has(step.who)) continue;
          open.add(step.who);
          rig.open(step.who);
        } else if (step.kind === "rejoin") {
          rig.leave(step.who);
          rig.join(step.who, false);
          open.delete(step.who);
          sequences.delete(step.who);
          expected.set(step.who, []);
        } else if (step.kind === "wait") {
          rig.advance(50);
        } else {
          const highest = sequences.get(step.from) ?? 0;
          const isRepeat = step.isRepeat && highest > 0;
          const sequence = step.isNumbered ? (isRepeat ? highest : highest + 1) : 0;
          const id = `${count}`;
          count += 1;
          const destinationIdentities = step.to.map(String);
          rig.send(step.from, { sequence, destinationIdentities, chatMessage: { id } });
          if (step.isNumbered && isRepeat) continue;
          if (step.isNumbered) sequences.set(step.from, sequence);
          for (const [receiver, ids] of expected) {
            const isFor = step.to.length === 0 || step.to.includes(receiver);
            if (receiver !== step.from && isFor) ids.push(id);
          }
        }
      }
      for (let id = 1; id <= CLIENTS; id++) {
        if (!open.has(id)) rig.open(id);
        const got = rig.received(id).map(({ chatMessage }) => chatMessage?.id);
        expect(got).toEqual(expected.get(id)!);
      }
    }),
    { numRuns: 300 },
  );
});

test("what is kept is bounded: of numbered messages the newest, of others the oldest", () => {
  const rig = new DataRig();
  rig.join(1);
  rig.join(2, false);
  const payload = new Uint8Array(9_900);
  for (let i = 1; i <= 30; i++) {
    rig.send(1, { sequence: i, user: { payload, topic: `n${i}` } });
    rig.send(1, { user: { payload, topic: `u${i}` } });
  }
  rig.open(2);
  const topics = rig.received(2).map(({ user }) => user?.topic ?? "");
  expect(topics.filter((topic) => topic.startsWith("u"))).toEqual(
    Array.from({ length: 10 }, (_, i) => `u${i + 1}`),
  );
  expect(topics.filter((topic) => topic.startsWith("n"))).toEqual(
    Array.from({ length: 10 }, (_, i) => `n${i + 21}`),
  );
});

test("a message larger than all that is kept leaves nothing", () => {
  const rig = new DataRig();
  rig.join(1);
  rig.join(2, false);
  rig.send(1, { sequence: 1, user: { payload: new Uint8Array(10) } });
  rig.send(1, { sequence: 2, user: { payload: new Uint8Array(100_001) } });
  rig.open(2);
  expect(rig.received(2)).toEqual([]);
});

test("what is older than ten seconds is not sent any more", () => {
  const rig = new DataRig();
  rig.join(1);
  rig.join(2, false);
  rig.send(1, { sequence: 1, chatMessage: { id: "old" } });
  rig.advance(10_001);
  rig.send(1, { sequence: 2, chatMessage: { id: "new" } });
  rig.open(2);
  expect(rig.received(2).map(({ chatMessage }) => chatMessage?.id)).toEqual(["new"]);
});
