import {
  AudioFrame,
  AudioSource,
  AudioStream,
  ContinualGatheringPolicy,
  type DataPacketKind,
  type DisconnectReason,
  IceServer,
  IceTransportType,
  LocalAudioTrack,
  type LocalTrackPublication,
  LocalVideoTrack,
  type Participant,
  type RemoteParticipant,
  type RemoteTrack,
  type RemoteTrackPublication,
  Room,
  RoomEvent,
  type RtcConfiguration,
  type TrackPublication,
  TrackPublishOptions,
  TrackSource,
  VideoBufferType,
  VideoCodec,
  VideoFrame,
  VideoSource,
  VideoStream,
} from "@livekit/rtc-node";
import type { VideoGrant } from "livekit-server-sdk";
import type { ServerProcess } from "./server-process.ts";
import { readTone, type ToneReading, writeTone } from "./tone.ts";
import { within } from "./until.ts";

const RATE_HZ = 48_000;
const FRAME_SAMPLES = RATE_HZ / 100;
/** How much sound is judged at once. */
const WINDOW_SAMPLES = RATE_HZ / 2;
const FRAMES_PER_SECOND = 15;

/** A TURN server, and who to be there. */
export interface RelayLogin {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Luma and chroma of a picture's middle, 0..255. */
export interface Colour {
  readonly y: number;
  readonly u: number;
  readonly v: number;
}

export const RED: Colour = { y: 81, u: 90, v: 240 };
export const BLUE: Colour = { y: 41, u: 240, v: 110 };

/** What comes with those events of a room that tests wait for. */
interface Events {
  readonly participantConnected: [participant: RemoteParticipant];
  readonly participantDisconnected: [participant: RemoteParticipant];
  readonly trackSubscribed: [
    track: RemoteTrack,
    publication: RemoteTrackPublication,
    participant: RemoteParticipant,
  ];
  readonly trackUnsubscribed: [
    track: RemoteTrack,
    publication: RemoteTrackPublication,
    participant: RemoteParticipant,
  ];
  readonly trackUnpublished: [publication: RemoteTrackPublication, participant: RemoteParticipant];
  readonly trackMuted: [publication: TrackPublication, participant: Participant];
  readonly trackUnmuted: [publication: TrackPublication, participant: Participant];
  readonly dataReceived: [
    payload: Uint8Array,
    sender: RemoteParticipant | undefined,
    kind: DataPacketKind | undefined,
    topic: string | undefined,
  ];
  readonly activeSpeakersChanged: [speakers: Participant[]];
  readonly disconnected: [reason: DisconnectReason];
  readonly moved: [];
}

/**
 * A native client of @livekit/rtc-node with sound and pictures that can be told again. The library's
 * own `dispose` is never called: after it no other test of the process could connect.
 */
export class NativeClient implements AsyncDisposable {
  readonly room: Room = new Room();
  readonly #log: { readonly event: string; readonly args: readonly unknown[] }[] = [];
  readonly #waiting: Set<() => void> = new Set();
  readonly #sources: Set<() => Promise<void>> = new Set();

  private constructor() {
    for (const event of Object.values(RoomEvent)) {
      this.room.on(event, (...args: unknown[]) => {
        this.#log.push({ event, args });
        for (const look of this.#waiting) look();
      });
    }
  }

  static async join(
    server: ServerProcess,
    room: string,
    identity: string,
    grant: VideoGrant = {},
    relay?: RelayLogin,
  ): Promise<NativeClient> {
    const client = new NativeClient();
    const token = await server.token(room, identity, grant);
    const connecting = client.room.connect(server.wsUrl, token, {
      autoSubscribe: true,
      dynacast: false,
      ...(relay === undefined ? {} : { rtcConfig: relayedBy(relay) }),
    });
    await within(connecting, { what: `${identity} to connect` });
    return client;
  }

  /** Takes the first event that fits and was not taken yet, or waits for it. */
  async event<E extends keyof Events>(
    event: E,
    fits: (...args: Events[E]) => boolean = () => true,
  ): Promise<Events[E]> {
    const { promise, resolve } = Promise.withResolvers<Events[E]>();
    const look = (): void => {
      const at = this.#log.findIndex(
        (entry) => entry.event === event && fits(...(entry.args as Events[E])),
      );
      if (at >= 0) resolve(this.#log.splice(at, 1)[0]!.args as Events[E]);
    };
    look();
    this.#waiting.add(look);
    try {
      const seen = (): string => this.#log.map((entry) => entry.event).join(", ");
      return await within(promise, { what: `the event ${event} (seen: ${seen()})` });
    } finally {
      this.#waiting.delete(look);
    }
  }

  /** The track of another participant, by the name it was published under. */
  async subscribed(name: string): Promise<{
    track: RemoteTrack;
    publication: RemoteTrackPublication;
  }> {
    const [track, publication] = await this.event(
      "trackSubscribed",
      (_, { name: of }) => of === name,
    );
    return { track, publication };
  }

  async publishTone(name: string, frequencyHz: number): Promise<LocalTrackPublication> {
    const source = new AudioSource(RATE_HZ, 1, 200);
    const track = LocalAudioTrack.createAudioTrack(name, source);
    let isRunning = true;
    const playing = (async () => {
      for (let offset = 0; isRunning; offset += FRAME_SAMPLES) {
        const samples = new Int16Array(FRAME_SAMPLES);
        writeTone(samples, frequencyHz, RATE_HZ, offset);
        await source.captureFrame(new AudioFrame(samples, RATE_HZ, 1, FRAME_SAMPLES));
      }
    })();
    this.#sources.add(async () => {
      isRunning = false;
      await playing;
      await source.close();
    });
    return this.#publish(track, { source: TrackSource.SOURCE_MICROPHONE, dtx: false, red: false });
  }

