import type { Config, RtcConfig } from "./config.ts";
import { ConfigError } from "./config-error.ts";
import type { ConfigWarning } from "./config-sources.ts";
import {
  type Cidr,
  cidrContains,
  formatIp,
  type IpFamily,
  ipFamily,
  isLinkLocal,
  isLoopback,
  isUnspecified,
  parseCidr,
  parseIp,
} from "./ip-address.ts";
import type { PortRange } from "./schema-types.ts";

/** One address of one of the machine's network interfaces. */
export interface InterfaceAddress {
  readonly name: string;
  /** Text form, with or without a zone. */
  readonly address: string;
  /** Whether the interface is a loopback one; it may have other addresses than 127.0.0.1. */
  readonly internal: boolean;
}

/** A local address for media sockets, and the candidates that lead to it. */
export interface MediaAddress {
  readonly listen: string;
  /** Never empty. Several listening addresses may have the same: a NAT chooses among them. */
  readonly announce: readonly string[];
}

type AddressSettings = Pick<Config, "bindAddresses"> & {
  readonly rtc: Pick<
    RtcConfig,
    "nodeIp" | "ips" | "interfaces" | "enableLoopbackCandidate" | "requireIpv4" | "useExternalIp"
  >;
};

const ADVICE =
  "set rtc.node_ip to an address of this machine, widen rtc.ips and rtc.interfaces, or set rtc.enable_loopback_candidate: true to use loopback";

/**
 * Where media sockets are opened and what is offered to clients.
 *
 * 1. `rtc.ips.includes` or `rtc.interfaces.includes`: the machine's addresses that pass.
 * 2. Else specific `bind_addresses`: those. Loopback ones do not count when `rtc.node_ip` or
 *    `rtc.use_external_ip` says that clients come from elsewhere: a proxy stands before HTTP.
 * 3. Else all the machine's addresses, without loopback and link-local ones.
 *
 * `rtc.node_ip` then takes its family over: the listening address that equals it is the only one
 * left, and when there is none, it is announced for all of them as their 1:1 NAT mapping.
 *
 * @throws ConfigError when nothing is left, saying what to set
 */
export function chooseMediaAddresses(
  settings: AddressSettings,
  interfaces: readonly InterfaceAddress[],
): readonly MediaAddress[] {
  const { rtc } = settings;
  const local = unique(startingAddresses(settings, interfaces));
  // what STUN servers say takes its place
  const nodeIp = rtc.useExternalIp ? { ipv4: "", ipv6: "" } : rtc.nodeIp;
  const chosen = [
    ...mapFamily(local, 4, parseIp(nodeIp.ipv4)),
    ...mapFamily(local, 6, parseIp(nodeIp.ipv6)),
  ];
  if (chosen.length === 0) {
    throw new ConfigError([
      `could not validate RTC config: no address of this machine is left for media: ${ADVICE}`,
    ]);
  }
  if (rtc.requireIpv4 && !chosen.some(({ announce }) => announce.some(isIpv4))) {
    throw new ConfigError([
      `could not validate RTC config: rtc.require_ipv4 is set and no IPv4 address is left: ${ADVICE}`,
    ]);
  }
  return chosen;
}

/** The address that stands for this node in logs, TURN and the node registry: IPv4 first. */
export function primaryAddress(addresses: readonly MediaAddress[]): string {
  const announced = addresses.flatMap(({ announce }) => announce);
  return announced.find(isIpv4) ?? announced[0] ?? "";
}

/** The same of one family; undefined when the node has none of it. */
export function primaryAddressOf(
  addresses: readonly MediaAddress[],
  family: IpFamily,
): string | undefined {
  const announced = addresses.flatMap(({ announce }) => announce);
  return announced.find((text) => isIpv4(text) === (family === 4));
}

/** For the log, when nobody but this machine can send media although this is no development. */
export function loopbackOnlyWarning(
  { development }: Pick<Config, "development">,
  addresses: readonly MediaAddress[],
): ConfigWarning | undefined {
  const announced = addresses.flatMap(({ announce }) => announce);
  if (development || !announced.every((text) => isLoopback(parseIp(text)!))) return undefined;
  return {
    level: "warn",
    message:
      "Media uses loopback addresses only, no other machine can connect: set rtc.node_ip, or rtc.ips.includes to this machine's network",
    fields: { addresses: announced },
  };
}

