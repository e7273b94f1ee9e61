import { livekit } from "../../gen/livekit.js";
import { hasValidEncoding } from "./data-track-encoding.ts";
import type { Participant } from "./participant.ts";

const Reason = livekit.RequestResponse.Reason;

const encoder = new TextEncoder();

type Stored = { readonly blob: livekit.DataBlob; readonly bytes: number };

/** What one participant keeps for the others to fetch, for as long as its session lasts (spec-signalling 4.10). */
export class DataBlobs {
  readonly #owner: Participant;
  readonly #byKey = new Map<string, Stored>();
  /** Of all keys and contents. */
  #bytes = 0;

  constructor(owner: Participant) {
    this.#owner = owner;
  }

  find(key: livekit.IDataBlobKey): livekit.DataBlob | undefined {
    return this.#byKey.get(nameOf(key))?.blob;
  }

  store({ requestId, blob }: livekit.IStoreDataBlobRequest): void {
    const key = blob?.key ?? {};
    // a copy: the request's bytes are a view of its whole frame
    const contents = Uint8Array.from(blob?.contents ?? []);
    const name = nameOf(key);
    const bytes = keyBytes(key) + contents.length;
    const refusal = this.#refusal(key, contents, bytes - (this.#byKey.get(name)?.bytes ?? 0));
    if (refusal !== undefined) {
      this.#owner.respond(requestId ?? 0, refusal.reason, refusal.message, {});
      return;
    }
    this.#bytes += bytes - (this.#byKey.get(name)?.bytes ?? 0);
    this.#byKey.set(name, { blob: new livekit.DataBlob({ key, contents }), bytes });
    this.#owner.send({ storeDataBlobResponse: { requestId: requestId ?? 0, key } });
  }

  /** @param growth by how many bytes there would be more */
  #refusal(
    key: livekit.IDataBlobKey,
    contents: Uint8Array,
    growth: number,
  ): { reason: livekit.RequestResponse.Reason; message: string } | undefined {
    const { settings } = this.#owner.services;
    const { maxDataBlobKeyBytes, maxDataBlobsBytes, maxDataTrackEncodingBytes } = settings;
    if (!settings.enableDataBlobs) {
      return { reason: Reason.NOT_ALLOWED, message: "data blob not enabled" };
    }
    const isTooLong = maxDataBlobKeyBytes > 0 && keyBytes(key) > maxDataBlobKeyBytes;
    if (!isNamed(key) || isTooLong) {
      return { reason: Reason.INVALID_REQUEST, message: "data blob is invalid" };
    }
    if (!hasValidEncoding(key.schemaId?.encoding?.custom, maxDataTrackEncodingBytes)) {
      const message = "encoding identifier is empty or exceeds the maximum length";
      return { reason: Reason.INVALID_REQUEST, message };
    }
    if (contents.length === 0) {
      return { reason: Reason.INVALID_REQUEST, message: "data blob is empty" };
    }
    if (maxDataBlobsBytes > 0 && this.#bytes + growth > maxDataBlobsBytes) {
      return {
        reason: Reason.LIMIT_EXCEEDED,
        message: "async attribute definition exceeds limit",
      };
    }
    return undefined;
  }

  /** Answers with what another participant of the room has stored, or this one itself. */
  get({ requestId, participantIdentity, key }: livekit.IGetDataBlobRequest): void {
    const owner = this.#owner;
    const refuse = (reason: livekit.RequestResponse.Reason, message: string): void =>
      owner.respond(requestId ?? 0, reason, message, {});
    if (!isNamed(key)) {
      refuse(Reason.INVALID_REQUEST, "data blob key is required");
      return;
    }
    const publisher = owner.room.findParticipant(participantIdentity ?? "");
    if (publisher === undefined) {
      refuse(Reason.NOT_FOUND, "participant not found");
      return;
    }
    const blob = publisher.dataBlobs.find(key);
    if (blob === undefined) refuse(Reason.NOT_FOUND, "data blob not found");
    else owner.send({ getDataBlobResponse: { requestId: requestId ?? 0, blob } });
  }
}

function isNamed(key: livekit.IDataBlobKey | null | undefined): key is livekit.IDataBlobKey {
  return key != null && (Boolean(key.generic) || key.schemaId != null);
}

/** The same for equal keys, another one for each other. */
function nameOf({ generic, schemaId }: livekit.IDataBlobKey): string {
  if (schemaId == null) return JSON.stringify([generic]);
  const { name, encoding } = schemaId;
  return JSON.stringify([name, encoding?.wellKnown ?? 0, encoding?.custom]);
}

function keyBytes({ generic, schemaId }: livekit.IDataBlobKey): number {
  if (schemaId != null) return livekit.DataTrackSchemaId.encode(schemaId).finish().length;
  return encoder.encode(generic ?? "").length;
}
