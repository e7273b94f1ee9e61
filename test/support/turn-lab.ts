import { TurnCredentials } from "../../src/transport/turn/credentials.ts";
import { NONCE_KEY_BYTES } from "../../src/transport/turn/nonces.ts";
import { PeerFilter } from "../../src/transport/turn/peer-filter.ts";
import { TurnContext, type TurnOptions } from "../../src/transport/turn/turn-context.ts";
import { TurnListener } from "../../src/transport/turn/turn-listener.ts";
import type {
  TurnLink,
  TurnRelay,
  TurnRelayOpener,
  TurnRelayOwner,
} from "../../src/transport/turn/turn-ports.ts";
import { TurnType } from "../../src/wire/turn/constants.ts";
import {
  type Answer,
  type Attribute,
  type Login,
  type MessageOptions,
  message,
  overUdp,
  readAnswer,
} from "./turn-messages.ts";

export const TURN_SECRET = "secret-of-the-turn-lab";
export const WALL_SECONDS = 1_700_000_000;

/** A link whose clients are numbers, and their addresses 192.0.2.<client>, port 40000. */
export class FakeTurnLink implements TurnLink {
  readonly protocol: "udp" | "tcp" = "udp";
  readonly hidesClients: boolean;
  readonly arena: Uint8Array = new Uint8Array(4096);
  readonly sent: { readonly client: number; readonly bytes: Uint8Array }[] = [];
  readonly holds: Map<number, number> = new Map();
  /** Clients whose number went back to the port with their last hold: nothing is sent to those. */
  readonly forgotten: Set<number> = new Set();
  /** Several clients may have one address. */
  addressOf: (client: number) => string = (client) => `192.0.2.${client}`;

  constructor(hidesClients = false) {
    this.hidesClients = hidesClients;
  }

  reserve(): number {
    return 0;
  }

  commit(client: number, length: number): void {
    if (this.forgotten.has(client)) return;
    this.sent.push({ client, bytes: this.arena.slice(0, length) });
  }

  holdPath(client: number): void {
    if (this.forgotten.has(client)) return;
    this.holds.set(client, (this.holds.get(client) ?? 0) + 1);
  }

  releasePath(client: number): void {
    const left = (this.holds.get(client) ?? 0) - 1;
    this.holds.set(client, left);
    if (left <= 0) this.forgotten.add(client);
  }

  pathAddress(client: number): { address: string; port: number } {
    return { address: this.addressOf(client), port: 40_000 + (client >> 8) };
  }
}

export class FakeRelay implements TurnRelay {
  readonly address: Uint8Array;
  readonly port: number;
  readonly owner: TurnRelayOwner;
  readonly isEven: boolean;
  readonly sent: string[] = [];
  isClosed = false;

  constructor(address: Uint8Array, port: number, owner: TurnRelayOwner, isEven: boolean) {
    this.address = address;
    this.port = port;
    this.owner = owner;
    this.isEven = isEven;
  }

  send(bytes: Uint8Array, offset: number, length: number, address: string, port: number): void {
    const text = new TextDecoder().decode(bytes.subarray(offset, offset + length));
    this.sent.push(`${text} to ${address} ${port}`);
  }

  close(): void {
    this.isClosed = true;
  }
}

export class FakeRelays implements TurnRelayOpener {
  readonly family: 4 | 6;
  readonly all: FakeRelay[] = [];
  /** Opened by hand, when a test wants to see what happens before. */
  readonly waiting: (() => void)[] = [];
  opens: "at once" | "later" | "never" = "at once";

  constructor(family: 4 | 6 = 4) {
    this.family = family;
  }

  open(owner: TurnRelayOwner, isEven: boolean): void {
    const address =
      this.family === 4
        ? new Uint8Array([203, 0, 113, 1])
        : new Uint8Array([0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    const relay = new FakeRelay(address, 30_000 + this.all.length, owner, isEven);
    if (this.opens === "never") {
      owner.failed(0);
      return;
    }
    this.all.push(relay);
    if (this.opens === "later") this.waiting.push(() => owner.opened(0, relay));
    else owner.opened(0, relay);
  }
}

/** A TURN server on a link and relays that are made of numbers, with clients that know the protocol. */
export class TurnLab {
  readonly link: FakeTurnLink;
  readonly relays: FakeRelays;
  readonly context: TurnContext;
  readonly listener: TurnListener;
  readonly credentials: TurnCredentials;
  nowMs = 1_000_000;
  wallSeconds: number = WALL_SECONDS;

  constructor(options: Partial<TurnOptions> & { family?: 4 | 6; hidesClients?: boolean } = {}) {
    this.link = new FakeTurnLink(options.hidesClients);
    this.relays = new FakeRelays(options.family);
    this.credentials = new TurnCredentials((key) => (key === "key" ? TURN_SECRET : undefined));
    this.context = new TurnContext({
      credentials: this.credentials,
      filter: new PeerFilter([], []),
      ownHost: { isOwnAddress: () => false, isMediaPort: () => false },
      bounds: { allMax: 100, perUserMax: 12, perAddressMax: 50 },
      nonceKey: new Uint8Array(NONCE_KEY_BYTES).fill(7),
      wallMs: () => this.wallSeconds * 1000,
      ...options,
    });
    this.listener = new TurnListener(this.link, this.context, this.relays);
  }

  login(participantId = "PA_1", ttlSeconds = 300): Login {
    return this.credentials.create("key", participantId, this.wallSeconds + ttlSeconds);
  }

  /** Hands a message over; @returns what the link sent, whoever to. */
  receive(client: number, bytes: Uint8Array): Uint8Array[] {
    const before = this.link.sent.length;
    this.link.forgotten.delete(client);
    this.listener.handleMessage(this.nowMs, client, bytes);
    return this.link.sent.slice(before).map((one) => one.bytes);
  }

  /** A request and its only answer. */
  ask(
    client: number,
    type: number,
    attributes: readonly Attribute[] = [],
    options: MessageOptions = {},
  ): Answer {
    const answers = this.receive(client, message(type, attributes, options));
    if (answers.length !== 1) throw new Error(`${answers.length} answers`);
    return readAnswer(answers[0]!);
  }

  /** A nonce that is good for this client now. */
  nonce(client: number): Uint8Array {
    return this.ask(client, TurnType.Allocate).nonce!;
  }

  /** A signed request. */
  request(
    client: number,
    type: number,
    attributes: readonly Attribute[] = [],
    login: Login = this.login(),
  ): Answer {
    return this.ask(client, type, attributes, { login, nonce: this.nonce(client) });
  }

  allocate(client: number, login: Login = this.login()): FakeRelay {
    const { code } = this.request(client, TurnType.Allocate, [overUdp], login);
    if (code !== 0) throw new Error(`Allocate: ${code}`);
    return this.relays.all.at(-1)!;
  }
}
