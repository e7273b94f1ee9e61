import type { Context } from "hono";
import { type ErrorCode, ServerError } from "../../base/errors.ts";
import { type Decoder, decodeMessage, type Encoder, encodeMessage } from "../../protobuf/codec.ts";
import { readProtoJson, writeTwirpJson } from "../../protobuf/proto-json.ts";
import { readBody } from "../http/body-limit.ts";

/** A generated class, for writing its messages in either encoding. */
export type ResponseType<M> = Encoder<M> & { getTypeUrl(prefix?: string): string };

export type Encoding = "json" | "protobuf";

const STATUS = {
  canceled: 408,
  unknown: 500,
  invalid_argument: 400,
  malformed: 400,
  deadline_exceeded: 408,
  not_found: 404,
  bad_route: 404,
  already_exists: 409,
  permission_denied: 403,
  unauthenticated: 401,
  resource_exhausted: 429,
  failed_precondition: 412,
  aborted: 409,
  out_of_range: 400,
  unimplemented: 501,
  internal: 500,
  unavailable: 503,
  data_loss: 503,
} as const satisfies { [code in ErrorCode]: number };

/** The body's encoding by Content-Type, parameters ignored; undefined is no route of Twirp's. */
export function encodingOf(contentType: string | undefined): Encoding | undefined {
  const type = contentType?.split(";", 1)[0]?.trim().toLowerCase();
  if (type === "application/json") return "json";
  return type === "application/protobuf" ? "protobuf" : undefined;
}

/** @throws ServerError malformed */
export async function readTwirp<M>(
  c: Context,
  encoding: Encoding,
  type: Decoder<M>,
  bytesMax: number,
): Promise<M> {
  const body = await readBody(c.req.raw, bytesMax);
  if (body === undefined) {
    throw new ServerError("malformed", `Cannot read the request: larger than ${bytesMax} bytes`);
  }
  if (encoding === "protobuf") return decodeMessage(type, body);
  return readProtoJson(type, new TextDecoder().decode(body));
}

export function writeTwirp<M extends object>(
  c: Context,
  encoding: Encoding,
  type: ResponseType<M>,
  message: M,
): Response {
  if (encoding === "json") {
    return c.body(writeTwirpJson(type, message), 200, { "Content-Type": "application/json" });
  }
  return c.body(new Uint8Array(encodeMessage(type, message)), 200, {
    "Content-Type": "application/protobuf",
  });
}

/** Twirp errors are JSON whatever the request's encoding. */
export function twirpError(c: Context, error: ServerError): Response {
  const body = { code: error.code, msg: error.message, meta: error.meta };
  return c.json(body, STATUS[error.code]);
}

/** The refusal of a caller whose token does not grant what it asks. */
export function permissionsDenied(): ServerError {
  return new ServerError("unauthenticated", "permissions denied");
}
