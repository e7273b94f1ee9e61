import { afterAll, beforeAll, expect, test } from "bun:test";
import { TestBrowser } from "../../support/browser.ts";
import { BrowserClient, type Picture } from "../../support/browser-client.ts";
import { ServerProcess } from "../../support/server-process.ts";
import { until } from "../../support/until.ts";

let server: ServerProcess;
let browser: TestBrowser;

beforeAll(async () => {
  [server, browser] = await Promise.all([ServerProcess.start(), TestBrowser.launch()]);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Waits until pictures come in a codec, and go on coming. */
async function showsCodec(client: BrowserClient, codec: string): Promise<Picture> {
  const what = `pictures in ${codec}`;
  const fits = async (framesMin: number): Promise<Picture | false> => {
    const picture = await client.picture();
    return picture?.codec === codec && picture.framesDecoded > framesMin && picture;
  };
  const first = await until(() => fits(0), { what });
  return until(() => fits(first.framesDecoded + 10), { what });
}

test.each(["vp9", "av1"] as const)(
  "one who takes only VP8 makes a publisher of %s send that, and the others go over to it",
  async (codec) => {
    const room = `backup-${codec}`;
    const ada = await BrowserClient.join(browser, server, room, "ada");
    const bob = await BrowserClient.join(browser, server, room, "bob");
    await ada.call("publishCamera", codec, true);
    const before = await showsCodec(bob, `video/${codec.toUpperCase()}`);
    const carol = await BrowserClient.join(browser, server, room, "carol", { takesOnly: ["VP8"] });
    await showsCodec(carol, "video/VP8");
    const after = await showsCodec(bob, "video/VP8");
    // the same stream goes on: nothing was negotiated anew
    expect(after.framesDecoded).toBeGreaterThan(before.framesDecoded);
    // and never lacked a picture that it would have had to ask for
    expect(after.pliCount).toBe(before.pliCount);
    // who comes later gets the codec that is left
    const dave = await BrowserClient.join(browser, server, room, "dave");
    await showsCodec(dave, "video/VP8");
    for (const client of [dave, carol, bob, ada]) await client.leave();
  },
);
