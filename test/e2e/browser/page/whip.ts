/**
 * Runs in a tab: one peer connection that speaks WHIP, and nothing of LiveKit. Everything that a
 * test calls is a method of `globalThis.client`.
 */

const SDP_TYPE = "application/sdp";
const FRAGMENT_TYPE = "application/trickle-ice-sdpfrag";

export interface WhipSession {
  readonly location: string;
  readonly etag: string;
}

/** Members of the header `X-LiveKit-ClientInfo`. */
export interface ClientInfo {
  readonly subscribedParticipantTrackNames?: Readonly<Record<string, readonly string[]>>;
}

export class PageWhip {
  readonly #peer: RTCPeerConnection = new RTCPeerConnection();
  readonly #texts: string[] = [];
  #channel: RTCDataChannel | undefined;
  #origin = "";
  #token = "";
  #session: WhipSession = { location: "", etag: "" };

  /** The made-up microphone, and the made-up camera at 1280x720 as three layers. */
  async publish(origin: string, token: string): Promise<WhipSession> {
    const media = await navigator.mediaDevices.getUserMedia({
      audio: true,
      video: { width: 1280, height: 720 },
    });
    const [audio, video] = [media.getAudioTracks()[0]!, media.getVideoTracks()[0]!];
    this.#peer.addTransceiver(audio, { direction: "sendonly", streams: [media] });
    this.#peer.addTransceiver(video, {
      direction: "sendonly",
      streams: [media],
      sendEncodings: [
        { rid: "q", scaleResolutionDownBy: 4, maxBitrate: 150_000 },
        { rid: "h", scaleResolutionDownBy: 2, maxBitrate: 500_000 },
        { rid: "f", maxBitrate: 1_500_000 },
      ],
    });
    return this.#create(origin, token, {});
  }

  /** Receives one video track and has a data channel of its own. */
  async receive(origin: string, token: string, info: ClientInfo): Promise<WhipSession> {
    this.#peer.addTransceiver("video", { direction: "recvonly" });
    this.#channel = this.#peer.createDataChannel("");
    this.#channel.onmessage = ({ data }) => {
      this.#texts.push(typeof data === "string" ? data : new TextDecoder().decode(data));
    };
    this.#peer.ontrack = ({ track }) => {
      const element = document.createElement("video");
      element.muted = true;
      element.srcObject = new MediaStream([track]);
      document.body.append(element);
      void element.play();
    };
    return this.#create(origin, token, info);
  }

  /** As a client does whose network changed: fresh credentials by PATCH, the description stays. */
  async restartIce(): Promise<WhipSession> {
    const answer = this.#peer.currentRemoteDescription!.sdp;
    this.#peer.restartIce();
    await this.#peer.setLocalDescription();
    const offer = this.#peer.localDescription!.sdp;
    const mid = /^a=mid:(\S+)/m.exec(offer)![1]!;
    const lines = [
      /^a=group:.*$/m.exec(offer)![0],
      /^m=.*$/m.exec(offer)![0],
      `a=mid:${mid}`,
      /^a=ice-ufrag:.*$/m.exec(offer)![0],
      /^a=ice-pwd:.*$/m.exec(offer)![0],
    ];
    const response = await fetch(this.#origin + this.#session.location, {
      method: "PATCH",
      headers: { ...this.#authorization, "Content-Type": FRAGMENT_TYPE, "If-Match": "*" },
      body: `${lines.join("\r\n").replaceAll("\r\r", "\r")}\r\n`,
    });
    const fragment = await response.text();
    if (response.status !== 200) throw new Error(`PATCH: ${response.status} ${fragment}`);
    const ufrag = /^a=ice-ufrag:.*$/m.exec(fragment)![0];
    const pwd = /^a=ice-pwd:.*$/m.exec(fragment)![0];
    const sdp = answer.replaceAll(/^a=ice-ufrag:.*$/gm, ufrag).replaceAll(/^a=ice-pwd:.*$/gm, pwd);
    await this.#peer.setRemoteDescription({ type: "answer", sdp });
    this.#session = { ...this.#session, etag: response.headers.get("ETag") ?? "" };
    return this.#session;
  }

  /** @returns the status of the answer */
  async stop(): Promise<number> {
    const { location } = this.#session;
    const init = { method: "DELETE", headers: this.#authorization };
    return (await fetch(this.#origin + location, init)).status;
  }

  send(text: string): void {
    this.#channel?.send(text);
  }

  /** Open: there is nothing that would have to be sent before. */
  isChannelOpen(): boolean {
    return this.#channel?.readyState === "open";
  }

  /** What came on the data channel so far. */
  texts(): string[] {
    return this.#texts;
  }

  state(): RTCPeerConnectionState {
    return this.#peer.connectionState;
  }

  async framesDecoded(): Promise<number> {
    const stats = [...(await this.#peer.getStats()).values()];
    return stats.find(({ type }) => type === "inbound-rtp")?.framesDecoded ?? 0;
  }

  async #create(origin: string, token: string, info: ClientInfo): Promise<WhipSession> {
    this.#origin = origin;
    this.#token = token;
    await this.#peer.setLocalDescription();
    const response = await fetch(`${origin}/whip/v1`, {
      method: "POST",
      headers: {
        ...this.#authorization,
        "Content-Type": SDP_TYPE,
        "X-LiveKit-ClientInfo": JSON.stringify(info),
      },
      body: this.#peer.localDescription!.sdp,
    });
    const sdp = await response.text();
    if (response.status !== 201) throw new Error(`POST: ${response.status} ${sdp}`);
    await this.#peer.setRemoteDescription({ type: "answer", sdp });
    this.#session = {
      location: response.headers.get("Location") ?? "",
      etag: response.headers.get("ETag") ?? "",
    };
    return this.#session;
  }

  get #authorization(): { readonly Authorization: string } {
    return { Authorization: `Bearer ${this.#token}` };
  }
}

Object.assign(globalThis, { client: new PageWhip() });
