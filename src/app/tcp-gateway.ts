import type { Log } from "../base/log.ts";
import type { MediaCommand } from "../bridge/commands.ts";
import type { MediaCandidate } from "../bridge/media-thread.ts";
import type { MediaAddress } from "../config/addresses.ts";
import { createIceTcpListener, type IceTcpListener } from "../io/ice-tcp-listener.ts";
import { readUsernameUfrag } from "../transport/ice/ufrag-of.ts";
import type { TcpInput, TcpOutput } from "./relayed-tcp-port.ts";

/** An engine that frames are handed to. */
export type TcpEngine = { receiveTcp(input: TcpInput): void };

const LISTENER_BITS = 4;
const LISTENER_MASK = (1 << LISTENER_BITS) - 1;
export const TCP_LISTENERS_MAX: number = LISTENER_MASK + 1;
/** Fragments of one peer, of its newest ICE restarts; connections that have older ones stay. */
const UFRAGS_MAX = 8;

/**
 * Passive ICE/TCP for all media threads (RFC 6544): accepts connections, finds by the fragment in
 * the first STUN request which thread their peer lives on, and hands frames to and fro.
 */
export class TcpGateway {
  readonly candidates: readonly MediaCandidate[];
  readonly #listeners: readonly IceTcpListener[];
  readonly #engineByUfrag = new Map<string, TcpEngine>();
  readonly #ufragsByPeer = new Map<number, string[]>();
  /** Of connections that peers hold, and how often. */
  readonly #holds = new Map<number, { readonly engine: TcpEngine; count: number }>();

  /** @throws ServerError when the port is taken */
  constructor(addresses: readonly MediaAddress[], port: number, log: Log) {
    const listeners: IceTcpListener[] = [];
    const candidates: MediaCandidate[] = [];
    try {
      for (const { listen, announce } of addresses.slice(0, TCP_LISTENERS_MAX)) {
        const index = listeners.length;
        const listener = createIceTcpListener({
          address: listen,
          port,
          log,
          handler: (bytes, path) => this.#receive(bytes, (path << LISTENER_BITS) | index),
        });
        listeners.push(listener);
        for (const address of announce) {
          candidates.push({ protocol: "tcp", address, port: listener.localPort });
        }
      }
    } catch (error) {
      for (const listener of listeners) listener.close();
      throw error;
    }
    this.#listeners = listeners;
    this.candidates = candidates;
  }

  /** Learns which fragments lead to which engine from the commands that the engine is given. */
  note(command: MediaCommand, engine: TcpEngine): void {
    switch (command.kind) {
      case "create-peer":
        this.#ufragsByPeer.set(command.peerId, [command.localUfrag]);
        this.#engineByUfrag.set(command.localUfrag, engine);
        break;
      case "restart-ice":
        this.#addUfrag(command.peerId, command.localUfrag, engine);
        break;
      case "close-peer":
        for (const ufrag of this.#ufragsByPeer.get(command.peerId) ?? []) {
          this.#engineByUfrag.delete(ufrag);
        }
        this.#ufragsByPeer.delete(command.peerId);
        break;
      default:
        break;
    }
  }

  #addUfrag(peerId: number, ufrag: string, engine: TcpEngine): void {
    const ufrags = this.#ufragsByPeer.get(peerId);
    if (ufrags === undefined) return;
    if (ufrags.length === UFRAGS_MAX) this.#engineByUfrag.delete(ufrags.shift()!);
    ufrags.push(ufrag);
    this.#engineByUfrag.set(ufrag, engine);
  }

  #receive(bytes: Uint8Array, path: number): void {
    const ufrag = readUsernameUfrag(bytes, 0, bytes.length);
    const engine = this.#engineByUfrag.get(ufrag) ?? this.#holds.get(path)?.engine;
    if (engine === undefined) return;
    const { address, port } = this.#listenerOf(path).pathAddress(path >> LISTENER_BITS);
    // only a path that the engine holds is remembered: the rest of the world sends STUN here too
    engine.receiveTcp({ kind: "tcp-receive", path, address, port, bytes: bytes.slice() });
  }

  /** What an engine's peers do with their connections. */
  handleOutput(output: TcpOutput, engine: TcpEngine): void {
    const listener = this.#listenerOf(output.path);
    const path = output.path >> LISTENER_BITS;
    switch (output.kind) {
      case "tcp-send": {
        const offset = listener.reserve(output.bytes.length);
        listener.arena.set(output.bytes, offset);
        listener.commit(path, output.bytes.length);
        listener.flush();
        break;
      }
      case "tcp-hold": {
        const count = this.#holds.get(output.path)?.count ?? 0;
        this.#holds.set(output.path, { engine, count: count + 1 });
        listener.holdPath(path);
        break;
      }
      case "tcp-release": {
        const hold = this.#holds.get(output.path);
        if (hold !== undefined) hold.count -= 1;
        if (hold?.count === 0) this.#holds.delete(output.path);
        listener.releasePath(path);
        break;
      }
    }
  }

  /** The engine is gone: closes the connections of its peers. */
  drop(engine: TcpEngine): void {
    for (const [path, hold] of this.#holds) {
      if (hold.engine !== engine) continue;
      this.#holds.delete(path);
      for (let i = 0; i < hold.count; i++) {
        this.#listenerOf(path).releasePath(path >> LISTENER_BITS);
      }
    }
    for (const [ufrag, owner] of this.#engineByUfrag) {
      if (owner === engine) this.#engineByUfrag.delete(ufrag);
    }
  }

  #listenerOf(path: number): IceTcpListener {
    return this.#listeners[path & LISTENER_MASK]!;
  }

  close(): void {
    for (const listener of this.#listeners) listener.close();
  }
}
