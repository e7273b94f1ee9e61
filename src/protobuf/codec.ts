import { messageOf, ServerError } from "../base/errors.ts";

/** What a generated class offers for reading; `T` is what its `decode` returns. */
export type Decoder<T> = {
  decode(bytes: Uint8Array): T;
  getTypeUrl(prefix?: string): string;
};

/** What a generated class offers for writing; `M` is what its `encode` takes. */
export type Encoder<M> = {
  encode(message: M): { finish(): Uint8Array };
};

/** Full name of a generated class's message, such as `livekit.Room`. */
export function messageName(type: { getTypeUrl(prefix?: string): string }): string {
  return type.getTypeUrl("").slice(1);
}

/**
 * Reads one message. 64-bit integers become numbers and lose their lowest bits above 2^53; nested
 * messages are followed to a depth of 100; unknown fields are discarded. `bytes` fields are views
 * of the input: copy what outlives it.
 * @throws ServerError `malformed`, and nothing else, whatever the input
 */
export function decodeMessage<T>(type: Decoder<T>, bytes: Uint8Array): T {
  try {
    return type.decode(bytes);
  } catch (error) {
    throw new ServerError(
      "malformed",
      `Cannot read ${messageName(type)} of ${bytes.length} bytes: ${messageOf(error)}`,
      { cause: error },
    );
  }
}

/**
 * Writes one message. The result may be a window of a larger buffer: use its offset and length,
 * and never transfer its `buffer`.
 */
export function encodeMessage<M>(type: Encoder<M>, message: M): Uint8Array {
  return type.encode(message).finish();
}
