import { DROP_REASON_COUNT } from "../../base/drop-reason.ts";
import { StunWriter } from "../../wire/stun/stun-writer.ts";
import { TurnView } from "../../wire/turn/turn-view.ts";
import { type AllocationBounds, AllocationLimits } from "./allocation-limits.ts";
import type { TurnCredentials } from "./credentials.ts";
import { TurnNonces } from "./nonces.ts";
import type { PeerFilter } from "./peer-filter.ts";
import type { TurnOwnHost } from "./turn-ports.ts";

export type TurnOptions = {
  readonly credentials: TurnCredentials;
  readonly filter: PeerFilter;
  readonly ownHost: TurnOwnHost;
  readonly bounds: AllocationBounds;
  /** NONCE_KEY_BYTES random bytes. */
  readonly nonceKey: Uint8Array;
  /** Unix time in milliseconds, for the expiry of credentials. */
  readonly wallMs: () => number;
};

/** What all listeners of one TURN server share. */
export class TurnContext {
  readonly credentials: TurnCredentials;
  readonly filter: PeerFilter;
  readonly ownHost: TurnOwnHost;
  readonly limits: AllocationLimits;
  readonly nonces: TurnNonces;
  readonly wallMs: () => number;
  /** The message under way. */
  readonly view: TurnView = new TurnView();
  readonly writer: StunWriter = new StunWriter();
  /** Since the start, by DropReason. */
  readonly drops: Float64Array = new Float64Array(DROP_REASON_COUNT);

  constructor(options: TurnOptions) {
    this.credentials = options.credentials;
    this.filter = options.filter;
    this.ownHost = options.ownHost;
    this.limits = new AllocationLimits(options.bounds);
    this.nonces = new TurnNonces(options.nonceKey);
    this.wallMs = options.wallMs;
  }
}
