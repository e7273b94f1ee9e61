import { expect, test } from "bun:test";
import { TRACK_COLUMNS, TrackColumn } from "../../bridge/track-statistics.ts";
import { livekit } from "../../gen/livekit.js";
import { EndedTracks, tellWindows } from "./track-windows.ts";

function row(id: number, packets: number): number[] {
  const values = new Array<number>(TRACK_COLUMNS).fill(0);
  values[TrackColumn.Id] = id;
  values[TrackColumn.Packets] = packets;
  values[TrackColumn.Lost] = 1;
  return values;
}

test("each row is told with what its track is; rows of unknown tracks are not", () => {
  const told: unknown[] = [];
  const rows = Float64Array.from([...row(1, 10), ...row(2, 20), ...row(3, 30)]);
  const info = new livekit.TrackInfo({ source: 2, type: 0 });
  tellWindows({ track: (...values) => told.push(values) }, "outgoing", rows, (id) =>
    id === 2 ? undefined : info,
  );
  const window = { lost: 1, outOfOrder: 0, jitterUs: 0, rttMs: 0, keyFrames: 0, capped: 0 };
  expect(told).toEqual([
    ["outgoing", 2, 0, { packets: 10, ...window }],
    ["outgoing", 2, 0, { packets: 30, ...window }],
  ]);
});

test("of a track that ended its last window is told once, and not many are kept", () => {
  const ended = new EndedTracks();
  const info = new livekit.TrackInfo({ sid: "TR_a" });
  ended.add(1, info);
  ended.add(2, undefined);
  expect([ended.get(1), ended.get(1), ended.get(2)]).toEqual([info, undefined, undefined]);
  for (let id = 0; id <= 10_000; id++) ended.add(id, info);
  expect([ended.get(0), ended.get(1)]).toEqual([undefined, info]);
});