  async publishColour(
    name: string,
    colour: Colour,
    size: Size,
    simulcast: boolean = false,
  ): Promise<LocalTrackPublication> {
    const source = new VideoSource(size.width, size.height);
    const track = LocalVideoTrack.createVideoTrack(name, source);
    let tick = 0;
    const timer = setInterval(() => {
      const nowUs = BigInt(Math.round(performance.now() * 1000));
      source.captureFrame(picture(colour, size, tick++), nowUs);
    }, 1000 / FRAMES_PER_SECOND);
    this.#sources.add(async () => {
      clearInterval(timer);
      await source.close();
    });
    return this.#publish(track, {
      source: TrackSource.SOURCE_CAMERA,
      simulcast,
      videoCodec: VideoCodec.VP8,
    });
  }

  async leave(): Promise<void> {
    for (const stop of this.#sources) await stop();
    this.#sources.clear();
    await this.room.disconnect();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.leave();
  }

  #publish(
    track: LocalAudioTrack | LocalVideoTrack,
    options: ConstructorParameters<typeof TrackPublishOptions>[0],
  ): Promise<LocalTrackPublication> {
    const publishing = this.room.localParticipant!.publishTrack(
      track,
      new TrackPublishOptions(options),
    );
    return within(publishing, { what: `the publication of ${track.name}` });
  }
}

/** Listens until half a second of sound fits. @returns how it sounded */
export function hear(
  track: RemoteTrack,
  frequencyHz: number,
  fits: (reading: ToneReading) => boolean,
): Promise<ToneReading> {
  const reader = new AudioStream(track, RATE_HZ, 1).getReader();
  let last: ToneReading = { rms: 0, share: 0 };
  const listen = async (): Promise<ToneReading> => {
    const window = new Int16Array(WINDOW_SAMPLES);
    for (let filled = 0; ; ) {
      const { value, done } = await reader.read();
      if (done) throw new Error("The track ended");
      const samples = value.data.subarray(0, WINDOW_SAMPLES - filled);
      window.set(samples, filled);
      filled += samples.length;
      if (filled < WINDOW_SAMPLES) continue;
      last = readTone(window, frequencyHz, RATE_HZ);
      if (fits(last)) return last;
      filled = 0;
    }
  };
  return within(listen(), { what: `the sound asked for, of ${frequencyHz} Hz` })
    .catch((error) => {
      throw new Error(`Heard last: ${JSON.stringify(last)}`, { cause: error });
    })
    .finally(() => reader.cancel());
}

export function hearTone(track: RemoteTrack, frequencyHz: number): Promise<ToneReading> {
  return hear(track, frequencyHz, ({ rms, share }) => rms > 0.05 && share > 0.6);
}

export function hearSilence(track: RemoteTrack): Promise<ToneReading> {
  return hear(track, 440, ({ rms }) => rms < 0.005);
}

/** Watches until so many pictures have come. @returns the size and colour of the last one */
export function watch(track: RemoteTrack, pictures: number): Promise<Size & Colour> {
  const reader = new VideoStream(track).getReader();
  const look = async (): Promise<Size & Colour> => {
    for (let count = 1; ; count++) {
      const { value, done } = await reader.read();
      if (done) throw new Error("The track ended");
      if (count < pictures) continue;
      const { frame } = value;
      return middleOf(
        frame.type === VideoBufferType.I420 ? frame : frame.convert(VideoBufferType.I420),
      );
    }
  };
  return within(look(), { what: `${pictures} pictures` }).finally(() => reader.cancel());
}

/** Are these the same, as far as a video codec keeps colours? */
export function isLike(seen: Colour, wanted: Colour): boolean {
  const { y, u, v } = wanted;
  return Math.abs(seen.y - y) + Math.abs(seen.u - u) + Math.abs(seen.v - v) < 30;
}

/** A picture in one colour, with a small mark that moves: I420, the chroma planes halved. */
function picture(colour: Colour, { width, height }: Size, tick: number): VideoFrame {
  const luma = width * height;
  const chroma = luma / 4;
  const data = new Uint8Array(luma + 2 * chroma);
  data.fill(colour.y, 0, luma);
  data.fill(colour.u, luma, luma + chroma);
  data.fill(colour.v, luma + chroma);
  const left = (tick * 4) % (width - 8);
  for (let row = 0; row < 8; row++) data.fill(235, row * width + left, row * width + left + 8);
  return new VideoFrame(data, width, height, VideoBufferType.I420);
}

function middleOf({ data, width, height }: VideoFrame): Size & Colour {
  const luma = width * height;
  const chromaWidth = width >> 1;
  const chromaAt = (height >> 2) * chromaWidth + (chromaWidth >> 1);
  return {
    width,
    height,
    y: data[(height >> 1) * width + (width >> 1)]!,
    u: data[luma + chromaAt]!,
    v: data[luma + luma / 4 + chromaAt]!,
  };
}

/** Nothing but what this server relays. */
function relayedBy({ url, username, password }: RelayLogin): RtcConfiguration {
  return {
    iceTransportType: IceTransportType.TRANSPORT_RELAY,
    continualGatheringPolicy: ContinualGatheringPolicy.GATHER_ONCE,
    iceServers: [new IceServer({ urls: [url], username, password })],
  };
}
