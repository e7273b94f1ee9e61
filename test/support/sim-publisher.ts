import { PayloadFormat, RtcpType } from "../../src/wire/rtcp/rtcp-types.ts";
import { vp8Payload } from "./payloads.ts";
import type { SimClient } from "./sim-client.ts";
import { AUDIO_TYPE, MID_ID, RID_ID, TRANSPORT_SEQUENCE_ID, VIDEO_TYPE } from "./sim-engine.ts";

const RIDS = ["q", "h", "f"] as const;
const FRAME_STEPS = 6;
const AUDIO_STEPS = 4;
const SECOND_PACKET = Uint8Array.of(0x80, 0xf0, 0, 0, 0, 9, 9, 9);

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A camera with three layers and a microphone. `step` is to run every 5 ms. */
export class SimPublisher {
  readonly client: SimClient;
  readonly #firstSns: readonly number[] = [100, 65_500, 30_000];
  #steps = 0;
  #frames = 0;
  #transportSn = 0;
  #isKeyDue = true;
  #audio = 0;
  hasVideo = true;
  /** Temporal layers of its frames, over and over. */
  temporalLayers: readonly number[] = [0];
  /** Layers above are not sent. */
  topLayer = 2;
  hasAudio = true;

  constructor(client: SimClient) {
    this.client = client;
  }

  /** SSRC of a layer's stream: learnt by the engine from mid and rid. */
  static ssrcOf(layer: number): number {
    return 7_000 + layer;
  }

  /** The next frame is a key frame. */
  requestKey(): void {
    this.#isKeyDue = true;
  }

  /** Answers the key frame requests that have come, as a camera does. @returns how many there were */
  answerPlis(): number {
    const feedback = this.client.takeRtcp(RtcpType.PayloadFeedback);
    const plis = feedback.filter(({ count }) => count === PayloadFormat.Pli).length;
    if (plis > 0) this.requestKey();
    return plis;
  }

  readonly step = (): void => {
    this.#steps += 1;
    if (this.hasVideo && this.#steps % FRAME_STEPS === 0) this.#sendFrame();
    if (this.hasAudio && this.#steps % AUDIO_STEPS === 0) this.#sendAudio();
  };

  #sendFrame(): void {
    const isKey = this.#isKeyDue;
    this.#isKeyDue = false;
    for (let layer = 0; layer <= this.topLayer; layer++) this.#sendLayer(layer, isKey);
    this.#frames += 1;
  }

  #sendLayer(layer: number, isKey: boolean): void {
    const frame = this.#frames;
    const id = 1 + (frame % 32_000);
    const tid = isKey ? 0 : this.temporalLayers[frame % this.temporalLayers.length]!;
    const first = vp8Payload({
      pictureId: id | 0x80,
      tl0: frame & 0xff,
      tid,
      sync: true,
      ...(isKey ? { size: [320 << layer, 180 << layer] as const } : {}),
    });
    const second = SECOND_PACKET.slice();
    second[2] = 0x80 | ((id | 0x80) >> 8);
    second[3] = (id | 0x80) & 0xff;
    second[4] = frame & 0xff;
    second[5] = tid << 6;
    for (const [index, payload] of [first, second].entries()) {
      this.client.sendRtp({
        ssrc: SimPublisher.ssrcOf(layer),
        payloadType: VIDEO_TYPE,
        sn: (this.#firstSns[layer]! + frame * 2 + index) & 0xffff,
        ts: (5_000 * layer + frame * 2_700) >>> 0,
        marker: index === 1,
        payload,
        extensions: {
          [MID_ID]: ascii("v"),
          [RID_ID]: ascii(RIDS[layer]!),
          [TRANSPORT_SEQUENCE_ID]: this.#nextTransportSn(),
        },
      });
    }
  }

  #sendAudio(): void {
    this.client.sendRtp({
      ssrc: 8_000,
      payloadType: AUDIO_TYPE,
      sn: (65_000 + this.#audio) & 0xffff,
      ts: this.#audio * 960,
      payload: [0x78, this.#audio & 0xff, 1, 2, 3],
      extensions: { [MID_ID]: ascii("a"), [TRANSPORT_SEQUENCE_ID]: this.#nextTransportSn() },
    });
    this.#audio += 1;
  }

  #nextTransportSn(): Uint8Array {
    this.#transportSn += 1;
    return Uint8Array.of(this.#transportSn >> 8, this.#transportSn);
  }
}
