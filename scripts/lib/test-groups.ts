/** One run of `bun test`. Every test file of the repository belongs to exactly one group. */
export interface TestGroup {
  readonly name: string;
  /** A glob from the top of the repository. */
  readonly pattern: string;
  /** What has to be there first. */
  readonly needs: "sources" | "binary" | "browser";
}

export const TEST_GROUPS: readonly TestGroup[] = [
  { name: "tidy", pattern: "test/tidy/**/*.test.ts", needs: "sources" },
  { name: "unit", pattern: "{src,scripts,test/support,test/load}/**/*.test.ts", needs: "sources" },
  { name: "integration", pattern: "test/integration/**/*.test.ts", needs: "sources" },
  { name: "lab", pattern: "test/lab/**/*.test.ts", needs: "sources" },
  { name: "conformance", pattern: "test/conformance/**/*.test.ts", needs: "sources" },
  { name: "fuzz", pattern: "test/fuzz/**/*.fuzz.ts", needs: "sources" },
  { name: "end to end", pattern: "test/e2e/*.test.ts", needs: "binary" },
  { name: "end to end in a browser", pattern: "test/e2e/browser/*.test.ts", needs: "browser" },
];
