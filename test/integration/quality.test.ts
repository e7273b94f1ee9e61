import { expect, test } from "bun:test";
import { unwrap16 } from "../../src/base/serial.ts";
import { TRACK_COLUMNS, TrackColumn } from "../../src/bridge/track-statistics.ts";
import { ntpFractionOf, ntpMsOfWall, ntpSecondsOf } from "../../src/wire/rtcp/ntp.ts";
import { ReportBlock } from "../../src/wire/rtcp/rtcp-cursor.ts";
import { PayloadFormat, RtcpType } from "../../src/wire/rtcp/rtcp-types.ts";
import { writeReceiverReport, writeSenderReport } from "../../src/wire/rtcp/rtcp-writer.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import type { RtpFields } from "../support/rtp-packet.ts";
import type { SimClient } from "../support/sim-client.ts";
import { SimEngine } from "../support/sim-engine.ts";
import { SimPublisher } from "../support/sim-publisher.ts";

const CAMERA = 1;
const MICROPHONE = 2;
const VIDEO_TRACK = 10;
const AUDIO_TRACK = 11;
const VIDEO_SSRC = VIDEO_TRACK * 10;
const AUDIO_SSRC = AUDIO_TRACK * 10;
const REPORT_MS = 1_000;
const ROUND_MS = 5_000;

/** One stream at the viewer, as a receiver counts it (RFC 3550 appendix A.3). */
class Reception {
  readonly ssrc: number;
  #first = -1;
  #highest = -1;
  #received = 0;

  constructor(ssrc: number) {
    this.ssrc = ssrc;
  }

