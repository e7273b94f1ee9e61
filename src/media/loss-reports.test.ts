import { expect, test } from "bun:test";
import type { MediaEvent } from "../bridge/events.ts";
import { LossReports } from "./loss-reports.ts";

test("the worst of a second is told, with the newest round trip, when reports come", () => {
  const events: MediaEvent[] = [];
  const losses = new LossReports(7, (event) => events.push(event));
  losses.note(0, 10, 0);
  losses.note(1, 90, 40);
  losses.note(999, 20, 0);
  losses.note(1_000, 0, 60);
  losses.note(2_500, 5, 0);
  const report = { kind: "loss-report", peerId: 7 } as const;
  expect(events).toEqual([
    { ...report, fractionLost: 10, rttMs: 0 },
    { ...report, fractionLost: 90, rttMs: 60 },
    { ...report, fractionLost: 5, rttMs: 60 },
  ]);
});
