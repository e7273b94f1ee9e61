import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { TurnFrameReader } from "../../src/io/turn-framing.ts";
import { TurnType } from "../../src/wire/turn/constants.ts";
import {
  type Answer,
  type Attribute,
  channel,
  channelData,
  type Login,
  message,
  newTransaction,
  overUdp,
  peer,
  readAnswer,
} from "./turn-messages.ts";

/** How a client reaches the server. */
export interface TurnClientSocket {
  send(bytes: Uint8Array): void;
  close(): void;
}

type Opened = {
  readonly socket: TurnClientSocket;
  /** Resolves when the server has ended the connection. */
  readonly closed: Promise<void>;
};

const WAIT_MS = 5_000;

/** A TURN client on a real socket, for tests: asks one thing after the other. */
export class TurnClient {
  readonly closed: Promise<void>;
  readonly #socket: TurnClientSocket;
  readonly #login: Login;
  readonly #answers = new Map<string, (answer: Answer) => void>();
  /** ChannelData as `number text`, Data indications as `address port text`. */
  readonly #received: string[] = [];
  #awaitReceived: () => void = () => {};
  #nonce: Uint8Array | undefined;

  constructor(login: Login, open: (receive: (bytes: Uint8Array) => void) => Opened) {
    this.#login = login;
    const { socket, closed } = open((bytes) => this.#receive(bytes));
    this.#socket = socket;
    this.closed = closed;
  }

  static udp(login: Login, port: number): TurnClient {
    return new TurnClient(login, (receive) => {
      const socket: UdpSocket = createSocket("udp4", (bytes) => receive(bytes));
      return {
        socket: {
          send: (bytes) => socket.send(bytes, port, "127.0.0.1"),
          close: () => socket.close(),
        },
        closed: new Promise((resolve) => socket.once("close", () => resolve())),
      };
    });
  }

  /**
   * @param preface sent before anything else, and before TLS
   * @param isTls the server's certificate is not checked
   */
  static tcp(login: Login, port: number, isTls: boolean, preface?: Uint8Array): TurnClient {
    return new TurnClient(login, (receive) => {
      const plain: Socket = connect(port, "127.0.0.1");
      if (preface !== undefined) plain.write(preface);
      const stream = isTls ? connectTls({ socket: plain, rejectUnauthorized: false }) : plain;
      const reader = new TurnFrameReader();
      const sink = {
        onMessage: (bytes: Uint8Array) => {
          receive(bytes.slice());
          return true;
        },
        onBroken: () => stream.destroy(),
      };
      stream.on("data", (chunk: Uint8Array) => reader.push(chunk, sink));
      stream.on("error", () => {});
      plain.on("error", () => {});
      return {
        socket: {
          send: (bytes) => {
            const padded = new Uint8Array((bytes.length + 3) & ~3);
            padded.set(bytes);
            stream.write(padded);
          },
          close: () => plain.destroy(),
        },
        closed: new Promise((resolve) => plain.once("close", () => resolve())),
      };
    });
  }

  /** Without credentials. */
  ask(type: number, attributes: readonly Attribute[] = []): Promise<Answer> {
    const transaction = newTransaction();
    return this.#exchange(transaction, message(type, attributes, { transaction }));
  }

  /** With credentials, asked for again when the nonce is not good. */
  async request(type: number, attributes: readonly Attribute[] = []): Promise<Answer> {
    this.#nonce ??= (await this.ask(type, attributes)).nonce;
    const transaction = newTransaction();
    const options = { transaction, login: this.#login, nonce: this.#nonce! };
    const answer = await this.#exchange(transaction, message(type, attributes, options));
    if (answer.code !== 438) return answer;
    this.#nonce = answer.nonce;
    return this.request(type, attributes);
  }

  allocate(attributes: readonly Attribute[] = []): Promise<Answer> {
    return this.request(TurnType.Allocate, [overUdp, ...attributes]);
  }

  permit(address: string): Promise<Answer> {
    return this.request(TurnType.CreatePermission, [peer(address)]);
  }

  bind(number: number, address: string, port: number): Promise<Answer> {
    return this.request(TurnType.ChannelBind, [peer(address, port), channel(number)]);
  }

  sendChannel(number: number, text: string): void {
    this.#socket.send(channelData(number, new TextEncoder().encode(text)));
  }

  send(bytes: Uint8Array): void {
    this.#socket.send(bytes);
  }

  /** The next data that comes. */
  async received(): Promise<string> {
    if (this.#received.length === 0) {
      await within<void>("data", (resolve) => {
        this.#awaitReceived = resolve;
      });
    }
    return this.#received.shift()!;
  }

  close(): void {
    this.#socket.close();
  }

  #exchange(transaction: Uint8Array, bytes: Uint8Array): Promise<Answer> {
    return within("an answer", (resolve) => {
      this.#answers.set(transaction.toHex(), resolve);
      this.#socket.send(bytes);
    });
  }

  #receive(bytes: Uint8Array): void {
    const decoder = new TextDecoder();
    if ((bytes[0]! & 0xc0) === 0x40) {
      const length = (bytes[2]! << 8) | bytes[3]!;
      const number = (bytes[0]! << 8) | bytes[1]!;
      this.#received.push(
        `${number.toString(16)} ${decoder.decode(bytes.subarray(4, 4 + length))}`,
      );
      this.#awaitReceived();
      return;
    }
    const answer = readAnswer(bytes);
    if (answer.type === TurnType.DataIndication) {
      this.#received.push(`${answer.peer} ${decoder.decode(answer.data)}`);
      this.#awaitReceived();
      return;
    }
    this.#answers.get(bytes.slice(8, 20).toHex())?.(answer);
  }
}

function within<T>(what: string, run: (resolve: (value: T) => void) => void): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const timer = setTimeout(() => reject(new Error(`${what} did not come`)), WAIT_MS);
  run(resolve);
  return promise.finally(() => clearTimeout(timer));
}
