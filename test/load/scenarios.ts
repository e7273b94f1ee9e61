import type { Published } from "../../src/loadtest/load-client.ts";

/** Who is in a load. Publishers hear each other only in rooms without mere subscribers. */
export type Scenario = {
  readonly name: string;
  readonly what: string;
  readonly rooms: number;
  readonly publishers: number;
  readonly subscribers: number;
  readonly published: Published;
  /** So many subscribers of a room decrypt what they get; the others count it. All unless told. */
  readonly fullSubscribers?: number;
  /** Rooms are added until the server takes half of one core. */
  readonly isHalfLoad?: boolean;
};

export const SCENARIOS: readonly Scenario[] = [
  {
    name: "livestream",
    what: "one simulcast video to 60 subscribers",
    rooms: 1,
    publishers: 1,
    subscribers: 60,
    published: { audio: false, video: "simulcast" },
  },
  {
    name: "fanout-audio",
    what: "five microphones to 60 subscribers",
    rooms: 1,
    publishers: 5,
    subscribers: 60,
    published: { audio: true, video: "none" },
  },
  {
    name: "meeting",
    what: "twelve people with sound and simulcast video, all to all",
    rooms: 1,
    publishers: 12,
    subscribers: 0,
    published: { audio: true, video: "simulcast" },
  },
  {
    name: "many-rooms",
    what: "twenty calls of two with sound and simulcast video",
    rooms: 20,
    publishers: 2,
    subscribers: 0,
    published: { audio: true, video: "simulcast" },
  },
  {
    name: "big-room",
    what: "one microphone to 1,000 subscribers, most of which only count",
    rooms: 1,
    publishers: 1,
    subscribers: 1_000,
    published: { audio: true, video: "none" },
    fullSubscribers: 20,
  },
  {
    name: "half-load",
    what: "as many rooms of a camera with sound to ten as take half a core of the server",
    rooms: 10,
    publishers: 1,
    subscribers: 10,
    published: { audio: true, video: "simulcast" },
    fullSubscribers: 2,
    isHalfLoad: true,
  },
];

/** Streams that all clients together must receive before the measurement begins. */
export function expectedStreams(scenario: Scenario): { audio: number; video: number } {
  const { rooms, publishers, subscribers, published } = scenario;
  const pairs = rooms * publishers * (subscribers > 0 ? subscribers : publishers - 1);
  return {
    audio: published.audio ? pairs : 0,
    video: published.video === "none" ? 0 : pairs,
  };
}