  /** @param isLost packets that the way to the viewer swallows */
  take(viewer: SimClient, isLost: (sn: number) => boolean): void {
    for (const { sn } of viewer.takeRtp(this.ssrc)) {
      const extSn = this.#highest < 0 ? sn + 65_536 : unwrap16(sn, this.#highest);
      if (this.#first < 0) this.#first = extSn;
      if (isLost(extSn)) continue;
      this.#received += 1;
      this.#highest = Math.max(this.#highest, extSn);
    }
  }

  report(viewer: SimClient): void {
    if (this.#highest < 0) return;
    const block = new ReportBlock();
    block.ssrc = this.ssrc;
    block.highestSn = this.#highest;
    block.totalLost = this.#highest - this.#first + 1 - this.#received;
    viewer.sendRtcp((out) => writeReceiverReport(out, 0, 999, block));
  }
}

/** Client 1 publishes camera and microphone, client 2 has both, over ways that lose what they are told to. */
class Scene {
  readonly engine: SimEngine = new SimEngine();
  readonly publisher: SimPublisher;
  readonly viewer: SimClient;
  isLostUp: (packet: RtpFields) => boolean = () => false;
  isLostDown: (extSn: number) => boolean = () => false;
  hasReports = true;
  hasSenderReports = true;
  readonly #streams = [new Reception(VIDEO_SSRC), new Reception(AUDIO_SSRC)];
  #steps = 0;

  constructor() {
    const { engine } = this;
    this.publisher = new SimPublisher(engine.connect(1));
    this.viewer = engine.connect(2);
    engine.publish(1, CAMERA, "video");
    engine.publish(1, MICROPHONE, "audio");
    engine.subscribe(2, CAMERA, VIDEO_TRACK, Codec.Vp8);
    engine.subscribe(2, MICROPHONE, AUDIO_TRACK, Codec.Opus);
    const { client } = this.publisher;
    const send = client.sendRtp.bind(client);
    client.sendRtp = (packet) => {
      if (!this.isLostUp(packet)) send(packet);
    };
  }

  /** Rounds of five seconds. @returns scores by track, of the last round */
  rounds(count: number): Readonly<Record<"camera" | "microphone" | "video" | "audio", number>> {
    this.engine.advance(count * ROUND_MS, () => {
      this.publisher.step();
      this.#answerKeyFrames();
      this.#steps += 1;
      if (this.#steps % (REPORT_MS / 5) === 0) this.#report();
    });
    const { receivers, downTracks } = this.engine.events("quality-report").at(-1)!;
    const published = (id: number) => receivers.find(({ receiverId }) => receiverId === id)!.score;
    const sent = (id: number) => downTracks.find(({ downTrackId }) => downTrackId === id)!.score;
    return {
      camera: published(CAMERA),
      microphone: published(MICROPHONE),
      video: sent(VIDEO_TRACK),
      audio: sent(AUDIO_TRACK),
    };
  }

  #answerKeyFrames(): void {
    const asked = this.publisher.client.takeRtcp(RtcpType.PayloadFeedback);
    if (asked.some(({ count }) => count === PayloadFormat.Pli)) this.publisher.requestKey();
  }

  #report(): void {
    for (const stream of this.#streams) {
      stream.take(this.viewer, this.isLostDown);
      if (this.hasReports) stream.report(this.viewer);
    }
    if (!this.hasSenderReports) return;
    const ntpMs = ntpMsOfWall(1_700_000_000_000 + this.engine.nowMs);
    for (const ssrc of [7_000, 7_001, 7_002, 8_000]) {
      const seconds = ntpSecondsOf(ntpMs);
      this.publisher.client.sendRtcp((out) =>
        writeSenderReport(
          out,
          0,
          ssrc,
          seconds,
          ntpFractionOf(ntpMs),
          this.engine.nowMs * 90,
          1,
          1,
        ),
      );
    }
  }
}

/** About so many of a hundred, spread evenly. */
const everyHundred = (lost: number) => (sn: number) => (sn * lost) % 100 < lost;

test("without loss all ways are excellent", () => {
  const { camera, microphone, video, audio } = new Scene().rounds(4);
  expect(Math.min(camera, microphone, video, audio)).toBeGreaterThan(99);
});

test("loss before us is the publisher's, and no fault of its subscribers' ways", () => {
  const scene = new Scene();
  scene.rounds(3);
  const isLost = everyHundred(8);
  scene.isLostUp = ({ sn }) => isLost(sn);
  for (let round = 0; round < 4; round++) {
    const { video, audio } = scene.rounds(1);
    expect(Math.min(video, audio)).toBeGreaterThan(90);
  }
  const { camera, microphone } = scene.rounds(1);
  expect(camera).toBeLessThanOrEqual(40);
  expect(microphone).toBeLessThanOrEqual(80);
});

test("a burst of loss before us does not make its subscribers poor, whenever it comes", () => {
  for (const atMs of [900, 950, 990, 1_500, 4_980]) {
    const scene = new Scene();
    scene.rounds(3);
    const from = scene.engine.nowMs + atMs;
    scene.isLostUp = () => scene.engine.nowMs > from && scene.engine.nowMs < from + 600;
    for (let round = 0; round < 3; round++) {
      const { video, audio } = scene.rounds(1);
      expect([atMs, round, Math.min(video, audio) > 80]).toEqual([atMs, round, true]);
    }
  }
});

test("8 % loss on the way to a subscriber is poor for video, and it climbs back", () => {
  const scene = new Scene();
  scene.rounds(3);
  scene.isLostDown = everyHundred(8);
  const lossy = scene.rounds(3);
  expect(lossy.video).toBeLessThanOrEqual(40);
  expect(lossy.audio).toBeLessThanOrEqual(80);
  expect(Math.min(lossy.camera, lossy.microphone)).toBeGreaterThan(99);
  scene.isLostDown = () => false;
  expect(scene.rounds(1).video).toBeLessThan(80);
  expect(scene.rounds(3).video).toBeGreaterThan(80);
});

test("a publisher that stops is poor while it reports, and lost when it does not", () => {
  const scene = new Scene();
  scene.rounds(2);
  scene.isLostUp = () => true;
  expect(scene.rounds(3)).toMatchObject({ camera: 40, microphone: 40, video: 100 });
  scene.hasSenderReports = false;
  expect(scene.rounds(3)).toMatchObject({ camera: 20, microphone: 20, video: 100 });
});

test("muting is 100 at once for both sides, and nothing is judged meanwhile", () => {
  const scene = new Scene();
  scene.rounds(2);
  const isLost = everyHundred(20);
  scene.isLostUp = ({ sn }) => isLost(sn);
  scene.isLostDown = everyHundred(20);
  expect(scene.rounds(3).camera).toBeLessThanOrEqual(40);
  scene.engine.command({ kind: "mute-receiver", receiverId: CAMERA, isMuted: true });
  for (let round = 0; round < 4; round++) {
    expect(scene.rounds(1)).toMatchObject({ camera: 100, video: 100 });
  }
});

test("a subscriber that stops reporting is poor after half a minute", () => {
  const scene = new Scene();
  scene.rounds(3);
  scene.hasReports = false;
  expect(scene.rounds(5).video).toBeGreaterThan(99);
  expect(scene.rounds(3)).toMatchObject({ video: 40, audio: 40 });
});

test("what became of tracks is told every five seconds, and once more when they end", () => {
  const scene = new Scene();
  scene.isLostDown = everyHundred(10);
  scene.rounds(2);
  scene.engine.advance(2_000, scene.publisher.step);
  scene.engine.command({ kind: "remove-down-track", downTrackId: AUDIO_TRACK });
  scene.engine.command({ kind: "remove-receiver", receiverId: MICROPHONE });
  scene.engine.advance(ROUND_MS, scene.publisher.step);
  const reports = scene.engine.events("track-statistics");
  expect(reports.length).toBeGreaterThanOrEqual(3);
  const total = (side: "receivers" | "downTracks", id: number, column: number) => {
    let sum = 0;
    for (const { [side]: rows } of reports) {
      for (let at = 0; at < rows.length; at += TRACK_COLUMNS) {
        if (rows[at + TrackColumn.Id] === id) sum += rows[at + column]!;
      }
    }
    return sum;
  };
  // fifty packets a second, for twelve seconds
  expect(total("receivers", MICROPHONE, TrackColumn.Packets)).toBeWithin(590, 605);
  expect(total("downTracks", AUDIO_TRACK, TrackColumn.Packets)).toBeWithin(580, 605);
  expect(total("downTracks", AUDIO_TRACK, TrackColumn.Lost)).toBeWithin(40, 65);
  expect(total("receivers", MICROPHONE, TrackColumn.Lost)).toBe(0);
});
