/** Twirp's error codes: https://twitchtv.github.io/twirp/docs/spec_v7.html#error-codes */
export type ErrorCode =
  | "canceled"
  | "unknown"
  | "invalid_argument"
  | "malformed"
  | "deadline_exceeded"
  | "not_found"
  | "bad_route"
  | "already_exists"
  | "permission_denied"
  | "unauthenticated"
  | "resource_exhausted"
  | "failed_precondition"
  | "aborted"
  | "out_of_range"
  | "unimplemented"
  | "internal"
  | "unavailable"
  | "data_loss";

/** A refusal the caller can act on. `message` names the attempt; what led to it is the `cause`. */
export class ServerError extends Error {
  override readonly name = "ServerError";
  readonly code: ErrorCode;
  /** Extra fields for the answer, such as Twirp's `meta.argument`. */
  readonly meta: Readonly<Record<string, string>> | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options?: ErrorOptions & { meta?: Readonly<Record<string, string>> },
  ) {
    super(message, options);
    this.code = code;
    this.meta = options?.meta;
  }
}

/** What to print of a caught value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
