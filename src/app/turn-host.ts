import { networkInterfaces } from "node:os";
import { ServerError } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import { type MediaAddress, primaryAddressOf } from "../config/addresses.ts";
import type { Config } from "../config/config.ts";
import { cidrContains, ipFamily, isLoopback, parseCidr, parseIp } from "../config/ip-address.ts";
import { randomBytes } from "../crypto/random-bytes.ts";
import { monotonicMs } from "../io/clock.ts";
import {
  type Acceptor,
  type AcceptorOptions,
  acceptProxiedStreams,
  acceptStreams,
  acceptTlsStreams,
  type TlsIdentity,
} from "../io/turn-acceptor.ts";
import { TurnRelays } from "../io/turn-relays.ts";
import { IDLE_MS_MAX, TurnTcpLink } from "../io/turn-tcp-link.ts";
import { createUdpPort, type UdpPort } from "../io/udp-port.ts";
import type { TurnCredentials } from "../transport/turn/credentials.ts";
import { NONCE_KEY_BYTES } from "../transport/turn/nonces.ts";
import { type AddressRange, PeerFilter } from "../transport/turn/peer-filter.ts";
import { TurnContext } from "../transport/turn/turn-context.ts";
import { TurnListener } from "../transport/turn/turn-listener.ts";
import type { TurnLink, TurnOwnHost } from "../transport/turn/turn-ports.ts";
import { turnIdentity } from "./turn-identity.ts";

/** Allocations of this server, whatever the relay range would hold. */
const ALLOCATIONS_MAX = 16_384;
const SWEEP_MS = 5_000;
/** Interfaces come and go; asking for them costs some 50 us. */
const INTERFACES_KEPT_MS = 5_000;
const WAITING_FOR_HEADER_MAX = 1024;

export type TurnHostOptions = {
  readonly config: Config;
  readonly addresses: readonly MediaAddress[];
  /** UDP ports that media is taken on. */
  readonly mediaPorts: ReadonlySet<number>;
  readonly credentials: TurnCredentials;
  readonly log: Log;
};

/** The embedded TURN server with its sockets, in the main thread. */
export class TurnHost {
  readonly #context: TurnContext;
  readonly #options: TurnHostOptions;
  readonly #listeners: TurnListener[] = [];
  readonly #udpPorts: UdpPort[] = [];
  readonly #tcpLinks: TurnTcpLink[] = [];
  readonly #acceptors: Acceptor[] = [];
  readonly #sweep: ReturnType<typeof setInterval>;
  #isFlushDue = false;
  #isClosed = false;

  /** @throws ServerError when a port is taken or a file cannot be read */
  static async start(options: TurnHostOptions): Promise<TurnHost> {
    const host = new TurnHost(options);
    try {
      await host.#open();
    } catch (error) {
      host.close();
      throw error;
    }
    return host;
  }

