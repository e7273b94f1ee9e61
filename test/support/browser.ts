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

/** Chromium without a window, for one file of tests. */
export class TestBrowser implements AsyncDisposable {
  readonly #browser: Browser;
  readonly #context: BrowserContext;

  private constructor(browser: Browser, context: BrowserContext) {
    this.#browser = browser;
    this.#context = context;
  }

  static async launch(): Promise<TestBrowser> {
    const executablePath = CHROMIUM.programs.map((name) => Bun.which(name)).find(Boolean);
    if (!executablePath) throw new Error(`Install ${CHROMIUM.name} for the tests in a browser`);
    const browser = await chromium.launch({ executablePath, args: FLAGS });
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    return new TestBrowser(browser, context);
  }

  /** A new tab; what its page throws is printed. */
  async open(url: string): Promise<Page> {
    const page = await this.#context.newPage();
    page.on("pageerror", (error) => console.error(`${url}: ${error.message}`));
    await page.goto(url);
    return page;
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
