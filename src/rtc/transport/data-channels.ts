import type { DataChannelSpec } from "../../bridge/commands.ts";

/** The server's channels on a connection that it offers (spec-signalling 8.9). */
export const SERVER_CHANNELS: readonly DataChannelSpec[] = [
  { label: "_reliable", isOrdered: true },
  { label: "_lossy", isOrdered: false, maxRetransmits: 0 },
  { label: "_data_track", isOrdered: false, maxRetransmits: 0 },
];

/** The schema's NegotiatedDataChannelID, for channels that both sides make without a word. */
const NEGOTIATED_ID_FIRST = 100;

/** The same with ids 100, 101 and 102, from protocol 18 on a single peer connection. */
export const NEGOTIATED_CHANNELS: readonly DataChannelSpec[] = SERVER_CHANNELS.map(
  (channel, index) => ({ ...channel, negotiatedId: NEGOTIATED_ID_FIRST + index }),
);
