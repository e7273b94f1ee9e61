import { expect, test } from "bun:test";
import { rtpView } from "../../test/support/rtp-packet.ts";
import { IncomingStreams } from "../sfu/receiver/incoming-streams.ts";
import { RtcpCursor } from "../wire/rtcp/rtcp-cursor.ts";
import { PayloadFormat, RtcpType, TransportFormat } from "../wire/rtcp/rtcp-types.ts";
import { NO_EXTENSIONS } from "../wire/rtp/extension-ids.ts";
import { ARRIVAL_FEEDBACK_BYTES, ArrivalFeedback } from "./arrival-feedback.ts";

const SEND_TIME = 3;
const TRANSPORT_SEQUENCE = 5;
const UNITS_PER_MS = 262.144;

/** Packets of 1200 bytes, one each 10 ms, from 1 s to 4 s. */
function reportsOf(feedback: ArrivalFeedback): { type: number; format: number; bps: number }[] {
  const out = new Uint8Array(ARRIVAL_FEEDBACK_BYTES);
  const reports: { type: number; format: number; bps: number }[] = [];
  const cursor = new RtcpCursor();
  for (let i = 0; i < 300; i++) {
    const nowMs = 1_000 + i * 10;
    const time = Math.floor(nowMs * UNITS_PER_MS) & 0xffffff;
    const view = rtpView({
      sn: i,
      ts: i * 900,
      marker: true,
      payload: new Uint8Array(1_168),
      extensions: {
        [SEND_TIME]: [time >> 16, (time >> 8) & 255, time & 255],
        [TRANSPORT_SEQUENCE]: [i >> 8, i & 255],
      },
    });
    feedback.record(nowMs, view);
    const length = nowMs >= feedback.pollTimeout() ? feedback.pollFeedback(nowMs, out) : 0;
    if (length === 0) continue;
    cursor.start(out, 0, length);
    const type = cursor.next();
    const bps = cursor.isRemb() ? cursor.rembBitrateBps() : 0;
    reports.push({ type, format: cursor.count, bps });
  }
  return reports;
}

test("ArrivalFeedback reports arrivals to a client that numbers its packets", () => {
  const feedback = new ArrivalFeedback(7, new IncomingStreams());
  const ids = { transportSequence: TRANSPORT_SEQUENCE, absSendTime: SEND_TIME };
  feedback.setExtensions({ ...NO_EXTENSIONS, ...ids });
  const reports = reportsOf(feedback);
  expect(reports.length).toBeGreaterThan(10);
  for (const { type, format } of reports) {
    expect(type).toBe(RtcpType.TransportFeedback);
    expect(format).toBe(TransportFormat.TransportWide);
  }
});

test("ArrivalFeedback estimates for a client that has only send times, once a second", () => {
  const feedback = new ArrivalFeedback(7, new IncomingStreams());
  feedback.setExtensions({ ...NO_EXTENSIONS, absSendTime: SEND_TIME });
  const reports = reportsOf(feedback);
  expect(reports.length).toBeGreaterThanOrEqual(2);
  expect(reports.length).toBeLessThanOrEqual(4);
  for (const { type, format, bps } of reports) {
    expect(type).toBe(RtcpType.PayloadFeedback);
    expect(format).toBe(PayloadFormat.Application);
    // 960 kbit/s arrive
    expect(bps).toBeGreaterThan(900_000);
    expect(bps).toBeLessThan(1_500_000);
  }
});

test("ArrivalFeedback says nothing to a client that has neither", () => {
  const feedback = new ArrivalFeedback(7, new IncomingStreams());
  feedback.setExtensions(NO_EXTENSIONS);
  expect(reportsOf(feedback)).toEqual([]);
  expect(feedback.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
});
