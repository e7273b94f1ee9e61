import { lookup } from "node:dns/promises";
import { messageOf, ServerError } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import { type MediaAddress, mediaUdpPorts } from "../config/addresses.ts";
import type { Config } from "../config/config.ts";
import { canonicalIp } from "../config/ip-address.ts";
import { randomBytes } from "../crypto/random-bytes.ts";
import { monotonicMs } from "../io/clock.ts";
import { createUdpPort, type UdpPort } from "../io/udp-port.ts";
import {
  BINDING_REQUEST_BYTES,
  BindingTransaction,
} from "../transport/stun/binding-transaction.ts";
import { DEFAULT_STUN_SERVERS } from "./ice-servers.ts";

const ROUNDS = 3;
const ROUND_PAUSE_MS = 500;
/** For a packet that has to come back by the outside; and for all addresses together. */
const VALIDATION_MS = 5_000;
const MAPPING_MS = 5_000;
/** How long the others may take when one is found. */
const MAPPING_MORE_MS = 1_000;
const PORTS_TRIED_MAX = 5;
const PATHS_MAX = 64;
const MAGIC_BYTES = 36;
const STUN_PORT = 3478;

/** What a local address is from outside. */
export type AddressMapping = { readonly local: string; readonly external: string };

/**
 * Asks STUN servers what this machine's addresses are from outside, and announces that instead
 * (spec-media 1.1, spec-operations 10.4). Media sockets must not be open yet: their port is used.
 *
 * @throws ServerError when no server answers
 */
export async function externalAddresses(
  config: Config,
  addresses: readonly MediaAddress[],
  log: Log,
  validationMs: number = VALIDATION_MS,
): Promise<readonly MediaAddress[]> {
  const { rtc } = config;
  const servers = rtc.stunServers.length > 0 ? rtc.stunServers : DEFAULT_STUN_SERVERS;
  const nodeIp = await discoverNodeIp(servers, log);
  const mappings = await discoverMappings(
    addresses,
    (local) => discoverMapping(config, local, servers, validationMs, log),
    log,
  );
  const announced = announceExternal(addresses, mappings, nodeIp, rtc);
  if (announced.length === 0) {
    throw new ServerError(
      "failed_precondition",
      "Cannot announce any address: none has an external one and rtc.external_ip_only is set",
    );
  }
  log.info("External addresses found", {
    nodeIP: nodeIp,
    addresses: announced.map(({ listen, announce }) => `${listen}: ${announce.join(", ")}`),
  });
  return announced;
}

/**
 * @param nodeIp what the machine as a whole is from outside; it stands for all of its family when
 *   no address could be mapped by itself
 */
export function announceExternal(
  addresses: readonly MediaAddress[],
  mappings: readonly AddressMapping[],
  nodeIp: string,
  rtc: Pick<Config["rtc"], "advertiseInternalIp" | "externalIpOnly">,
): readonly MediaAddress[] {
  if (mappings.length === 0) {
    return addresses.map(({ listen }) => ({
      listen,
      announce: isIpv6(listen) === isIpv6(nodeIp) ? [nodeIp] : [listen],
    }));
  }
  // two local addresses behind one external one: whichever comes first has it
  const firsts = mappings.filter(
    ({ external }, i) => mappings.findIndex((one) => one.external === external) === i,
  );
  return addresses.flatMap(({ listen }): MediaAddress[] => {
    const external = firsts.find(({ local }) => local === listen)?.external;
    if (external === undefined) {
      return rtc.externalIpOnly && !isIpv6(listen) ? [] : [{ listen, announce: [listen] }];
    }
    const isBoth = rtc.advertiseInternalIp && external !== listen;
    return [{ listen, announce: isBoth ? [external, listen] : [external] }];
  });
}

async function discoverNodeIp(servers: readonly string[], log: Log): Promise<string> {
  let cause: unknown;
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0) await pause(ROUND_PAUSE_MS);
    for (const anywhere of ["0.0.0.0", "::"]) {
      try {
        return await withPort(anywhere, 0, log, (probe) => probe.ask(servers));
      } catch (error) {
        cause ??= error;
      }
    }
  }
  throw new ServerError(
    "unavailable",
    `could not resolve external IP: ${messageOf(cause)}: set rtc.stun_servers to servers that answer, or rtc.node_ip and no rtc.use_external_ip`,
  );
}

