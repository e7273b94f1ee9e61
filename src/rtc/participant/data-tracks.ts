import { newId } from "../../base/ids.ts";
import { livekit } from "../../gen/livekit.js";
import type { PublishedDataTrack } from "../publication/published-data-track.ts";
import { hasValidEncoding } from "./data-track-encoding.ts";
import type { Participant } from "./participant.ts";
import type { ParticipantRoom } from "./participant-room.ts";

const Reason = livekit.RequestResponse.Reason;

const HANDLE_MAX = 65_535;
const NAME_BYTES_MAX = 256;
const TRACKS_MAX = 1_000;
/** All of them as others are told of them: again in whole with every change of the participant. */
const LIST_BYTES_MAX = 64 * 1024;

const encoder = new TextEncoder();

/** The data tracks that one participant publishes, by their handle (spec-signalling 4.9). */
export class DataTracks {
  readonly #owner: Participant;
  readonly #byHandle = new Map<number, PublishedDataTrack>();
  readonly #sids = new Set<string>();
  readonly #names = new Set<string>();
  #listBytes = 0;

  constructor(owner: Participant) {
    this.#owner = owner;
  }

  tracks(): PublishedDataTrack[] {
    return [...this.#byHandle.values()];
  }

  list(): livekit.DataTrackInfo[] {
    return this.tracks().map(({ info }) => info);
  }

  isKnown(sid: string): boolean {
    return this.#sids.has(sid);
  }

  publish(raw: livekit.IPublishDataTrackRequest): void {
    const request = new livekit.PublishDataTrackRequest(raw);
    const owner = this.#owner;
    const refusal = this.#refusal(request);
    if (refusal !== undefined) {
      owner.respond(0, refusal.reason, refusal.message, { publishDataTrack: raw });
      return;
    }
    const info = new livekit.DataTrackInfo({
      sid: newId("DTR_"),
      pubHandle: request.pubHandle,
      name: request.name,
      encryption: request.encryption,
    });
    if (request.frameEncoding) info.frameEncoding = request.frameEncoding;
    if (request.schema) info.schema = request.schema;
    const bytes = encodedBytes(info);
    if (this.#listBytes + bytes > LIST_BYTES_MAX) {
      const message = `data tracks take more than ${LIST_BYTES_MAX} bytes`;
      owner.respond(0, Reason.LIMIT_EXCEEDED, message, { publishDataTrack: raw });
      return;
    }
    this.#listBytes += bytes;
    const dataTrackId = owner.services.router.newId();
    const { sid, pubHandle: handle } = info;
    const track = { sid, dataTrackId, publisherIdentity: owner.identity, info };
    this.#byHandle.set(handle, track);
    this.#sids.add(sid);
    this.#names.add(info.name);
    const { peerId, thread } = owner.transports.publisher.peer;
    thread.post({ kind: "add-data-track", dataTrackId, peerId, handle });
    owner.becamePublisher();
    owner.changed("tracks");
    owner.room.dataTracks.published(track);
    owner.send({ publishDataTrackResponse: { info } });
  }

  #refusal(
    request: livekit.PublishDataTrackRequest,
  ): { reason: livekit.RequestResponse.Reason; message: string } | undefined {
    const { grant, services } = this.#owner;
    if (!grant.canPublishData || !services.settings.enableDataTracks) {
      return { reason: Reason.NOT_ALLOWED, message: "does not have permission to publish data" };
    }
    if (request.pubHandle < 1 || request.pubHandle > HANDLE_MAX) {
      const message = "handle should be > 0 AND < 65536";
      return { reason: Reason.INVALID_HANDLE, message };
    }
    if (request.name === "" || encoder.encode(request.name).length > NAME_BYTES_MAX) {
      const message = "name should not be empty and should not exceed 256 characters";
      return { reason: Reason.INVALID_NAME, message };
    }
    if (encoder.encode(request.schema?.name ?? "").length > NAME_BYTES_MAX) {
      const message = `schema name should not exceed ${NAME_BYTES_MAX} bytes`;
      return { reason: Reason.INVALID_REQUEST, message };
    }
    if (!this.#hasValidEncodings(request)) {
      const message = "encoding identifier is empty or exceeds the maximum length";
      return { reason: Reason.INVALID_REQUEST, message };
    }
    if (this.#byHandle.has(request.pubHandle)) {
      const message = "a data track with same handle already exists";
      return { reason: Reason.DUPLICATE_HANDLE, message };
    }
    if (this.#names.has(request.name)) {
      const message = "a data track with same name already exists";
      return { reason: Reason.DUPLICATE_NAME, message };
    }
    if (this.#byHandle.size >= TRACKS_MAX) {
      return { reason: Reason.LIMIT_EXCEEDED, message: `more than ${TRACKS_MAX} data tracks` };
    }
    return undefined;
  }

  #hasValidEncodings({ frameEncoding, schema }: livekit.PublishDataTrackRequest): boolean {
    const bytesMax = this.#owner.services.settings.maxDataTrackEncodingBytes;
    return [frameEncoding?.custom, schema?.encoding?.custom].every((custom) =>
      hasValidEncoding(custom, bytesMax),
    );
  }

  unpublish(raw: livekit.IUnpublishDataTrackRequest): void {
    const handle = raw.pubHandle ?? 0;
    const track = this.#byHandle.get(handle);
    if (track === undefined) {
      const message = `no data track with handle ${handle}`;
      this.#owner.respond(0, Reason.NOT_FOUND, message, { unpublishDataTrack: raw });
      return;
    }
    this.#end(track);
    this.#owner.changed("tracks");
    this.#owner.send({ unpublishDataTrackResponse: { info: track.info } });
  }

  #end(track: PublishedDataTrack): void {
    const { dataTrackId, info } = track;
    this.#byHandle.delete(info.pubHandle);
    this.#sids.delete(info.sid);
    this.#names.delete(info.name);
    this.#listBytes -= encodedBytes(info);
    const { room, transports } = this.#owner;
    transports.publisher.peer.thread.post({ kind: "remove-data-track", dataTrackId });
    room.dataTracks.ended(track, false);
  }

  unpublishAll(): void {
    for (const track of this.tracks()) this.#end(track);
  }

  /** The publisher leaves its room, with its tracks. */
  leaveRoom(room: ParticipantRoom): void {
    for (const track of this.tracks()) room.dataTracks.ended(track, true);
  }

  close(): void {
    this.unpublishAll();
  }
}

function encodedBytes(info: livekit.DataTrackInfo): number {
  return livekit.DataTrackInfo.encode(info).finish().length;
}
