/** Drops one in so many RTP packets on the way to the server. */
const ONE_IN = 8;

type Datagram = Buffer<ArrayBufferLike>;

/**
 * A UDP relay in front of the server that loses media of clients, at an even pace: STUN, DTLS and
 * RTCP pass, and so does everything to the client.
 */
export class LossyLink implements AsyncDisposable {
  readonly #serverPort: number;
  readonly #toServer = new Map<string, Promise<Bun.udp.ConnectedSocket<"buffer">>>();
  #front: Bun.udp.Socket<"buffer"> | undefined;
  #packets = 0;
  /** Packets that were lost. */
  dropped = 0;

  private constructor(serverPort: number) {
    this.#serverPort = serverPort;
  }

  static async open(serverPort: number): Promise<LossyLink> {
    const link = new LossyLink(serverPort);
    link.#front = await Bun.udpSocket({
      hostname: "127.0.0.1",
      socket: { data: (_, bytes, port) => link.#fromClient(bytes, port), error: ignore },
    });
    return link;
  }

  /** Where clients are to send to. */
  get port(): number {
    return this.#front!.port;
  }

  /** Runs in a page before its own scripts: candidates of the server are those of the relay. */
  get pageScript(): string {
    const from = ` 127.0.0.1 ${this.#serverPort} `;
    const to = ` 127.0.0.1 ${this.port} `;
    return `{
      const moved = (text) => text.replaceAll(${JSON.stringify(from)}, ${JSON.stringify(to)});
      const { addIceCandidate, setRemoteDescription } = RTCPeerConnection.prototype;
      RTCPeerConnection.prototype.addIceCandidate = function (one) {
        return addIceCandidate.call(this, one && { ...one, candidate: moved(one.candidate) });
      };
      RTCPeerConnection.prototype.setRemoteDescription = function ({ type, sdp }) {
        return setRemoteDescription.call(this, { type, sdp: moved(sdp) });
      };
    }`;
  }

  async #fromClient(bytes: Datagram, port: number): Promise<void> {
    if (isRtp(bytes)) {
      this.#packets += 1;
      if (this.#packets % ONE_IN === 0) {
        this.dropped += 1;
        return;
      }
    }
    const key = String(port);
    let back = this.#toServer.get(key);
    if (back === undefined) {
      back = Bun.udpSocket({
        connect: { hostname: "127.0.0.1", port: this.#serverPort },
        socket: { data: (_, answer) => this.#toClient(answer, port), error: ignore },
      });
      this.#toServer.set(key, back);
    }
    const socket = await back;
    if (!socket.closed) socket.send(bytes);
  }

  #toClient(bytes: Datagram, port: number): void {
    try {
      this.#front?.send(bytes, port, "127.0.0.1");
    } catch (error) {
      ignore(error);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#front?.close();
    this.#front = undefined;
    for (const socket of this.#toServer.values()) (await socket).close();
  }
}

/** A client that closed its socket, or gave up a candidate, is none of the test's business. */
function ignore(_error: unknown): void {}

/** RFC 7983 and RFC 5761: neither STUN, DTLS nor RTCP. */
function isRtp(bytes: Datagram): boolean {
  const first = bytes[0]!;
  const second = bytes[1]!;
  return first >= 128 && first <= 191 && !(second >= 192 && second <= 223);
}
