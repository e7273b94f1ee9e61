import type { SettleSettings } from "../../base/congestion-settings.ts";

/** How long reports of packets that have left may take, ms (spec-media 6.3, 6.4). */
export function settleWaitMs(settings: SettleSettings, rttMs: number): number {
  const waitMs = settings.settleWaitNumRtt * rttMs;
  return Math.min(Math.max(waitMs, settings.settleWaitMinMs), settings.settleWaitMaxMs);
}
