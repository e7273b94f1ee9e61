import { DependencyRewrite } from "../../wire/payload/dependency-rewriter.ts";
import { VP8_DESCRIPTOR_BYTES_MAX } from "../munger/vp8-munger.ts";

/** What becomes of a packet on its way to one subscriber. */
export const Verdict = {
  /** Nothing is sent. */
  Drop: 0,
  /** Send it, as the translation says. */
  Forward: 1,
  /**
   * Left out on purpose, but late: its number is a hole that the subscriber sees already. An empty
   * packet with this number and timestamp keeps it from asking.
   */
  FillHole: 2,
} as const;
export type Verdict = (typeof Verdict)[keyof typeof Verdict];

/** How a packet leaves. One object is filled again for each packet. */
export class Translation {
  /** Extended; the low 16 and 32 bits go on the wire. */
  outSn = 0;
  outTs = 0;
  marker = false;
  /** Rewritten payload descriptor, which replaces that of the packet; length 0: payload as it is. */
  descriptorBytes = 0;
  readonly descriptor: Uint8Array = new Uint8Array(VP8_DESCRIPTOR_BYTES_MAX);
  /** How the dependency descriptor leaves, if it does. */
  readonly dependency: DependencyRewrite = new DependencyRewrite();
  /** The first packet after a switch of source or layer. */
  isSwitch = false;

  /** The payload leaves as it is, without a dependency descriptor, and switches nothing. */
  clearRewrites(): void {
    this.descriptorBytes = 0;
    this.dependency.isPresent = false;
    this.isSwitch = false;
  }
}
