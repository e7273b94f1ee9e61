import { join } from "node:path";
import type { Page } from "playwright-core";

const FOLDER = join(import.meta.dir, "../e2e/browser/page");

const bundles = new Map<string, Promise<string>>();

async function bundle(name: string): Promise<string> {
  const entrypoints = [join(FOLDER, `${name}.ts`)];
  const { outputs } = await Bun.build({ entrypoints, target: "browser", format: "iife" });
  return outputs[0]!.text();
}

/** Puts a script of test/e2e/browser/page/ into a tab, with everything that it imports. */
export async function addPageScript(
  page: Page,
  name: "client" | "whip" | "first-frame" | "bulk" | "data-track",
): Promise<void> {
  let content = bundles.get(name);
  if (content === undefined) {
    content = bundle(name);
    bundles.set(name, content);
  }
  await page.addScriptTag({ content: await content });
}

/** Calls a method of the page's `client`. */
export async function callPage<T>(
  page: Page,
  method: string,
  ...args: readonly unknown[]
): Promise<T> {
  const answer = await page.evaluate(
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
