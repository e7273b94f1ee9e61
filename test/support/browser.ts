import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { CHROMIUM } from "../../scripts/lib/system-packages.ts";

/** A camera and microphone that Chromium makes up, and nothing that would leave this machine. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--use-fake-ui-for-media-stream",
  "--use-fake-device-for-media-stream",
  "--autoplay-policy=no-user-gesture-required",
  "--allow-loopback-in-peer-connection",
  "--disable-features=WebRtcHideLocalIpsWithMdns",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  // Tabs that nobody looks at go on at full speed.
  "--disable-renderer-backgrounding",
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--auto-accept-this-tab-capture",
];

export type BrowserOptions = {
  /** A named network namespace of this machine that it shall live in; its own needs root. */
  readonly namespace?: string;
  /** A plain HTTP origin whose pages may do what those of this machine may. */
  readonly trustedOrigin?: string;
  /** Field trials of WebRTC, as `--force-fieldtrials` takes them. */
  readonly fieldTrials?: string;
};

export interface TabOptions {
  /** Another browser, as far as the page and the server can see. */
  readonly userAgent?: string;
  /** Runs before the page's own. */
  readonly script?: string;
}

/** Chromium without a window, for one file of tests. */
export class TestBrowser implements AsyncDisposable {
  readonly #browser: Browser;
  readonly #context: BrowserContext;

  /** Holds the script that enters a namespace. */
  readonly #folder: string | undefined;

  private constructor(browser: Browser, context: BrowserContext, folder: string | undefined) {
    this.#browser = browser;
    this.#context = context;
    this.#folder = folder;
  }

  static async launch(options: BrowserOptions = {}): Promise<TestBrowser> {
    const { namespace, trustedOrigin, fieldTrials } = options;
    const program = CHROMIUM.programs.map((name) => Bun.which(name)).find(Boolean);
    if (!program) throw new Error(`Install ${CHROMIUM.name} for the tests in a browser`);
    let executablePath = program;
    let folder: string | undefined;
    if (namespace !== undefined) {
      folder = mkdtempSync(join(tmpdir(), "parley-browser-"));
      executablePath = join(folder, "chromium");
      const script = `#!/bin/sh\nexec ip netns exec ${namespace} ${program} "$@"\n`;
      writeFileSync(executablePath, script, { mode: 0o700 });
    }
    const trust = "--unsafely-treat-insecure-origin-as-secure";
    const args = [...FLAGS];
    if (trustedOrigin !== undefined) args.push(`${trust}=${trustedOrigin}`);
    if (fieldTrials !== undefined) args.push(`--force-fieldtrials=${fieldTrials}`);
    const browser = await chromium.launch({ executablePath, args });
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    return new TestBrowser(browser, context, folder);
  }

  /** A new tab; what its page throws is printed. */
  async open(url: string, { userAgent, script }: TabOptions = {}): Promise<Page> {
    const context =
      userAgent === undefined ? this.#context : await this.#browser.newContext({ userAgent });
    const page = await context.newPage();
    if (script !== undefined) await page.addInitScript(script);
    page.on("pageerror", (error) => console.error(`${url}: ${error.message}`));
    await page.goto(url);
    return page;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
