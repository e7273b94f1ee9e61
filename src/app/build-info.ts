/** Put in by `bun build --define PARLEY_VERSION='"1.2.3"' --define PARLEY_COMMIT='"abc123"'`. */
declare const PARLEY_VERSION: string | undefined;
declare const PARLEY_COMMIT: string | undefined;

export interface BuildInfo {
  /** `X.Y.Z` */
  readonly version: string;
  /** Short commit id, or `development` when run from source. */
  readonly commit: string;
}

export const BUILD_INFO: BuildInfo = {
  version: typeof PARLEY_VERSION === "string" ? PARLEY_VERSION : "0.1.0",
  commit: typeof PARLEY_COMMIT === "string" ? PARLEY_COMMIT : "development",
};
