/**
 * A data track packet on its way through the table of the media thread, without the channels behind
 * it: to 30 subscribers that take it (a copy each) and to 30 that drop it (no copy), and one that is
 * no packet at all.
 */
import { bench, do_not_optimize } from "mitata";
import { DROP_REASON_COUNT } from "../../src/base/drop-reason.ts";
import { type DataTrackReceiver, DataTracks } from "../../src/media/data-tracks.ts";
import { dataTrackPacket } from "../support/data-track-packet.ts";
import { runBenches } from "../support/run-benches.ts";

const SUBSCRIBERS = 30;
const PUBLISHER = 1_000;
const HANDLE = 7;
const USER_TIMESTAMP = { id: 2, data: [1, 2, 3, 4, 5, 6, 7, 8] };

function createTracks(takes: boolean): DataTracks {
  const tracks = new DataTracks({
    dropped: new Uint32Array(DROP_REASON_COUNT),
    peerBroke: (_, error) => {
      throw error;
    },
  });
  tracks.addTrack(1, PUBLISHER, HANDLE);
  for (let peerId = 1; peerId <= SUBSCRIBERS; peerId++) {
    const receiver: DataTrackReceiver = {
      peerId,
      sendDataTrack: (_nowMs, bytes) => {
        do_not_optimize(bytes);
        return takes;
      },
    };
    tracks.subscribe(peerId, 1, receiver, 100 + peerId);
  }
  return tracks;
}

const payload = Array.from({ length: 1_000 }, () => 1);
const packet = dataTrackPacket({ handle: HANDLE, extensions: [USER_TIMESTAMP], payload });

for (const { name, takes } of [
  { name: `data track packet of 1 KB to ${SUBSCRIBERS} who take it`, takes: true },
  { name: `data track packet of 1 KB to ${SUBSCRIBERS} who drop it`, takes: false },
]) {
  bench(name, function* () {
    const tracks = createTracks(takes);
    yield () => {
      // a message belongs to whom it was given to: the handle of the last one stands in it
      packet[2] = 0;
      packet[3] = HANDLE;
      return tracks.receive(1, PUBLISHER, packet);
    };
  }).gc("inner");
}

bench("data track packet of a publisher without tracks", function* () {
  const tracks = createTracks(true);
  yield () => tracks.receive(1, PUBLISHER + 1, packet);
}).gc("inner");

await runBenches();
