import type { LinkShape } from "./impaired-link.ts";

const OPEN: LinkShape = { rateBps: 3_000_000, delayMs: 25, loss: 0, queueMs: 1_000 };

export type ImpairmentResult = {
  readonly scenario: string;
  /** Until the layer shown during the limit was reached, and stayed, ms. */
  readonly settleMs: number;
  /** The layer that was shown at the end of the limit, lines. */
  readonly heightInLimit: number;
  /** The longest queue in front of the limit once it was settled, ms. */
  readonly queueMaxMs: number;
  /** The same from the first moment of the limit on. */
  readonly queuePeakMs: number;
  /** Until the highest layer was back after the limit, ms; NaN where it did not come back. */
  readonly recoverMs: number;
  readonly freezes: number;
  readonly gapMaxMs: number;
  /** Of what the publisher's pictures came to, decoded ones a second. */
  readonly framesPerSecond: number;
  /** Packets that never came, not by retransmission either, in percent. */
  readonly lostPercent: number;
};

type Phase = { readonly forMs: number; readonly down: Partial<LinkShape> };

export type Impairment = {
  readonly name: string;
  readonly what: string;
  readonly start: LinkShape;
  readonly limit: Phase;
  /** Nothing for scenarios that stay as they are. */
  readonly after: Phase | undefined;
};

export const IMPAIRMENTS: readonly Impairment[] = [
  {
    name: "squeeze",
    what: "3 Mbit/s, for 20 s 500 kbit/s, then 3 Mbit/s again; 50 ms round trip",
    start: OPEN,
    limit: { forMs: 20_000, down: { rateBps: 500_000 } },
    after: { forMs: 20_000, down: { rateBps: 3_000_000 } },
  },
  {
    name: "loss",
    what: "5 % loss both ways for 30 s; 50 ms round trip",
    start: { ...OPEN, rateBps: 10_000_000 },
    limit: { forMs: 30_000, down: { loss: 0.05 } },
    after: undefined,
  },
];
