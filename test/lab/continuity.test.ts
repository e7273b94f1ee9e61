import { expect, test } from "bun:test";
import fc from "fast-check";
import { arbitrarySession } from "./arbitrary-session.ts";
import { faultsOf, runSession } from "./session.ts";
import type { VideoMode } from "./video-tracks.ts";

/** The same sessions each time, so that a change is to blame for a failure; others on wish. */
const SESSIONS = Number(process.env["LAB_SESSIONS"] ?? 40);
const SEED = Number(process.env["LAB_SEED"] ?? 20_261);
/** No measure of speed: a busy machine takes its time. */
const LIMIT_MS = 3_000 * SESSIONS;
const MODES: readonly VideoMode[] = ["vp8", "vp8-dd", "h264", "vp9", "vp9-dd", "av1"];

test.each([...MODES])(
  "whatever is lost, late, repeated, switched or muted, a viewer gets one stream (%s)",
  (mode) => {
    fc.assert(
      fc.property(arbitrarySession(mode), (options) => {
        expect(faultsOf(runSession(options))).toEqual([]);
      }),
      { numRuns: SESSIONS, seed: SEED },
    );
  },
  LIMIT_MS,
);
