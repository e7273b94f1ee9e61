import { DROP_REASON_COUNT, DropReason } from "../../base/drop-reason.ts";
import { STUN_TRANSACTION_ID_OFFSET, StunType } from "../../wire/stun/constants.ts";
import { IPV6_BYTES } from "../../wire/stun/ip-address.ts";
import { readStun, StunView } from "../../wire/stun/stun-view.ts";
import { StunWriter } from "../../wire/stun/stun-writer.ts";
import type { IceCredentials } from "./credentials.ts";
import { hostPriority } from "./host-priority.ts";
import { type HmacSha1, verifyIntegrity, writeIntegrity } from "./integrity.ts";
import { IcePathTable, type IceRemoteAddress } from "./path-table.ts";

/** Silence after which a peer counts as disconnected, and what more makes it failed. */
const DISCONNECTED_AFTER_MS = 10_000;
const FAILED_AFTER_MS = 15_000;
const CHECKING_LIMIT_MS = 15_000;
/**
 * Under the `highest` rule a lower path takes over when the selected one has not been nominated
 * again for so long. Consent checks come every 5 s, give or take a fifth (RFC 7675 §5.1).
 */
const NOMINATION_STALE_MS = 7_500;
/** Life-cycle events waiting for their poll; then the oldest go. */
const EVENTS_MAX = 8;

const ERROR_ROLE_CONFLICT = 487;
const ERROR_UNKNOWN_ATTRIBUTE = 420;
const NO_PATH = -1;

export type IceEvent = {
  readonly kind: "connected" | "path-changed" | "disconnected" | "failed";
};

export type IceState = "new" | "checking" | "connected" | "disconnected" | "failed";

export type IceLiteOptions = {
  readonly localUfrag: string;
  readonly localPwd: string;
  readonly hmacSha1: HmacSha1;
  readonly nowMs: number;
  /** How long checking may take, from `start` on. 15 s when left out. */
  readonly checkingLimitMs?: number;
  /**
   * Which nominated path wins. `latest` (the default) suits clients that nominate what they have
   * selected. `highest` is for those that nominate every pair that succeeds (Firefox): a path of
   * higher priority wins, or one whose rival is not nominated any more.
   */
  readonly nomination?: "latest" | "highest";
};

/** One set of credentials, as it is compared with what arrives. */
type Generation = {
  readonly ufrag: string;
  /** `ufrag:` in ASCII */
  readonly usernameStart: Uint8Array;
  readonly key: Uint8Array;
  /** Undefined until the remote description is known: then any is right. */
  remoteUfrag: Uint8Array | undefined;
};

/**
 * The ICE agent of one peer connection: lite, hence always controlled (RFC 8445 §2.5, §6.1.1). It
 * answers connectivity checks and sends none; the peer is alive while anything arrives.
 *
 * Checks without the right username or integrity leave no trace but a count. After each
 * `handleRequest` the owner drains `pollEvent`, `pollEvictedPath` and `pollRetiredUfrag`.
 */
export class IceLiteAgent {
  readonly #hmacSha1: HmacSha1;
  readonly #checkingLimitMs: number;
  readonly #highestWins: boolean;
  readonly #view: StunView = new StunView();
  readonly #writer: StunWriter = new StunWriter();
  readonly #paths: IcePathTable = new IcePathTable();
  readonly #drops: Uint32Array = new Uint32Array(DROP_REASON_COUNT);
  readonly #events: IceEvent[] = [];
  #current: Generation;
  #previous: Generation | undefined = undefined;
  #retiredUfrag: string | undefined = undefined;
  #state: IceState = "new";
  #checkingEndMs: number = Number.POSITIVE_INFINITY;
  #lastReceivedMs: number;
  /** `noteReceived` has more to do than to write down the time. */
  #attentive: boolean = true;
  #selectedPath: number = NO_PATH;
  #evictedPath: number = NO_PATH;
  #lastDrop: DropReason = DropReason.None;
  #nominated: boolean = false;
  #highestNomination: number = -1;

  constructor(options: IceLiteOptions) {
    this.#hmacSha1 = options.hmacSha1;
    this.#checkingLimitMs = options.checkingLimitMs ?? CHECKING_LIMIT_MS;
    this.#highestWins = options.nomination === "highest";
    this.#current = createGeneration({ ufrag: options.localUfrag, pwd: options.localPwd });
    this.#lastReceivedMs = options.nowMs;
  }

