import { gunzipSync } from "node:zlib";
import { livekit } from "../../gen/livekit.js";
import { decodeMessage } from "../../protobuf/codec.ts";
import type { JoinParameters } from "./join-parameters.ts";

/** Of a join request, as it came and inflated, bytes (spec-signalling 1.5). */
const REQUEST_BYTES_MAX = 1024 * 1024;

/** Why a join request cannot be read; `message` is the body of the 400. */
export class JoinRequestError extends Error {
  override readonly name = "JoinRequestError";
}

/**
 * Reads the `join_request` of a single peer connection client: base64url of a WrappedJoinRequest
 * (spec-signalling 1.5). All else that the query could say is in it.
 *
 * @param address of the client, as the server sees it
 * @throws JoinRequestError
 */
export function readJoinRequest(text: string, address: string): JoinParameters {
  const wrapped = attempt("cannot base64 decode wrapped join request", () =>
    Uint8Array.fromBase64(text.replace(/-/g, "+").replace(/_/g, "/")),
  );
  const envelope = attempt("cannot unmarshal wrapped join request", () =>
    decodeMessage(livekit.WrappedJoinRequest, wrapped),
  );
  const bytes = inflate(envelope);
  if (bytes.length > REQUEST_BYTES_MAX) throw new JoinRequestError("join request too large");
  const request = attempt("cannot unmarshal join request", () =>
    decodeMessage(livekit.JoinRequest, bytes),
  );
  const settings = new livekit.ConnectionSettings(request.connectionSettings ?? {});
  return {
    client: new livekit.ClientInfo({ ...(request.clientInfo ?? {}), address }),
    connection: {
      isAutoSubscribe: settings.autoSubscribe,
      isAutoSubscribeDataTrack: settings.autoSubscribeDataTrack ?? false,
      isAdaptiveStream: settings.adaptiveStream,
      allowPause: settings.subscriberAllowPause ?? undefined,
      isOneShot: false,
    },
    isSinglePeerConnection: true,
    isReconnect: request.reconnect,
    reconnectReason: request.reconnectReason,
    publish: "",
    metadata: request.metadata,
    attributes: withoutEmpty(request.participantAttributes),
    addTracks: request.addTrackRequests,
    offer: request.publisherOffer ?? undefined,
  };
}

function inflate(envelope: livekit.WrappedJoinRequest): Uint8Array {
  const { compression, joinRequest } = envelope;
  if (compression !== livekit.WrappedJoinRequest.Compression.GZIP) return joinRequest;
  try {
    return gunzipSync(joinRequest, { maxOutputLength: REQUEST_BYTES_MAX });
  } catch (error) {
    const isTooLarge = error instanceof RangeError;
    throw new JoinRequestError(
      isTooLarge ? "join request too large" : "cannot read decompressed join request",
      { cause: error },
    );
  }
}

function withoutEmpty(attributes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ""));
}

function attempt<T>(message: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new JoinRequestError(message, { cause: error });
  }
}
