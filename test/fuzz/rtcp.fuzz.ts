import { test } from "bun:test";
import { DropReason } from "../../src/base/drop-reason.ts";
import { ReportBlock, RtcpCursor } from "../../src/wire/rtcp/rtcp-cursor.ts";
import { RtcpType, TransportFormat, XrBlock } from "../../src/wire/rtcp/rtcp-types.ts";
import {
  writeCname,
  writeDlrr,
  writeFir,
  writeNack,
  writePli,
  writeReceiverReferenceTime,
  writeReceiverReport,
  writeRemb,
  writeSenderReport,
} from "../../src/wire/rtcp/rtcp-writer.ts";
import { TwccFeedbackReader, TwccFeedbackWriter } from "../../src/wire/rtcp/twcc-feedback.ts";
import { runMutations } from "../support/mutate.ts";

const SEED = 20_261;

function corpus(): Uint8Array[] {
  const out = new Uint8Array(1500);
  const inputs: Uint8Array[] = [];
  const keep = (end: number) => inputs.push(out.slice(0, end));
  const block = Object.assign(new ReportBlock(), { ssrc: 5, totalLost: 3, highestSn: 70_000 });
  keep(writeReceiverReport(out, 0, 1, block));
  keep(
    writeCname(out, writeSenderReport(out, 0, 1, 2, 3, 4, 5, 6), 1, new Uint8Array(20).fill(65)),
  );
  keep(writeNack(out, 0, 1, 2, Uint16Array.from([1, 2, 3, 40, 65_535]), 5));
  keep(writePli(out, writeFir(out, 0, 1, 2, 3), 1, 2));
  keep(writeRemb(out, 0, 1, [2], 1_000_000));
  keep(writeDlrr(out, writeReceiverReferenceTime(out, 0, 1, 2, 3), 1, 2, 3, 4));
  inputs.push(Uint8Array.of(0x81, RtcpType.Goodbye, 0, 1, 0, 0, 0, 1));
  const writer = new TwccFeedbackWriter();
  writer.start(out, 0, out.length, 1, 2, 100, 1000, 7);
  for (let i = 0; i < 60; i++) writer.add(100 + i * (i % 7 === 0 ? 3 : 1) + i, 1000 + i * i);
  keep(writer.finish());
  return inputs;
}

/** Every number read must be one: a read past the end would be NaN. */
function checkNumber(value: number): void {
  if (!Number.isFinite(value)) throw new Error(`Read past the end: ${value}`);
}

test("reading mutated RTCP neither throws nor reads past the end", () => {
  const cursor = new RtcpCursor();
  const block = new ReportBlock();
  const twcc = new TwccFeedbackReader();
  runMutations(corpus(), 20_000, SEED, (bytes) => {
    if (cursor.start(bytes, 0, bytes.length) !== DropReason.None) return;
    for (let type = cursor.next(); type !== RtcpType.End; type = cursor.next()) {
      checkNumber(cursor.senderSsrc + cursor.mediaSsrc + cursor.octetCount);
      if (type === RtcpType.SenderReport || type === RtcpType.ReceiverReport) {
        for (let i = 0; i < cursor.count; i++) {
          cursor.readReportBlock(i, block);
          checkNumber(block.ssrc + block.delaySinceLastSr);
        }
      }
      if (type === RtcpType.TransportFeedback && cursor.count === TransportFormat.TransportWide) {
        if (twcc.start(bytes, cursor.bodyOffset, cursor.bodyBytes) !== DropReason.None) continue;
        while (twcc.next()) checkNumber(twcc.sn + twcc.arrivalTicks);
      } else if (type === RtcpType.TransportFeedback) {
        for (let i = 0; i < cursor.nackCount(); i++) {
          if (cursor.bodyOffset + 12 + i * 4 > bytes.length) throw new Error("NACK past the end");
          checkNumber(cursor.nackPid(i) + cursor.nackMask(i));
        }
      }
      if (type === RtcpType.PayloadFeedback) {
        for (let i = 0; i < cursor.firCount(); i++) checkNumber(cursor.firSsrc(i));
        if (cursor.isRemb()) checkNumber(cursor.rembBitrateBps());
      }
      if (type !== RtcpType.ExtendedReport) continue;
      for (let xr = cursor.nextXrBlock(); xr !== XrBlock.End; xr = cursor.nextXrBlock()) {
        if (xr === XrBlock.ReceiverReferenceTime) checkNumber(cursor.rrtrSeconds());
        if (xr !== XrBlock.Dlrr) continue;
        for (let i = 0; i < cursor.dlrrCount(); i++) checkNumber(cursor.dlrrDelay(i));
      }
    }
  });
});