  get state(): IceState {
    return this.#state;
  }

  /** Where to send: the nominated path, until then the one that was valid first; -1 for none. */
  get selectedPath(): number {
    return this.#selectedPath;
  }

  /** The fragment that checks of the newest generation carry. */
  get localUfrag(): string {
    return this.#current.ufrag;
  }

  /** The client's credentials of the newest generation. Its password is for agents that check. */
  setRemote(remote: IceCredentials): void {
    this.#current.remoteUfrag = toAscii(remote.ufrag);
  }

  /** Checking may begin: the remote description is there. From here on `checkingLimitMs` counts. */
  start(nowMs: number): void {
    if (this.#state === "new") this.#check(nowMs);
  }

  /**
   * ICE restart: checks with these credentials are answered from now on, those with the old ones
   * until the first new one is valid. Paths, selection and whatever runs above go on. Call
   * `setRemote` with the client's new credentials afterwards.
   */
  restart(nowMs: number, local: IceCredentials): void {
    if (this.#previous === undefined) this.#previous = this.#current;
    else this.#retiredUfrag = this.#current.ufrag; // no check ever came for it
    this.#current = createGeneration(local);
    if (this.#state === "disconnected" || this.#state === "failed") this.#check(nowMs);
  }

  /**
   * One STUN message from a path.
   *
   * @param bytes the datagram; changed and put back while its integrity is computed
   * @param path the datagram port's number for the remote address, 0 or more
   * @param out where the answer is written; 128 bytes are enough for every answer
   * @returns bytes of the answer to send back on the same path; 0 for none
   */
  handleRequest(
    nowMs: number,
    bytes: Uint8Array,
    path: number,
    address: IceRemoteAddress,
    out: Uint8Array,
  ): number {
    const view = this.#view;
    this.#lastDrop = DropReason.None;
    const reason = readStun(bytes, 0, bytes.length, view);
    if (reason !== DropReason.None) return this.#drop(reason);
    if (view.type === StunType.BindingIndication) {
      if (this.#paths.find(path) < 0) return this.#drop(DropReason.Unknown);
      this.noteReceived(nowMs, path);
      return 0;
    }
    if (view.type !== StunType.BindingRequest) return this.#drop(DropReason.Unsupported);
    const generation = this.#generationOf(bytes);
    if (generation === undefined) return this.#drop(DropReason.Unknown);
    if (!verifyIntegrity(bytes, view, generation.key, this.#hmacSha1)) {
      return this.#drop(DropReason.BadTag);
    }
    if (this.#state === "failed") return this.#drop(DropReason.WrongState);
    if (view.unknownCount > 0) return this.#answerUnknown(bytes, generation, out);
    if (view.controlledOffset >= 0) return this.#answerRoleConflict(bytes, generation, out);
    return this.#answerCheck(nowMs, bytes, generation, path, address, out);
  }

  /**
   * Anything else that arrived from the peer: DTLS, SRTP, SRTCP. Cheap enough for every packet.
   * On a valid path it connects an agent on which nothing was nominated yet.
   *
   * @returns whether that may have changed something: then the owner drains as after a request
   */
  noteReceived(nowMs: number, path: number): boolean {
    this.#lastReceivedMs = nowMs;
    if (!this.#attentive) return false;
    this.#noteAttentively(path);
    return true;
  }

  /** Whether a valid check has come on this path: datagrams from others are not the peer's. */
  hasPath(path: number): boolean {
    return this.#paths.find(path) >= 0;
  }

  /**
   * The path is no longer the peer's. Another valid one takes its place. To be called
   * before the datagram port may hand out the number again.
   */
  removePath(path: number): void {
    const slot = this.#paths.find(path);
    if (slot < 0) return;
    this.#paths.clear(slot);
    if (path !== this.#selectedPath) return;
    this.#nominated = false;
    this.#select(this.#paths.latest());
  }

  handleTimeout(nowMs: number): void {
    if (nowMs < this.pollTimeout()) return;
    switch (this.#state) {
      case "checking":
        this.#enter("failed");
        break;
      case "connected":
        this.#enter("disconnected");
        this.handleTimeout(nowMs);
        break;
      case "disconnected":
        this.#enter("failed");
        break;
      default:
        break;
    }
  }

  /** When `handleTimeout` next has work, in the owner's monotonic ms. Moves with every packet. */
  pollTimeout(): number {
    switch (this.#state) {
      case "checking":
        return this.#checkingEndMs;
      case "connected":
        return this.#lastReceivedMs + DISCONNECTED_AFTER_MS;
      case "disconnected":
        return this.#lastReceivedMs + FAILED_AFTER_MS;
      default:
        return Number.POSITIVE_INFINITY;
    }
  }

  pollEvent(): IceEvent | undefined {
    return this.#events.shift();
  }

  /** A path that had to make room and is the peer's no more; -1 for none. To be released. */
  pollEvictedPath(): number {
    const path = this.#evictedPath;
    this.#evictedPath = NO_PATH;
    return path;
  }

  /** A fragment that no check is answered for any more, to be taken out of the demultiplexer. */
  pollRetiredUfrag(): string | undefined {
    const ufrag = this.#retiredUfrag;
    this.#retiredUfrag = undefined;
    return ufrag;
  }

  /** Why the message handled last was put aside; None when it was taken. */
  get lastDrop(): DropReason {
    return this.#lastDrop;
  }

  /** Messages put aside for this reason so far. */
  dropCount(reason: DropReason): number {
    return this.#drops[reason]!;
  }

  debugInfo(): Record<string, unknown> {
    return {
      state: this.#state,
      selectedPath: this.#selectedPath,
      nominated: this.#nominated,
      paths: this.#paths.count(),
      restarting: this.#previous !== undefined,
      drops: Array.from(this.#drops),
    };
  }

  #answerCheck(
    nowMs: number,
    bytes: Uint8Array,
    generation: Generation,
    path: number,
    address: IceRemoteAddress,
    out: Uint8Array,
  ): number {
    const slot = this.#slotOf(path, address);
    if (slot < 0) return this.#drop(DropReason.Malformed);
    if (generation === this.#current && this.#previous !== undefined) this.#retirePrevious();
    const view = this.#view;
    this.#paths.noteCheck(slot, nowMs, pairPriority(address.protocol, Math.max(view.priority, 0)));
    this.#lastReceivedMs = nowMs;
    if (this.#selectedPath === NO_PATH) this.#select(path);
    this.#nominate(nowMs, slot, path);
    if (this.#state === "disconnected") this.#enter("connected");

    this.#begin(StunType.BindingSuccess, bytes, out);
    this.#writer.xorMappedAddress(
      this.#paths.addresses,
      slot * IPV6_BYTES,
      this.#paths.addressBytesAt(slot),
      this.#paths.portAt(slot),
    );
    return this.#finish(generation);
  }

  #answerUnknown(bytes: Uint8Array, generation: Generation, out: Uint8Array): number {
    this.#drop(DropReason.Unsupported);
    this.#begin(StunType.BindingError, bytes, out);
    this.#writer.errorCode(ERROR_UNKNOWN_ATTRIBUTE, "Unknown Attribute");
    this.#writer.unknownAttributes(this.#view.unknown, this.#view.unknownCount);
    return this.#finish(generation);
  }

  /** A lite agent cannot take the controlling role, so the client has to (RFC 8445 §7.3.1.1). */
  #answerRoleConflict(bytes: Uint8Array, generation: Generation, out: Uint8Array): number {
    this.#drop(DropReason.WrongState);
    this.#begin(StunType.BindingError, bytes, out);
    this.#writer.errorCode(ERROR_ROLE_CONFLICT, "Role Conflict");
    return this.#finish(generation);
  }

  #begin(type: StunType, bytes: Uint8Array, out: Uint8Array): void {
    this.#writer.begin(out, 0, type, bytes, this.#view.offset + STUN_TRANSACTION_ID_OFFSET);
  }

  #finish(generation: Generation): number {
    writeIntegrity(this.#writer, generation.key, this.#hmacSha1);
    return this.#writer.length;
  }

  #generationOf(bytes: Uint8Array): Generation | undefined {
    if (this.#view.usernameOffset < 0) return undefined;
    if (isUsernameOf(bytes, this.#view, this.#current)) return this.#current;
    const previous = this.#previous;
    if (previous !== undefined && isUsernameOf(bytes, this.#view, previous)) return previous;
    return undefined;
  }

  #slotOf(path: number, address: IceRemoteAddress): number {
    const known = this.#paths.find(path);
    if (known >= 0) return known;
    const slot = this.#paths.slotFor(this.#selectedPath);
    const evicted = this.#paths.pathAt(slot);
    if (!this.#paths.set(slot, path, address)) return -1;
    if (evicted !== NO_PATH) this.#evictedPath = evicted;
    return slot;
  }

  #retirePrevious(): void {
    this.#retiredUfrag = this.#previous?.ufrag;
    this.#previous = undefined;
    this.#nominated = false;
    this.#highestNomination = -1;
    this.#paths.forgetNominations();
  }

  /** Acts on USE-CANDIDATE, or on the counter that renominating clients send instead. */
  #nominate(nowMs: number, slot: number, path: number): void {
    const { nomination, useCandidate } = this.#view;
    if (nomination >= 0) {
      if (nomination <= this.#highestNomination) return;
      this.#highestNomination = nomination;
    } else if (!useCandidate) {
      return;
    }
    this.#paths.noteNomination(slot, nowMs);
    const wins =
      nomination >= 0 ||
      !this.#nominated ||
      path === this.#selectedPath ||
      !this.#highestWins ||
      this.#outranksSelected(nowMs, slot);
    if (!wins) return;
    this.#nominated = true;
    this.#connectOn(path);
  }

  #outranksSelected(nowMs: number, slot: number): boolean {
    const selected = this.#paths.find(this.#selectedPath);
    return (
      selected < 0 ||
      this.#paths.priorityAt(slot) > this.#paths.priorityAt(selected) ||
      this.#paths.nominatedMsAt(selected) < nowMs - NOMINATION_STALE_MS
    );
  }

  #noteAttentively(path: number): void {
    if (this.#state === "disconnected") {
      this.#enter("connected");
    } else if (this.#state !== "failed" && this.#paths.find(path) >= 0) {
      this.#connectOn(path);
    }
  }

  #connectOn(path: number): void {
    if (this.#state === "connected") {
      this.#select(path);
    } else {
      this.#selectedPath = path;
      this.#enter("connected");
    }
  }

  #select(path: number): void {
    if (path === this.#selectedPath) return;
    this.#selectedPath = path;
    if (this.#state === "connected" && path !== NO_PATH) this.#raise("path-changed");
  }

  #check(nowMs: number): void {
    this.#state = "checking";
    this.#checkingEndMs = nowMs + this.#checkingLimitMs;
    this.#attentive = true;
  }

  #enter(state: "connected" | "disconnected" | "failed"): void {
    this.#state = state;
    this.#attentive = state === "disconnected";
    this.#raise(state);
  }

  #raise(kind: IceEvent["kind"]): void {
    if (this.#events.length === EVENTS_MAX) this.#events.shift();
    this.#events.push({ kind });
  }

  #drop(reason: DropReason): number {
    this.#drops[reason] = this.#drops[reason]! + 1;
    this.#lastDrop = reason;
    return 0;
  }
}

function createGeneration(local: IceCredentials): Generation {
  return {
    ufrag: local.ufrag,
    usernameStart: toAscii(`${local.ufrag}:`),
    key: toAscii(local.pwd),
    remoteUfrag: undefined,
  };
}

function isUsernameOf(bytes: Uint8Array, view: StunView, generation: Generation): boolean {
  const start = generation.usernameStart;
  if (!holdsAt(bytes, view.usernameOffset, view.usernameBytes, start)) return false;
  const rest = view.usernameBytes - start.length;
  const remote = generation.remoteUfrag;
  if (remote === undefined) return true;
  return rest === remote.length && holdsAt(bytes, view.usernameOffset + start.length, rest, remote);
}

function holdsAt(bytes: Uint8Array, at: number, length: number, wanted: Uint8Array): boolean {
  if (length < wanted.length) return false;
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false;
  return true;
}

/**
 * Orders candidate pairs as RFC 8445 §6.1.2.3 does, in 52 bits: the lower of both priorities
 * decides, then the upper 20 bits of the higher one.
 */
function pairPriority(protocol: "udp" | "tcp", remote: number): number {
  const local = hostPriority(protocol);
  return Math.min(local, remote) * 2 ** 20 + Math.floor(Math.max(local, remote) / 2 ** 12);
}

function toAscii(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i) & 0x7f;
  return bytes;
}
