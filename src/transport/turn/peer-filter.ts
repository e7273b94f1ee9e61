import { IPV4_BYTES, IPV6_BYTES } from "../../wire/stun/ip-address.ts";

/** Addresses that begin with the same bits. */
export type AddressRange = {
  /** 4 or 16 bytes, network order. */
  readonly network: Uint8Array;
  readonly prefixBits: number;
};

const RESTRICTED_IPV4: readonly AddressRange[] = [
  v4([0], 8), // this network
  v4([10], 8), // private
  v4([100, 64], 10), // behind carriers' NATs
  v4([127], 8), // loopback
  v4([169, 254], 16), // link-local, and clouds' metadata services
  v4([172, 16], 12), // private
  v4([192, 168], 16), // private
  v4([198, 18], 15), // benchmarks
  v4([224], 4), // multicast
  v4([240], 4), // reserved, broadcast
];

/** Any IPv4 address, which its last four bytes are (RFC 6052). */
const NAT64: AddressRange = v6([0, 0x64, 0xff, 0x9b], 96);

const RESTRICTED_IPV6: readonly AddressRange[] = [
  v6([], 96), // unspecified, loopback, IPv4-compatible
  NAT64,
  v6([0, 0x64, 0xff, 0x9b, 0, 1], 48), // local NAT64
  v6([0xfc], 7), // unique local
  v6([0xfe, 0x80], 10), // link-local
  v6([0xff], 8), // multicast
];

/**
 * No peer has such an address, whatever is allowed: systems take the first two for this host, and
 * the last ones for IPv4 addresses that are judged as such.
 */
const NEVER: readonly AddressRange[] = [
  v4([], 32), // unspecified
  v6([], 128), // unspecified
  v6([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff], 96), // IPv4-mapped
];

/** Which peers relays may talk to (spec-media 1.12, spec-operations 10.5). */
export class PeerFilter {
  readonly #allowed: readonly AddressRange[];
  readonly #denied: readonly AddressRange[];

  /**
   * @param allowed opens ranges that are refused by default: private, loopback and other special ones
   * @param denied closes, and wins over all else
   */
  constructor(allowed: readonly AddressRange[], denied: readonly AddressRange[]) {
    this.#allowed = allowed;
    this.#denied = denied;
  }

  /** @param address of which the first `length` bytes count: 4 or 16 */
  isAllowed(address: Uint8Array, length: number): boolean {
    if (isInAny(NEVER, address, length) || isInAny(this.#denied, address, length)) return false;
    const restricted = length === IPV4_BYTES ? RESTRICTED_IPV4 : RESTRICTED_IPV6;
    if (!isInAny(restricted, address, length)) return true;
    if (!isInAny(this.#allowed, address, length)) return false;
    // who opens the gateway has not opened all that is behind it
    return !isIn(NAT64, address, length) || this.isAllowed(address.subarray(12, 16), IPV4_BYTES);
  }
}

export function isInAny(
  ranges: readonly AddressRange[],
  address: Uint8Array,
  length: number,
): boolean {
  for (const range of ranges) if (isIn(range, address, length)) return true;
  return false;
}

function isIn({ network, prefixBits }: AddressRange, address: Uint8Array, length: number): boolean {
  if (network.length !== length) return false;
  const wholeBytes = prefixBits >> 3;
  for (let i = 0; i < wholeBytes; i++) if (network[i] !== address[i]) return false;
  const restBits = prefixBits & 7;
  if (restBits === 0) return true;
  const mask = (0xff << (8 - restBits)) & 0xff;
  return (network[wholeBytes]! & mask) === (address[wholeBytes]! & mask);
}

function v4(start: readonly number[], prefixBits: number): AddressRange {
  const network = new Uint8Array(IPV4_BYTES);
  network.set(start);
  return { network, prefixBits };
}

function v6(start: readonly number[], prefixBits: number): AddressRange {
  const network = new Uint8Array(IPV6_BYTES);
  network.set(start);
  return { network, prefixBits };
}
