import type { LoadSums } from "../../src/bridge/events.ts";

/** Of a thread that has had nothing to do. */
export const IDLE_LOAD: LoadSums = {
  cpuMs: 0,
  worstLagMs: 0,
  overloads: 0,
  shedSteps: 0,
  overloaded: 0,
  loweredTracks: 0,
  pausedTracks: 0,
};
