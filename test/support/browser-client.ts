import { join } from "node:path";
import type { Page } from "playwright-core";
import type { TestBrowser } from "./browser.ts";
import type { ServerProcess } from "./server-process.ts";
import { until } from "./until.ts";

const ENTRY = join(import.meta.dir, "../e2e/browser/page/client.ts");

/** As the page's own type says; the page is checked with other types than the tests are. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly framesDecoded: number;
  readonly freezeCount: number;
  readonly codec: string;
}

let bundle: Promise<string> | undefined;

async function bundlePage(): Promise<string> {
  const { outputs } = await Bun.build({ entrypoints: [ENTRY], target: "browser", format: "iife" });
  return outputs[0]!.text();
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
  ): Promise<BrowserClient> {
    bundle ??= bundlePage();
    // Any page of the server will do: cameras are for pages of this machine only.
    const page = await browser.open(server.httpUrl);
    await page.addScriptTag({ content: await bundle });
    const client = new BrowserClient(page);
    await client.call("join", server.wsUrl, await server.token(room, identity));
    return client;
  }

  /** Calls a method of the page's `client`. */
  async call<T>(method: string, ...args: readonly unknown[]): Promise<T> {
    const answer = await this.page.evaluate(
      ({ name, values }) => {
        const { client } = globalThis as unknown as {
          client: Record<string, (...given: readonly unknown[]) => unknown>;
        };
        return client[name]!(...values);
      },
      { name: method, values: args },
    );
    return answer as T;
  }

  picture(): Promise<Picture | undefined> {
    return this.call("picture");
  }

  /** Waits until pictures of that height are shown, and new ones keep coming. */
  async showsHeight(height: number): Promise<Picture> {
    const first = await until(
      async () => {
        const picture = await this.picture();
        return picture?.height === height && picture;
      },
      { what: `pictures ${height} high` },
    );
    return until(
      async () => {
        const picture = await this.picture();
        return picture !== undefined && picture.framesDecoded > first.framesDecoded + 10 && picture;
      },
      { what: `more pictures ${height} high` },
    );
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
}
