/**
 * How long somebody who comes late waits for the first picture of a stream that runs already, with
 * real clients on both ends: `bun test/load/run-first-frame.ts --url ws://127.0.0.1:7880 --key K
 * --secret S --pid PID [--rounds N]`. Prints one line of JSON.
 */
import { parseArgs } from "node:util";
import { type RemoteTrack, Room, RoomEvent, VideoStream } from "@livekit/rtc-node";
import type { Page } from "playwright-core";
import { joinToken } from "../../src/loadtest/access-token.ts";
import type { LoadServer } from "../../src/loadtest/load-client.ts";
import { type SampleSummary, summarize } from "../../src/loadtest/sample.ts";
import { TestBrowser } from "../support/browser.ts";
import { addPageScript, callPage } from "../support/page-bundle.ts";
import { required, SERVER_OPTIONS, serverOf } from "./arguments.ts";

/** Between two askings, at random: they meet the limit of key frame requests at any phase. */
const PAUSE_MIN_MS = 100;
const PAUSE_RANGE_MS = 900;
/** The encoder has begun, and the estimate of its uplink has settled. */
const WARM_UP_MS = 4_000;
const ROOM = "first-frame";

/** Milliseconds since the client asked. */
type FirstFrame = {
  readonly joinedMs: number;
  readonly subscribedMs: number;
  readonly pictureMs: number;
};

/** Of one kind of client in one situation. */
export type FirstFrameSummary = {
  /** From asking until the track is there: descriptions are exchanged. */
  readonly subscribed: SampleSummary;
  /** From asking to the first decoded picture. */
  readonly picture: SampleSummary;
};

export type FirstFrameResult = {
  /** In the room already, and subscribes: livekit-client in Chromium. */
  readonly browser: FirstFrameSummary;
  /** The same with the native client. */
  readonly native: FirstFrameSummary;
  /** Joins the room, with all connections to be made. */
  readonly browserJoin: FirstFrameSummary;
  readonly nativeJoin: FirstFrameSummary;
};

export async function runFirstFrame(server: LoadServer, rounds: number): Promise<FirstFrameResult> {
  await using browser = await TestBrowser.launch();
  const open = async (): Promise<Page> => {
    const page = await browser.open(server.url.replace(/^ws/, "http"));
    await addPageScript(page, "first-frame");
    return page;
  };
  const publisher = await open();
  await callPage(publisher, "publish", server.url, await joinToken(server, ROOM, "publisher"));
  await Bun.sleep(WARM_UP_MS);

  const subscriber = await open();
  const token = (identity: string): Promise<string> => joinToken(server, ROOM, identity);
  const browserJoins: FirstFrame[] = [];
  const browserAsks: FirstFrame[] = [];
  const nativeJoins: FirstFrame[] = [];
  const nativeAsks: FirstFrame[] = [];
  for (let round = 0; round < rounds; round++) {
    await Bun.sleep(pauseMs());
    browserJoins.push(await callPage(subscriber, "join", server.url, await token("browser")));
    browserAsks.push(await callPage(subscriber, "resubscribe", pauseMs()));
    await callPage(subscriber, "leave");
    await Bun.sleep(pauseMs());
    const native = new NativeViewer(await token("native"), server.url);
    nativeJoins.push(await native.join());
    nativeAsks.push(await native.resubscribe(pauseMs()));
    await native.leave();
  }
  await callPage(publisher, "leave");
  return {
    browser: summary(browserAsks),
    native: summary(nativeAsks),
    browserJoin: summary(browserJoins),
    nativeJoin: summary(nativeJoins),
  };
}

function pauseMs(): number {
  return PAUSE_MIN_MS + Math.random() * PAUSE_RANGE_MS;
}

function summary(samples: readonly FirstFrame[]): FirstFrameSummary {
  return {
    subscribed: summarize(samples.map(({ subscribedMs }) => subscribedMs)),
    picture: summarize(samples.map(({ pictureMs }) => pictureMs)),
  };
}

/** A native subscriber of the one camera in the room. */
class NativeViewer {
  readonly #room: Room = new Room();
  readonly #token: string;
  readonly #url: string;

  constructor(token: string, url: string) {
    this.#token = token;
    this.#url = url;
  }

  async join(): Promise<FirstFrame> {
    const startMs = performance.now();
    const first = this.#onceSubscribed(startMs);
    await this.#room.connect(this.#url, this.#token, { autoSubscribe: true, dynacast: false });
    const joinedMs = performance.now() - startMs;
    return { ...(await first), joinedMs };
  }

  async resubscribe(pauseMs: number): Promise<FirstFrame> {
    const [publisher] = this.#room.remoteParticipants.values();
    const [publication] = publisher?.trackPublications.values() ?? [];
    if (publication === undefined) throw new Error("Nobody publishes a camera");
    publication.setSubscribed(false);
    await Bun.sleep(pauseMs);
    const startMs = performance.now();
    const first = this.#onceSubscribed(startMs);
    publication.setSubscribed(true);
    return { ...(await first), joinedMs: 0 };
  }

  async leave(): Promise<void> {
    await this.#room.disconnect();
  }

  #onceSubscribed(startMs: number): Promise<Omit<FirstFrame, "joinedMs">> {
    const { promise, resolve, reject } = Promise.withResolvers<Omit<FirstFrame, "joinedMs">>();
    this.#room.once(RoomEvent.TrackSubscribed, (track: RemoteTrack) => {
      const subscribedMs = performance.now() - startMs;
      firstPicture(track).then(
        () => resolve({ subscribedMs, pictureMs: performance.now() - startMs }),
        reject,
      );
    });
    return promise;
  }
}

async function firstPicture(track: RemoteTrack): Promise<void> {
  const reader = new VideoStream(track).getReader();
  await reader.read();
  await reader.cancel();
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      ...SERVER_OPTIONS,
      pid: { type: "string" },
      rounds: { type: "string", default: "10" },
    },
  });
  required(values.pid, "pid");
  console.log(JSON.stringify(await runFirstFrame(serverOf(values), Number(values.rounds))));
  process.exit(0);
}
