// States of a chunk that has a TSN.
export const FREE = 0;
export const FLYING = 1;
/** To be sent again. */
export const LOST = 2;
/** Acknowledged by a gap block. */
export const ACKED = 3;
/** Given up; the peer is told by FORWARD-TSN. */
export const ABANDONED = 4;

// What `InFlight` knows of one chunk: eight numbers side by side, since each look at one costs a
// cache line.
export const RECORD_SHIFT = 3;
export const STATE = 0;
export const LENGTH = 1;
/** Where it begins in its message. */
export const OFFSET = 2;
export const SENT_MS = 3;
/** The number of the packet in which the chunk left last. */
export const PACKET = 4;
export const SENDS = 5;
/** The flags on the wire, and sixteen times which fragment of its message it is, from 0. */
export const FLAGS = 6;
export const FRAGMENT_UNIT = 16;
/**
 * Up to here a gap block from this chunk on has nothing to acknowledge that is not known: nobody
 * walks a block twice, wherever the next one begins.
 */
export const BLOCK_END = 7;
