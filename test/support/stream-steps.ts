import fc from "fast-check";

/** One picture of a stream, and the target that is set before it. */
export type StreamStep = {
  readonly isKey: boolean;
  /** Spatial and temporal layer. */
  readonly target: readonly [number, number] | undefined;
};

export const streamSteps: fc.Arbitrary<StreamStep[]> = fc.array(
  fc.record({
    isKey: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
    target: fc.option(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })), {
      nil: undefined,
      freq: 3,
    }),
  }),
  { minLength: 5, maxLength: 60 },
);
