/**
 * Runs in a tab: one livekit-client room, and answers about it that a test can read. Everything that
 * a test calls is a method of `globalThis.client`.
 */
import {
  createLocalVideoTrack,
  type RemoteTrackPublication,
  Room,
  RoomEvent,
  type ScalabilityMode,
  Track,
  VideoPresets,
  VideoQuality,
} from "livekit-client";

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly framesDecoded: number;
  readonly freezeCount: number;
  /** How long all of them lasted together. */
  readonly freezesMs: number;
  /** How often the client asked for a key frame, since it could not go on. */
  readonly pliCount: number;
  readonly codec: string;
}

/** What reached a subscriber's camera picture; sums since it began, but for the height. */
export interface Reception {
  readonly height: number;
  readonly framesDecoded: number;
  readonly packetsReceived: number;
  /** As first sent: retransmissions have a stream of their own. */
  readonly packetsLost: number;
  readonly retransmittedPacketsReceived: number;
  readonly freezeCount: number;
  /** The longest time without a new picture since the last call, ms. */
  readonly gapMaxMs: number;
}

export interface Inbound {
  readonly packetsReceived: number;
  readonly packetsLost: number;
  /** Of payloads. */
  readonly bytesReceived: number;
  readonly jitterBufferDelay: number;
  readonly jitterBufferEmittedCount: number;
  /** Put together, decoded or not; 0 of audio. */
  readonly framesReceived: number;
}

/** Of the W3C's extensions to WebRTC, not in the DOM's types yet. */
type ExtendedTransceiver = RTCRtpTransceiver & {
  getHeaderExtensionsToNegotiate(): { uri: string; direction: string }[];
  setHeaderExtensionsToNegotiate(extensions: { uri: string; direction: string }[]): void;
};

const QUALITIES: Readonly<Record<string, VideoQuality>> = {
  low: VideoQuality.LOW,
  medium: VideoQuality.MEDIUM,
  high: VideoQuality.HIGH,
};

export class PageClient {
  readonly #room: Room = new Room({ adaptiveStream: false, dynacast: false });

  /** Rooms that the server moved it to. */
  readonly #moves: string[] = [];
  #lastPictureMs = 0;
  #gapMaxMs = 0;
  #reconnects = 0;

