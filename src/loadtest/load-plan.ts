import type { Published } from "./load-client.ts";

/** Which sizes of video a subscriber asks for, by the video's place among those it sees. */
export const LAYOUTS = {
  /** One large, eight small. */
  speaker: { large: 1, width: 1280, height: 720, videos: 9, smallWidth: 320, smallHeight: 180 },
  "3x3": { large: 9, width: 640, height: 360, videos: 9, smallWidth: 0, smallHeight: 0 },
  "4x4": { large: 16, width: 320, height: 180, videos: 16, smallWidth: 0, smallHeight: 0 },
  "5x5": { large: 25, width: 320, height: 180, videos: 25, smallWidth: 0, smallHeight: 0 },
} as const;

/** `all`: every video as large as it is sent, and no wish is told. */
export type LayoutName = keyof typeof LAYOUTS | "all";

/** What a load test does, read and checked. */
export type LoadPlan = {
  /** `ws://` or `wss://`, with a path where there is one, no slash at the end. */
  readonly url: string;
  readonly key: string;
  readonly secret: string;
  /** Name of the room; of several the beginning of their names. */
  readonly room: string;
  /** All with as many participants as said below. */
  readonly rooms: number;
  /** From the moment when all have joined; 0: until it is stopped. */
  readonly durationMs: number;
  readonly audioPublishers: number;
  readonly videoPublishers: number;
  readonly dataSenders: number;
  readonly subscribers: number;
  /** Publishers receive what the others publish, as in a meeting. */
  readonly publishersSubscribe: boolean;
  readonly joinsPerSecond: number;
  /** Of `SIMULCAST_LAYERS`, from the lowest: 1..3. */
  readonly layerCount: number;
  readonly isSimulcast: boolean;
  readonly layout: LayoutName;
  readonly identityPrefix: string;
  readonly data: {
    /** Messages a second of each sender. */
    readonly rate: number;
    readonly byteCount: number;
    readonly isReliable: boolean;
  };
};

/** One participant of a load test. */
export type PlannedClient = {
  readonly room: string;
  readonly identity: string;
  /** Whether it takes what others publish, and counts it. */
  readonly isReceiver: boolean;
  readonly published: Published;
  readonly isDataSender: boolean;
};

/** Participants of one room that publish anything: the first ones audio, video and data each. */
export function publishersOf(plan: LoadPlan): number {
  return Math.max(plan.audioPublishers, plan.videoPublishers, plan.dataSenders);
}

export function participantsOf(plan: LoadPlan): number {
  return plan.rooms * (publishersOf(plan) + plan.subscribers);
}

/** All participants in the order in which they join: room by room, publishers first. */
export function clientsOf(plan: LoadPlan): PlannedClient[] {
  const clients: PlannedClient[] = [];
  for (let index = 0; index < plan.rooms; index++) {
    const room = plan.rooms === 1 ? plan.room : `${plan.room}-${index}`;
    for (let i = 0; i < publishersOf(plan); i++) {
      clients.push({
        room,
        identity: `${plan.identityPrefix}pub-${i}`,
        isReceiver: plan.publishersSubscribe,
        published: {
          audio: i < plan.audioPublishers,
          video: i >= plan.videoPublishers ? "none" : plan.isSimulcast ? "simulcast" : "single",
          layerCount: plan.layerCount,
        },
        isDataSender: i < plan.dataSenders,
      });
    }
    for (let i = 0; i < plan.subscribers; i++) {
      clients.push({
        room,
        identity: `${plan.identityPrefix}sub-${i}`,
        isReceiver: true,
        published: { audio: false, video: "none" },
        isDataSender: false,
      });
    }
  }
  return clients;
}

/** Videos that a layout shows at most. */
export function videosShown(layout: LayoutName): number {
  return layout === "all" ? Number.POSITIVE_INFINITY : LAYOUTS[layout].videos;
}

/** Streams that all receivers together are to get. */
export function expectedTracks(plan: LoadPlan): { readonly audio: number; readonly video: number } {
  const { rooms, audioPublishers, videoPublishers, subscribers, layout, publishersSubscribe } =
    plan;
  const shown = videosShown(layout);
  let audio = subscribers * audioPublishers;
  let video = subscribers * Math.min(videoPublishers, shown);
  if (publishersSubscribe) {
    for (let i = 0; i < publishersOf(plan); i++) {
      audio += audioPublishers - (i < audioPublishers ? 1 : 0);
      video += Math.min(shown, videoPublishers - (i < videoPublishers ? 1 : 0));
    }
  }
  return { audio: rooms * audio, video: rooms * video };
}
