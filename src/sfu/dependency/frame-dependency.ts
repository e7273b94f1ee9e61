import { DependencyDescriptor } from "../../wire/payload/dependency-descriptor.ts";
import { DependencyStructure } from "../../wire/payload/dependency-structure.ts";

/** What the dependency descriptor of a packet is good for. */
export const Described = {
  /** The stream has no descriptors: layers are chosen by what the payload says. */
  No: 0,
  /** The stream has them, but this packet's tells nothing: it is not forwarded. */
  Unreadable: 1,
  Yes: 2,
} as const;
export type Described = (typeof Described)[keyof typeof Described];

const NO_STRUCTURE = new DependencyStructure();

/**
 * What a stream's dependency descriptors say of one packet's frame (spec-media 3.6). Part of the
 * packet on its way, filled again for each; all but `described` means something only with Yes.
 */
export class FrameDependency {
  described: Described = Described.No;
  readonly descriptor: DependencyDescriptor = new DependencyDescriptor();
  /** Of the parser, and only until it reads the next structure but one. */
  structure: DependencyStructure = NO_STRUCTURE;
  /** Extended number of the frame that brought the structure. */
  keyFrameNumber = 0;
  /** Decode targets that the publisher sends, 32 bits. */
  activeTargets = 0;
  /** With this packet the whole frame is there. */
  isComplete = false;
  /** Rises when frame numbers began anew: those before have nothing to do with them. */
  generation = 0;
}
