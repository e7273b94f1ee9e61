import { DropReason } from "../base/drop-reason.ts";
import { hmacSha1 } from "../crypto/hmac-sha1.ts";
import { randomBytes as fillRandomly } from "../crypto/random-bytes.ts";
import { verifyIntegrity, writeIntegrity } from "../transport/ice/integrity.ts";
import { StunAttribute, StunType } from "../wire/stun/constants.ts";
import { readIpText } from "../wire/stun/ip-address.ts";
import { readStun, StunView } from "../wire/stun/stun-view.ts";
import { StunWriter } from "../wire/stun/stun-writer.ts";

/** Until the first answer; afterwards the pair is kept alive and its consent fresh. */
const CHECK_MS = 50;
const KEEP_ALIVE_MS = 2_500;
const CANDIDATES_MAX = 8;
const ROLE_CONFLICT = 487;
/** As of a peer-reflexive candidate with one component (RFC 8445 §5.1.2, §7.1.1). */
const PRIORITY = 0x6eff_ffff;

export type Address = { readonly address: string; readonly port: number };

const encoder = new TextEncoder();

function randomBytes(count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  fillRandomly(bytes);
  return bytes;
}

/**
 * A full ICE agent with one local candidate (RFC 8445), for load. Controlling, it nominates with
 * every check and takes the first of the server's candidates that answers; controlled, it takes the
 * one that the server nominates. Says nothing of failure: a client without a path hears nothing.
 */
export class IceChecker {
  readonly #tieBreaker: Uint8Array = randomBytes(8);
  readonly #view: StunView = new StunView();
  readonly #writer: StunWriter = new StunWriter();
  readonly #candidates: Address[] = [];
  #ufrag: string = randomBytes(6).toHex();
  #pwd: string = randomBytes(16).toHex();
  #localKey: Uint8Array = encoder.encode(this.#pwd);
  #remoteUfrag = "";
  #isControlling = true;
  #remoteKey: Uint8Array = new Uint8Array(0);
  #nextMs = 0;
  #selected: Address | undefined;
  /** A check of these credentials was answered. */
  #isSettled = false;

  get ufrag(): string {
    return this.#ufrag;
  }

  get pwd(): string {
    return this.#pwd;
  }

  get isSettled(): boolean {
    return this.#isSettled;
  }

  /** ICE restart: other credentials from now on; media goes on where it went (RFC 8445 §9). */
  restart(): void {
    this.#ufrag = randomBytes(6).toHex();
    this.#pwd = randomBytes(16).toHex();
    this.#localKey = encoder.encode(this.#pwd);
    this.#remoteUfrag = ""; // nothing is checked before the other's credentials are known
    this.#isSettled = false;
    this.#nextMs = 0;
  }

  /** What is checked, as `address:port`. */
  get candidates(): readonly string[] {
    return this.#candidates.map(({ address, port }) => `${address}:${port}`);
  }

  /** Where to send; undefined until a check was answered. */
  get selected(): Address | undefined {
    return this.#selected;
  }

  /** @param isControlling true for the offerer, and for all whose peer is ICE-lite (§6.1.1) */
  setRemote(ufrag: string, pwd: string, isControlling: boolean): void {
    if (this.#selected === undefined) this.#isControlling = isControlling;
    this.#remoteUfrag = ufrag;
    this.#remoteKey = encoder.encode(pwd);
  }

  /** @param line value of an `a=candidate` line; only UDP over IPv4 is of use here */
  addCandidate(line: string): void {
    const [, component, protocol, , address = "", port] = line.split(/\s+/);
    if (component !== "1" || protocol?.toLowerCase() !== "udp" || !address.includes(".")) return;
    const candidate = { address, port: Number(port) };
    const isKnown = this.#candidates.some(
      (known) => known.address === address && known.port === candidate.port,
    );
    if (isKnown || this.#candidates.length === CANDIDATES_MAX) return;
    this.#candidates.push(candidate);
    if (this.#selected === undefined) this.#nextMs = 0;
  }

  /** Sends what is due: checks until one is answered, then keep-alives. */
  handleTimeout(nowMs: number, send: (bytes: Uint8Array, to: Address) => void): void {
    if (nowMs < this.#nextMs || this.#remoteUfrag === "") return;
    this.#nextMs = nowMs + (this.#isSettled ? KEEP_ALIVE_MS : CHECK_MS);
    const targets = this.#selected === undefined ? this.#candidates : [this.#selected];
    for (const target of targets) send(this.#writeRequest(), target);
  }

  /** One STUN message from `from`. */
  handleMessage(
    bytes: Uint8Array,
    from: Address,
    send: (bytes: Uint8Array, to: Address) => void,
  ): void {
    const view = this.#view;
    if (readStun(bytes, 0, bytes.length, view) !== DropReason.None) return;
    if (view.type === StunType.BindingSuccess) {
      if (!verifyIntegrity(bytes, view, this.#remoteKey, hmacSha1)) return;
      this.#isSettled = true;
      if (this.#isControlling) this.#selected ??= from;
    } else if (view.type === StunType.BindingError && view.errorCode === ROLE_CONFLICT) {
      this.#isControlling = !this.#isControlling;
    } else if (view.type === StunType.BindingRequest) {
      if (!verifyIntegrity(bytes, view, this.#localKey, hmacSha1)) return;
      if (!this.#isControlling && view.useCandidate) {
        this.#selected = from;
        this.#isSettled = true;
      }
      send(this.#writeAnswer(bytes, from), from);
    }
  }

  #writeRequest(): Uint8Array {
    const out = new Uint8Array(256);
    const writer = this.#writer;
    writer.begin(out, 0, StunType.BindingRequest, randomBytes(12), 0);
    writer.bytes(StunAttribute.Username, encoder.encode(`${this.#remoteUfrag}:${this.ufrag}`));
    writer.uint32(StunAttribute.Priority, PRIORITY);
    if (this.#isControlling) {
      writer.bytes(StunAttribute.IceControlling, this.#tieBreaker);
      writer.flag(StunAttribute.UseCandidate);
    } else {
      writer.bytes(StunAttribute.IceControlled, this.#tieBreaker);
    }
    writeIntegrity(writer, this.#remoteKey, hmacSha1);
    return out.subarray(0, writer.length);
  }

  #writeAnswer(request: Uint8Array, from: Address): Uint8Array {
    const out = new Uint8Array(128);
    const writer = this.#writer;
    const address = new Uint8Array(16);
    const addressBytes = readIpText(from.address, address);
    writer.begin(out, 0, StunType.BindingSuccess, request, 8);
    writer.xorMappedAddress(address, 0, addressBytes, from.port);
    writeIntegrity(writer, this.#localKey, hmacSha1);
    return out.subarray(0, writer.length);
  }
}
