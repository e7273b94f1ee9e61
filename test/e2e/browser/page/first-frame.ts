/**
 * Runs in a tab: how long a subscriber waits for its first picture. Everything that the load calls
 * is a method of `globalThis.client`.
 */
import {
  createLocalVideoTrack,
  type RemoteTrack,
  type RemoteTrackPublication,
  Room,
  RoomEvent,
  Track,
} from "livekit-client";

/** Milliseconds since the client asked. */
export interface FirstFrame {
  /** Connected to the room; 0 for one who was in it already. */
  readonly joinedMs: number;
  /** The server's description was answered, and the track is there. */
  readonly subscribedMs: number;
  /** The first decoded picture. */
  readonly pictureMs: number;
}

/** Of pictures as they are decoded, on their way to a screen. */
declare class MediaStreamTrackProcessor {
  constructor(options: { track: MediaStreamTrack });
  readonly readable: ReadableStream<VideoFrame>;
}

class FirstFrameClient {
  #room: Room = newRoom();

  /** A made-up camera of 640x360 in two layers. */
  async publish(url: string, token: string): Promise<void> {
    await this.#room.connect(url, token);
    const track = await createLocalVideoTrack({
      resolution: { width: 640, height: 360, frameRate: 15 },
    });
    await this.#room.localParticipant.publishTrack(track, {
      source: Track.Source.Camera,
      simulcast: true,
      videoCodec: "vp8",
      backupCodec: false,
    });
  }

  /** Joins a room in which a picture is published, and waits for it. */
  async join(url: string, token: string): Promise<FirstFrame> {
    this.#room = newRoom();
    const startMs = performance.now();
    const subscribed = onceSubscribed(this.#room, startMs);
    await this.#room.connect(url, token);
    const joinedMs = performance.now() - startMs;
    const first = await subscribed;
    return { ...first, joinedMs };
  }

  /** Is in the room, wants the picture no more, and later again. */
  async resubscribe(pauseMs: number): Promise<FirstFrame> {
    const publication = this.#publication();
    publication.setSubscribed(false);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    const startMs = performance.now();
    const subscribed = onceSubscribed(this.#room, startMs);
    publication.setSubscribed(true);
    return { ...(await subscribed), joinedMs: 0 };
  }

  async leave(): Promise<void> {
    await this.#room.disconnect();
  }

  #publication(): RemoteTrackPublication {
    const [other] = this.#room.remoteParticipants.values();
    const publication = other?.getTrackPublication(Track.Source.Camera);
    if (publication === undefined) throw new Error("Nobody publishes a camera");
    return publication;
  }
}

function newRoom(): Room {
  return new Room({ adaptiveStream: false, dynacast: false });
}

function onceSubscribed(room: Room, startMs: number): Promise<Omit<FirstFrame, "joinedMs">> {
  return new Promise((resolve, reject) => {
    room.once(RoomEvent.TrackSubscribed, (track) => {
      const subscribedMs = performance.now() - startMs;
      firstPicture(track).then(
        () => resolve({ subscribedMs, pictureMs: performance.now() - startMs }),
        reject,
      );
    });
  });
}

async function firstPicture(track: RemoteTrack): Promise<void> {
  const { readable } = new MediaStreamTrackProcessor({ track: track.mediaStreamTrack });
  const reader = readable.getReader();
  const { value } = await reader.read();
  value?.close();
  await reader.cancel();
}

Object.assign(globalThis, { client: new FirstFrameClient() });