  async join(url: string, token: string): Promise<void> {
    this.#room.on(RoomEvent.Moved, (name) => this.#moves.push(name));
    this.#room.on(RoomEvent.Reconnecting, () => {
      this.#reconnects += 1;
    });
    // Sound that no element plays is not decoded.
    this.#room.on(RoomEvent.TrackSubscribed, (track) => track.attach());
    await this.#room.connect(url, token);
  }

  /** From now on this tab says that it can decode these codecs of video alone, such as `VP8`. */
  takeOnly(names: readonly string[]): void {
    const isTaken = ({ mimeType }: { readonly mimeType: string }): boolean =>
      [...names, "rtx"].some((name) => mimeType.toLowerCase() === `video/${name.toLowerCase()}`);
    const codecs = RTCRtpReceiver.getCapabilities("video")?.codecs.filter(isTaken) ?? [];
    const restrict = (connection: RTCPeerConnection): void => {
      for (const transceiver of connection.getTransceivers()) {
        const isReceiving = transceiver.direction !== "sendonly";
        if (isReceiving && transceiver.receiver.track.kind === "video") {
          transceiver.setCodecPreferences(codecs);
        }
      }
    };
    const prototype = RTCPeerConnection.prototype;
    const { createAnswer, createOffer } = prototype;
    Object.assign(prototype, {
      createAnswer(this: RTCPeerConnection, ...args: Parameters<typeof createAnswer>) {
        restrict(this);
        return createAnswer.apply(this, args);
      },
      createOffer(this: RTCPeerConnection, ...args: Parameters<typeof createOffer>) {
        restrict(this);
        return createOffer.apply(this, args);
      },
    });
  }

  /** From here on video is sent with dependency descriptors, of codecs too that do without. */
  describeAllVideo(): void {
    const pc = RTCPeerConnection.prototype;
    const addTransceiver = pc.addTransceiver;
    pc.addTransceiver = function (...args): RTCRtpTransceiver {
      const transceiver = addTransceiver.apply(this, args) as ExtendedTransceiver;
      const extensions = transceiver.getHeaderExtensionsToNegotiate();
      for (const extension of extensions) {
        if (extension.uri.includes("dependency-descriptor")) extension.direction = "sendrecv";
      }
      transceiver.setHeaderExtensionsToNegotiate(extensions);
      return transceiver;
    };
  }

  /** No more frames a second of the other participant's camera. */
  setFrameRate(framesPerSecond: number): void {
    this.#camera()?.setVideoFPS(framesPerSecond);
  }

  /** The made-up camera at 1280x720 as three layers. */
  async publishCamera(
    codec: "vp8" | "h264" | "vp9" | "av1",
    backupCodec: boolean = false,
  ): Promise<void> {
    const track = await createLocalVideoTrack({ resolution: VideoPresets.h720.resolution });
    await this.#room.localParticipant.publishTrack(track, {
      source: Track.Source.Camera,
      simulcast: true,
      videoCodec: codec,
      backupCodec,
      videoSimulcastLayers: [VideoPresets.h180, VideoPresets.h360],
    });
  }

  /**
   * The made-up camera at 960x540, few frames: encoding three layers is slow. Of a smaller picture
   * libwebrtc makes fewer layers.
   *
   * @param mode all layers in one stream, such as L3T3_KEY
   */
  async publishLayered(codec: "vp9" | "av1", mode: ScalabilityMode): Promise<void> {
    const track = await createLocalVideoTrack({
      resolution: { width: 960, height: 540, frameRate: 10 },
    });
    await this.#room.localParticipant.publishTrack(track, {
      source: Track.Source.Camera,
      videoCodec: codec,
      backupCodec: false,
      scalabilityMode: mode,
    });
  }

  async setMicrophone(isOn: boolean): Promise<void> {
    await this.#room.localParticipant.setMicrophoneEnabled(isOn);
  }

  moves(): string[] {
    return [...this.#moves];
  }

  reconnects(): number {
    return this.#reconnects;
  }

  others(): string[] {
    return [...this.#room.remoteParticipants.keys()];
  }

  setQuality(quality: "low" | "medium" | "high"): void {
    this.#camera()?.setVideoQuality(QUALITIES[quality]!);
  }

  /** undefined until the other participant's camera is subscribed and has shown a picture. */
  async picture(): Promise<Picture | undefined> {
    const report = await this.#camera()?.track?.getRTCStatsReport();
    const stats = [...(report?.values() ?? [])];
    const inbound = stats.find(({ type, kind }) => type === "inbound-rtp" && kind === "video");
    if (inbound?.frameWidth === undefined) return undefined;
    const codec = stats.find(({ id }) => id === inbound.codecId);
    return {
      width: inbound.frameWidth,
      height: inbound.frameHeight,
      framesDecoded: inbound.framesDecoded,
      freezeCount: inbound.freezeCount ?? 0,
      freezesMs: (inbound.totalFreezesDuration ?? 0) * 1000,
      pliCount: inbound.pliCount ?? 0,
      codec: codec?.mimeType ?? "",
    };
  }

  /** Notes each picture that is shown from now on, for `reception`. */
  watchPictures(): void {
    const video = this.#camera()?.track?.attachedElements[0];
    if (!(video instanceof HTMLVideoElement)) throw new Error("No camera is subscribed");
    const note = (nowMs: number): void => {
      if (this.#lastPictureMs > 0) {
        this.#gapMaxMs = Math.max(this.#gapMaxMs, nowMs - this.#lastPictureMs);
      }
      this.#lastPictureMs = nowMs;
      video.requestVideoFrameCallback(note);
    };
    video.requestVideoFrameCallback(note);
  }

  /** undefined as long as `picture` is. */
  async reception(): Promise<Reception | undefined> {
    const report = await this.#camera()?.track?.getRTCStatsReport();
    const inbound = [...(report?.values() ?? [])].find(
      ({ type, kind }) => type === "inbound-rtp" && kind === "video",
    );
    if (inbound?.frameHeight === undefined) return undefined;
    const sinceMs = this.#lastPictureMs > 0 ? performance.now() - this.#lastPictureMs : 0;
    const gapMaxMs = Math.max(this.#gapMaxMs, sinceMs);
    this.#gapMaxMs = 0;
    return {
      height: inbound.frameHeight,
      framesDecoded: inbound.framesDecoded,
      packetsReceived: inbound.packetsReceived,
      packetsLost: inbound.packetsLost,
      retransmittedPacketsReceived: inbound.retransmittedPacketsReceived ?? 0,
      freezeCount: inbound.freezeCount ?? 0,
      gapMaxMs,
    };
  }

  /** undefined until the other participant's track has packets. */
  async inbound(kind: "audio" | "video"): Promise<Inbound | undefined> {
    const source = kind === "audio" ? Track.Source.Microphone : Track.Source.Camera;
    const report = await this.#other(source)?.track?.getRTCStatsReport();
    const stats = [...(report?.values() ?? [])];
    const inbound = stats.find((one) => one.type === "inbound-rtp" && one.kind === kind);
    if (inbound === undefined) return undefined;
    return {
      packetsReceived: inbound.packetsReceived,
      packetsLost: inbound.packetsLost,
      bytesReceived: inbound.bytesReceived,
      jitterBufferDelay: inbound.jitterBufferDelay,
      jitterBufferEmittedCount: inbound.jitterBufferEmittedCount,
      framesReceived: inbound.framesReceived ?? 0,
    };
  }

  /** Energy of the other participant's sound since it began. */
  async soundEnergy(): Promise<number> {
    const publication = this.#other(Track.Source.Microphone);
    const report = await publication?.track?.getRTCStatsReport();
    const stats = [...(report?.values() ?? [])];
    const inbound = stats.find(({ type, kind }) => type === "inbound-rtp" && kind === "audio");
    return inbound?.totalAudioEnergy ?? 0;
  }

  async leave(): Promise<void> {
    await this.#room.disconnect();
  }

  #camera(): RemoteTrackPublication | undefined {
    return this.#other(Track.Source.Camera);
  }

  #other(source: Track.Source): RemoteTrackPublication | undefined {
    const [other] = this.#room.remoteParticipants.values();
    return other?.getTrackPublication(source);
  }
}

Object.assign(globalThis, { client: new PageClient() });
