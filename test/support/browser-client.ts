import type { Page } from "playwright-core";
import type { TabOptions, TestBrowser } from "./browser.ts";
import { addPageScript, callPage } from "./page-bundle.ts";
import type { ServerProcess } from "./server-process.ts";
import { until } from "./until.ts";

/** As the page's own type says; the page is checked with other types than the tests are. */
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

/** As the page's own type, likewise. */
export interface Inbound {
  readonly packetsReceived: number;
  readonly packetsLost: number;
  /** Of payloads. */
  readonly bytesReceived: number;
  /** Sum over everything that was played, seconds. */
  readonly jitterBufferDelay: number;
  readonly jitterBufferEmittedCount: number;
  /** Put together, decoded or not; 0 of audio. */
  readonly framesReceived: number;
}

/** A participant that is a tab of Chromium with livekit-client in it. */
export class BrowserClient {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  static async join(
    browser: TestBrowser,
    server: ServerProcess,
    room: string,
    identity: string,
    options: TabOptions & {
      readonly describesAllVideo?: boolean;
      readonly takesOnly?: readonly string[];
    } = {},
  ): Promise<BrowserClient> {
    // Any page of the server will do: cameras are for pages of this machine only.
    const page = await browser.open(server.httpUrl, options);
    await addPageScript(page, "client");
    const client = new BrowserClient(page);
    if (options.takesOnly !== undefined) await client.call("takeOnly", options.takesOnly);
    if (options.describesAllVideo === true) await client.call("describeAllVideo");
    await client.call("join", server.wsUrl, await server.token(room, identity));
    return client;
  }

  /** Calls a method of the page's `client`. */
  call<T>(method: string, ...args: readonly unknown[]): Promise<T> {
    return callPage<T>(this.page, method, ...args);
  }

  picture(): Promise<Picture | undefined> {
    return this.call("picture");
  }

  /** What the other participant's track came to; waits until it has packets, more than `beyond`. */
  inbound(kind: "audio" | "video", beyond = 0): Promise<Inbound> {
    return until(
      async () => {
        const inbound = await this.call<Inbound | undefined>("inbound", kind);
        return inbound !== undefined && inbound.packetsReceived > beyond && inbound;
      },
      { what: `more than ${beyond} packets of ${kind}`, timeoutMs: 40_000 },
    );
  }

  /** Waits until pictures of that height are shown, and new ones keep coming. */
  showsHeight(height: number): Promise<Picture> {
    return this.#shows("height", height);
  }

  /** As `showsHeight`, where encoders round the height up. */
  showsWidth(width: number): Promise<Picture> {
    return this.#shows("width", width);
  }

  /** Waits until there is more sound than there was. */
  async hearsMore(): Promise<void> {
    const before = await this.call<number>("soundEnergy");
    await until(async () => (await this.call<number>("soundEnergy")) > before + 1e-4, {
      what: "sound",
    });
  }

  async leave(): Promise<void> {
    await this.call("leave");
    await this.page.close();
  }

  async #shows(side: "width" | "height", size: number): Promise<Picture> {
    const first = await until(
      async () => {
        const picture = await this.picture();
        return picture?.[side] === size && picture;
      },
      { what: `pictures with a ${side} of ${size}` },
    );
    return until(
      async () => {
        const picture = await this.picture();
        return picture !== undefined && picture.framesDecoded > first.framesDecoded + 10 && picture;
      },
      { what: `more pictures with a ${side} of ${size}` },
    );
  }
}
