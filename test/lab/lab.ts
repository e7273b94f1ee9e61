import { createContext, type LabContext } from "./lab-peer.ts";
import {
  type AudioTrackOptions,
  type PublishedAudio,
  type PublishedVideo,
  PublisherClient,
  type PublisherOptions,
} from "./publisher-client.ts";
import { Random } from "./random.ts";
import { Simulation } from "./simulation.ts";
import {
  type HeardAudio,
  SubscriberClient,
  type SubscriberOptions,
  type WatchedVideo,
} from "./subscriber-client.ts";
import type { VideoTrackOptions } from "./video-tracks.ts";

/** One media thread's engine below its cryptography, between clients, on a virtual clock. */
export class Lab {
  readonly simulation: Simulation = new Simulation();
  readonly engine: LabContext;
  readonly publishers: PublisherClient[] = [];
  readonly subscribers: SubscriberClient[] = [];
  readonly #random: Random;
  #ids = 0;

  /** @param seed decides everything that happens */
  constructor(seed: number = 1) {
    this.#random = new Random(seed);
    this.engine = createContext(this.simulation, this.#random.fork());
  }

  /** Since the start, ms. */
  get nowMs(): number {
    return this.simulation.elapsedMs;
  }

  addPublisher(options: PublisherOptions = {}): PublisherClient {
    const random = this.#random.fork();
    const client = new PublisherClient(
      this.#nextId(),
      this.simulation,
      random,
      this.engine,
      options,
    );
    this.publishers.push(client);
    return client;
  }

  addSubscriber(options: SubscriberOptions = {}): SubscriberClient {
    const random = this.#random.fork();
    const client = new SubscriberClient(
      this.#nextId(),
      this.simulation,
      random,
      this.engine,
      options,
    );
    this.subscribers.push(client);
    return client;
  }

  publishVideo(client: PublisherClient, options: VideoTrackOptions): PublishedVideo {
    return client.publishVideo(this.#nextId(), options);
  }

  watch(
    client: SubscriberClient,
    video: PublishedVideo,
    settings: Parameters<SubscriberClient["watch"]>[2] = {},
  ): WatchedVideo {
    return client.watch(this.#nextId(), video, settings);
  }

  publishAudio(client: PublisherClient, options: AudioTrackOptions = {}): PublishedAudio {
    return client.publishAudio(this.#nextId(), options);
  }

  /** @param hasRed the client takes RFC 2198 */
  listen(client: SubscriberClient, audio: PublishedAudio, hasRed: boolean = false): HeardAudio {
    return client.listen(this.#nextId(), audio, hasRed);
  }

  run(durationMs: number): void {
    this.simulation.advance(durationMs);
  }

  #nextId(): number {
    this.#ids += 1;
    return this.#ids;
  }
}
