/** Round trip to a client as long as none was measured, ms (spec-media 2.8, 5.3, 6.4). */
export const DEFAULT_RTT_MS = 70;