/** UDP ports that media workers take theirs from, both ends inclusive. */
export function mediaUdpPorts({ rtc }: { readonly rtc: Config["rtc"] }): PortRange {
  if (rtc.portRangeStart !== 0) return { start: rtc.portRangeStart, end: rtc.portRangeEnd };
  return rtc.udpPort;
}

function startingAddresses(
  settings: AddressSettings,
  interfaces: readonly InterfaceAddress[],
): Uint8Array[] {
  const { rtc } = settings;
  const nodeIps = [rtc.nodeIp.ipv4, rtc.nodeIp.ipv6].flatMap((text) => parseIp(text) ?? []);
  const includes = rtc.ips.includes.flatMap((text) => parseCidr(text) ?? []);
  const excludes = rtc.ips.excludes.flatMap((text) => parseCidr(text) ?? []);
  const passesIps = (address: Uint8Array): boolean =>
    includes.length > 0
      ? includes.some((cidr) => cidrContains(cidr, address))
      : !excludes.some((cidr) => cidrContains(cidr, address));

  const hasIncludes = includes.length > 0 || rtc.interfaces.includes.length > 0;
  const bound = hasIncludes ? undefined : specificBinds(settings, nodeIps);
  if (bound !== undefined) return bound.filter(passesIps);

  const allowsLoopback = (address: Uint8Array, name: string): boolean =>
    rtc.enableLoopbackCandidate ||
    rtc.interfaces.includes.includes(name) ||
    nodeIps.some((nodeIp) => isEqual(nodeIp, address)) ||
    includes.some((cidr) => isLoopbackRange(cidr) && cidrContains(cidr, address));
  return interfaces.flatMap(({ name, address: text, internal }) => {
    const address = parseIp(text);
    if (address === undefined || !passesInterface(rtc.interfaces, name)) return [];
    if (isLinkLocal(address) || !passesIps(address)) return [];
    return (internal || isLoopback(address)) && !allowsLoopback(address, name) ? [] : [address];
  });
}

/** Undefined when `bind_addresses` leaves media free. */
function specificBinds(
  { bindAddresses, rtc }: AddressSettings,
  nodeIps: readonly Uint8Array[],
): Uint8Array[] | undefined {
  const addresses = bindAddresses.flatMap((bind) => parseIp(bind) ?? []);
  if (addresses.length === 0 || addresses.some(isUnspecified)) return undefined;
  const isBehindProxy =
    addresses.every(isLoopback) &&
    (rtc.useExternalIp || nodeIps.some((nodeIp) => !isLoopback(nodeIp)));
  return isBehindProxy ? undefined : addresses;
}

function mapFamily(
  local: readonly Uint8Array[],
  family: 4 | 6,
  nodeIp: Uint8Array | undefined,
): MediaAddress[] {
  const own = local.filter((address) => ipFamily(address) === family);
  if (nodeIp === undefined) {
    return own.map((address) => ({ listen: formatIp(address), announce: [formatIp(address)] }));
  }
  const text = formatIp(nodeIp);
  // No NAT maps a loopback address to another one: who names one wants a socket on it.
  if (isLoopback(nodeIp) || own.some((address) => isEqual(address, nodeIp))) {
    return [{ listen: text, announce: [text] }];
  }
  // Traffic for a public address comes in by loopback only where that is all that has been left.
  const outer = own.filter((address) => !isLoopback(address));
  return (outer.length > 0 ? outer : own).map((address) => ({
    listen: formatIp(address),
    announce: [text],
  }));
}

function passesInterface(filter: RtcConfig["interfaces"], name: string): boolean {
  return filter.includes.length > 0
    ? filter.includes.includes(name)
    : !filter.excludes.includes(name);
}

function isLoopbackRange({ network, prefixBits }: Cidr): boolean {
  return isLoopback(network) && prefixBits >= (network.length === 4 ? 8 : 128);
}

function unique(addresses: readonly Uint8Array[]): Uint8Array[] {
  return addresses.filter(
    (address, i) => addresses.findIndex((other) => isEqual(other, address)) === i,
  );
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function isIpv4(text: string): boolean {
  return !text.includes(":");
}