/** All that are found in time, in no order. */
async function discoverMappings(
  addresses: readonly MediaAddress[],
  discover: (local: string) => Promise<string>,
  log: Log,
): Promise<AddressMapping[]> {
  const found: AddressMapping[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  let timer = setTimeout(resolve, MAPPING_MS);
  const searches = addresses.map(async ({ listen: local }) => {
    try {
      const external = await discover(local);
      if (found.length === 0) {
        clearTimeout(timer);
        timer = setTimeout(resolve, MAPPING_MORE_MS);
      }
      found.push({ local, external });
    } catch (error) {
      log.info("No external address found", { local, reason: messageOf(error) });
    }
  });
  void Promise.all(searches).then(() => resolve());
  await promise;
  clearTimeout(timer);
  return [...found];
}

async function discoverMapping(
  config: Config,
  local: string,
  servers: readonly string[],
  validationMs: number,
  log: Log,
): Promise<string> {
  const { start, end } = mediaUdpPorts(config);
  for (let i = 0; ; i++) {
    const isLast = i === PORTS_TRIED_MAX - 1 || start + i >= end;
    try {
      return await withPort(local, start + i, log, async (probe) => {
        const external = await probe.ask(servers);
        if (!config.rtc.skipExternalIpValidation) await probe.validate(external, validationMs);
        return external;
      });
    } catch (error) {
      const isTaken = error instanceof ServerError && error.code === "failed_precondition";
      if (!isTaken || isLast) throw error;
    }
  }
}

async function withPort<T>(
  local: string,
  port: number,
  log: Log,
  run: (probe: Probe) => Promise<T>,
): Promise<T> {
  const probe = await Probe.open(local, port, log);
  try {
    return await run(probe);
  } finally {
    probe.close();
  }
}

/** One UDP socket that asks and listens. */
class Probe {
  readonly #port: UdpPort;
  readonly #log: Log;
  #onDatagram: (bytes: Uint8Array) => void = () => {};

  constructor(open: (handler: (bytes: Uint8Array) => void) => UdpPort, log: Log) {
    this.#port = open((bytes) => this.#onDatagram(bytes));
    this.#log = log;
  }

  static async open(address: string, port: number, log: Log): Promise<Probe> {
    const receiver: { handle: (bytes: Uint8Array) => void } = { handle: () => {} };
    const socket = await createUdpPort({
      address,
      port,
      log,
      handler: (bytes) => receiver.handle(bytes),
      pathsMax: PATHS_MAX,
      warnOfSmallBuffer: false,
    });
    return new Probe((handler) => {
      receiver.handle = handler;
      return socket;
    }, log);
  }

  /** The first answer of any server. */
  async ask(servers: readonly string[]): Promise<string> {
    const isIpv6Socket = isIpv6(this.#port.localAddress);
    const transactions: BindingTransaction[] = [];
    const targets = await Promise.allSettled(
      servers.map((server) => resolveServer(server, isIpv6Socket ? 6 : 4)),
    );
    const paths = targets.flatMap((target) => {
      if (target.status === "rejected") return [];
      const path = this.#port.pathTo(target.value.address, target.value.port);
      return path < 0 ? [] : [path];
    });
    if (paths.length === 0) throw new Error(`no STUN server of ${servers.join(", ")} is known`);
    for (const _ of paths) {
      const id = new Uint8Array(12);
      randomBytes(id);
      transactions.push(new BindingTransaction(monotonicMs(), id));
    }
    return this.#run(transactions, paths, servers);
  }

  #run(
    transactions: readonly BindingTransaction[],
    paths: readonly number[],
    servers: readonly string[],
  ): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const step = (): void => {
      clearTimeout(timer);
      const nowMs = monotonicMs();
      for (const [i, transaction] of transactions.entries()) {
        transaction.handleTimeout(nowMs);
        const offset = this.#port.reserve(BINDING_REQUEST_BYTES);
        const length = transaction.pollTransmit(this.#port.arena, offset);
        if (length > 0) this.#port.commit(paths[i]!, length);
      }
      this.#port.flush();
      const outcomes = transactions.map((transaction) => transaction.pollOutcome());
      const found = outcomes.find((outcome) => typeof outcome === "object");
      if (found !== undefined) resolve(canonicalIp(found.address) ?? found.address);
      else if (!outcomes.includes(undefined)) {
        reject(new Error(`no STUN server of ${servers.join(", ")} answered`));
      } else {
        const dueMs = Math.min(...transactions.map((transaction) => transaction.pollTimeout()));
        timer = setTimeout(step, Math.max(1, Math.ceil(dueMs - monotonicMs())));
      }
    };
    this.#onDatagram = (bytes) => {
      for (const transaction of transactions) transaction.handleDatagram(bytes);
      step();
    };
    step();
    return promise.finally(() => clearTimeout(timer));
  }

  /** A packet to the external address has to come back to this socket, as clients' packets would. */
  async validate(external: string, waitMs: number): Promise<void> {
    const magic = new Uint8Array(MAGIC_BYTES);
    randomBytes(magic);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(
      () => reject(new Error(`a packet to ${external} did not come back to this machine`)),
      waitMs,
    );
    this.#onDatagram = (bytes) => {
      if (bytes.length === magic.length && bytes.every((byte, i) => byte === magic[i])) resolve();
    };
    const sender = await createUdpPort({
      address: isIpv6(external) ? "::" : "0.0.0.0",
      port: 0,
      log: this.#log,
      handler: () => {},
      pathsMax: 1,
      warnOfSmallBuffer: false,
    });
    try {
      const path = sender.pathTo(external, this.#port.localPort);
      sender.arena.set(magic, sender.reserve(magic.length));
      sender.commit(path, magic.length);
      sender.flush();
      await promise;
    } finally {
      clearTimeout(timer);
      sender.close();
    }
  }

  close(): void {
    this.#port.close();
  }
}

/** `host:port`, `[v6]:port` or a host alone. */
async function resolveServer(
  server: string,
  family: 4 | 6,
): Promise<{ readonly address: string; readonly port: number }> {
  const [, bracketed, host, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(server) ?? [];
  const { address } = await lookup(bracketed ?? host ?? server, { family });
  return { address, port: Number(port ?? STUN_PORT) };
}

function pause(ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, ms);
  return promise;
}

function isIpv6(text: string): boolean {
  return text.includes(":");
}