  constructor(options: TurnHostOptions) {
    const { turn } = options.config;
    this.#options = options;
    const relayPorts = turn.relayRangeEnd - turn.relayRangeStart + 1;
    const nonceKey = new Uint8Array(NONCE_KEY_BYTES);
    randomBytes(nonceKey);
    this.#context = new TurnContext({
      credentials: options.credentials,
      filter: new PeerFilter(rangesOf(turn.allowRestrictedPeerCidrs), rangesOf(turn.denyPeerCidrs)),
      ownHost: ownHostOf(options),
      bounds: {
        allMax: Math.min(relayPorts, ALLOCATIONS_MAX),
        perUserMax: turn.perUserRelayAllocationLimit,
        perAddressMax: Math.max(1, relayPorts >> 1),
      },
      nonceKey,
      wallMs: Date.now,
    });
    this.#sweep = setInterval(() => this.#handleTimeout(), SWEEP_MS);
    this.#sweep.unref();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#sweep);
    for (const listener of this.#listeners) listener.close();
    for (const link of this.#tcpLinks) link.close();
    for (const acceptor of this.#acceptors) acceptor.close();
    for (const port of this.#udpPorts) port.close();
  }

  /** Clients' connections, each UDP socket counting as one for all of them, and relays. */
  get connections(): { readonly incoming: number; readonly outgoing: number } {
    const sumOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
    const streams = this.#tcpLinks.map((link) => link.debugInfo().connections);
    return {
      incoming: this.#udpPorts.length + sumOf(streams),
      outgoing: sumOf(this.#listeners.map(({ allocationCount }) => allocationCount)),
    };
  }

  async #open(): Promise<void> {
    const { config, log } = this.#options;
    const { turn } = config;
    const identity = turn.tlsPort > 0 && !turn.externalTls ? turnIdentity(turn) : undefined;
    for (const bindAddress of new Set(turn.bindAddresses)) {
      const relays = this.#relays(bindAddress);
      if (turn.udpPort > 0) await this.#openUdp(bindAddress, relays);
      if (turn.tlsPort > 0) await this.#openTcp(bindAddress, relays, identity);
    }
    log.info("Starting TURN server", {
      "turn.relay_range_start": turn.relayRangeStart,
      "turn.relay_range_end": turn.relayRangeEnd,
      "turn.portTLS": turn.tlsPort,
      "turn.externalTLS": turn.externalTls,
      "turn.portUDP": turn.udpPort,
    });
  }

  /** Relays behind one bind address have the node's address of its family. */
  #relays(bindAddress: string): TurnRelays {
    const { config, addresses, log } = this.#options;
    const { turn } = config;
    const bound = parseIp(bindAddress);
    const announced = bound && primaryAddressOf(addresses, ipFamily(bound));
    const relayAddress = announced === undefined ? undefined : parseIp(announced);
    if (relayAddress === undefined) {
      throw new ServerError(
        "failed_precondition",
        `Cannot relay on ${bindAddress}: no matching node IP for relay: set rtc.node_ip to an address of the same family, or take it out of turn.bind_addresses`,
      );
    }
    return new TurnRelays({
      bindAddress,
      relayAddress,
      ports: { start: turn.relayRangeStart, end: turn.relayRangeEnd },
      localAddresses: localAddresses(addresses),
      onReceive: this.#flushSoon,
      log,
    });
  }

  async #openUdp(address: string, relays: TurnRelays): Promise<void> {
    const { config, log } = this.#options;
    const listener: { value: TurnListener | undefined } = { value: undefined };
    const port = await createUdpPort({
      address,
      port: config.turn.udpPort,
      log,
      setting: "turn.udp_port",
      warnOfSmallBuffer: !config.development,
      handler: (bytes, path) => listener.value?.handleMessage(monotonicMs(), path, bytes),
    });
    this.#udpPorts.push(port);
    listener.value = this.#listen(new UdpLink(port), relays);
  }

  async #openTcp(
    address: string,
    relays: TurnRelays,
    identity: TlsIdentity | undefined,
  ): Promise<void> {
    const { config, log } = this.#options;
    const { turn } = config;
    const listener: { value: TurnListener | undefined } = { value: undefined };
    const link = new TurnTcpLink({
      hidesClients: turn.externalTls && !turn.proxyProtocol,
      onMessage: (bytes, client) => listener.value?.handleMessage(monotonicMs(), client, bytes),
      onClosed: (client) => listener.value?.handleClosed(client),
      onReceive: this.#flushSoon,
      log,
    });
    const options: AcceptorOptions = {
      address,
      port: turn.tlsPort,
      accept: (stream, from, port) => link.accept(stream, from, port),
    };
    this.#tcpLinks.push(link);
    listener.value = this.#listen(link, relays);
    this.#acceptors.push(await this.#accept(options, identity));
  }

  async #accept(options: AcceptorOptions, identity: TlsIdentity | undefined): Promise<Acceptor> {
    const { turn } = this.#options.config;
    if (turn.proxyProtocol) {
      return acceptProxiedStreams({
        ...options,
        tls: identity,
        isTrusted: trustOf(turn.proxyProtocolTrustedCidrs),
        headerMsMax: IDLE_MS_MAX,
        waitingMax: WAITING_FOR_HEADER_MAX,
      });
    }
    if (identity === undefined) return acceptStreams(options);
    return acceptTlsStreams({ ...options, tls: identity });
  }

  #listen(link: TurnLink, relays: TurnRelays): TurnListener {
    const listener = new TurnListener(link, this.#context, relays);
    this.#listeners.push(listener);
    return listener;
  }

  #handleTimeout(): void {
    const nowMs = monotonicMs();
    for (const listener of this.#listeners) listener.handleTimeout(nowMs);
    for (const link of this.#tcpLinks) link.closeIdle();
  }

  /** What came together leaves together: at the end of this turn of the event loop. */
  readonly #flushSoon = (): void => {
    if (this.#isFlushDue) return;
    this.#isFlushDue = true;
    setImmediate(this.#flush);
  };

  readonly #flush = (): void => {
    this.#isFlushDue = false;
    if (this.#isClosed) return;
    for (const port of this.#udpPorts) port.flush();
    for (const link of this.#tcpLinks) link.flush();
  };
}

/** A UDP port as the TURN server sees it. */
class UdpLink implements TurnLink {
  readonly protocol = "udp";
  readonly hidesClients = false;
  readonly arena: Uint8Array;
  readonly #port: UdpPort;

  constructor(port: UdpPort) {
    this.#port = port;
    this.arena = port.arena;
  }

  reserve(bytesMax: number): number {
    return this.#port.reserve(bytesMax);
  }

  commit(client: number, length: number): void {
    this.#port.commit(client, length);
  }

  holdPath(client: number): void {
    this.#port.holdPath(client);
  }

  releasePath(client: number): void {
    this.#port.releasePath(client);
  }

  pathAddress(client: number): { readonly address: string; readonly port: number } {
    return this.#port.pathAddress(client);
  }
}

function rangesOf(cidrs: readonly string[]): AddressRange[] {
  return cidrs.flatMap((text) => parseCidr(text) ?? []);
}

function trustOf(cidrs: readonly string[]): (address: string) => boolean {
  const ranges = cidrs.flatMap((text) => parseCidr(text) ?? []);
  return (text) => {
    const address = parseIp(text);
    return address !== undefined && ranges.some((range) => cidrContains(range, address));
  };
}

/** Where a NAT maps an announced address to one that our sockets have. The first of several counts. */
function localAddresses(addresses: readonly MediaAddress[]): Map<string, string> {
  const map = new Map<string, string>();
  for (const { listen, announce } of addresses) {
    for (const address of announce) {
      if (!announce.includes(listen) && !map.has(address)) map.set(address, listen);
    }
  }
  return map;
}

function ownHostOf({ addresses, mediaPorts }: TurnHostOptions): TurnOwnHost {
  const announced = addresses.flatMap(({ announce, listen }) => [...announce, listen]);
  let own = new Set<string>();
  let askedMs = Number.NEGATIVE_INFINITY;
  return {
    isOwnAddress: (address, length) => {
      const bytes = address.subarray(0, length);
      if (isLoopback(bytes)) return true;
      const nowMs = monotonicMs();
      if (nowMs - askedMs > INTERFACES_KEPT_MS) {
        askedMs = nowMs;
        const local = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
        const texts = [...announced, ...local.map((one) => one.address)];
        own = new Set(texts.map((text) => parseIp(text)?.toHex() ?? ""));
      }
      return own.has(bytes.toHex());
    },
    isMediaPort: (port) => mediaPorts.has(port),
  };
}
