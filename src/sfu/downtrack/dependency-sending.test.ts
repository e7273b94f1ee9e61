import { expect, test } from "bun:test";
import {
  FakeSource,
  type PacketFields,
  packetOf,
  RecordingSink,
  type SentPacket,
} from "../../../test/support/send-side.ts";
import { SVC_MODES, SvcEncoder } from "../../../test/support/svc-encoder.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { NO_EXTENSIONS } from "../../wire/rtp/extension-ids.ts";
import { findExtension } from "../../wire/rtp/rtp-view.ts";
import { Allocator } from "../allocator/allocator.ts";
import { DependencyParser } from "../dependency/dependency-parser.ts";
import { DownTrack, WriteResult } from "./down-track.ts";
import { SendTransport } from "./send-transport.ts";

const DEPENDENCY_ID = 8;

/** A down track of an L3T3 stream, of which the subscriber gets two spatial layers. */
function rig(dependencyDescriptor: number, rtxSsrc = 2_000) {
  const source = new FakeSource();
  source.isSvc = true;
  source.available.delete(2);
  const sink = new RecordingSink();
  const transport = new SendTransport(sink);
  transport.extensions = { ...NO_EXTENSIONS, dependencyDescriptor };
  const codec = { codec: Codec.Av1, payloadType: 102, rtxPayloadType: 103, fmtp: "" };
  const settings = {
    isDisabled: false,
    maxSpatialLayer: 1,
    maxTemporalLayer: 2,
    maxFrameRate: 0,
    priority: 1,
  };
  const track = new DownTrack(
    0,
    {
      downTrackId: 1,
      ssrc: 1_000,
      rtxSsrc,
      codecs: [codec],
      cname: "PA_abc",
      isScreenShare: false,
      settings,
    },
    source,
    transport,
    new Allocator(true),
    7,
  );
  const encoder = new SvcEncoder(SVC_MODES.L3T3);
  const parser = new DependencyParser(false);
  let extSn = 0;
  const picture = (isKey: boolean): WriteResult[] =>
    encoder.picture(isKey).map((frame) => {
      extSn += 1;
      const fields: PacketFields = {
        codec: Codec.Av1,
        extSn,
        extTs: frame.picture * 3_000,
        ssrc: 500,
        marker: frame.endsPicture,
        dependencyDescriptor: encoder.descriptor(frame, true, true),
      };
      source.kept.set(`0:${extSn}`, fields);
      const packet = packetOf(fields);
      parser.read(packet);
      packet.isKeyFrame = packet.dependency.descriptor.hasStructure;
      return track.write(packet, frame.picture * 33);
    });
  return { track, sink, source, picture, skip: () => encoder.picture(false) };
}

function descriptorOf({ view }: SentPacket): number[] {
  const at = findExtension(view, DEPENDENCY_ID);
  return at === 0 ? [] : [...view.bytes.slice(at, at + view.elementBytes)];
}

test.each([
  { title: "on the RTX stream", rtxSsrc: 2_000 },
  { title: "on the media stream", rtxSsrc: 0 },
])("a packet is sent once more with the descriptor that it left with, $title", ({ rtxSsrc }) => {
  const { track, sink, picture } = rig(DEPENDENCY_ID, rtxSsrc);
  picture(true);
  picture(false);
  const sent = sink.take();
  expect(sent.map(({ marker }) => marker)).toEqual([false, true, false, true]);
  // The templates, then masks of two spatial layers in place of descriptors of three bytes.
  expect(sent.map((packet) => descriptorOf(packet).length)).toEqual([expect.any(Number), 5, 5, 5]);
  track.handleNack(
    1_000,
    Uint16Array.from(sent, ({ sn }) => sn),
    sent.length,
  );
  const resent = sink.take();
  expect(resent.toReversed().map(descriptorOf)).toEqual(sent.map(descriptorOf));
});

test("a subscriber that did not negotiate descriptors gets none", () => {
  const { track, sink, picture } = rig(0);
  picture(true);
  const sent = sink.take();
  track.handleNack(1_000, Uint16Array.of(sent[0]!.sn), 1);
  const [resent] = sink.take();
  expect([sent[0]!.view.extensionOffset, resent!.view.extensionOffset]).toEqual([0, 0]);
});

test("a broken chain is told at once, and a key frame is asked for", () => {
  const { track, source, picture, skip } = rig(DEPENDENCY_ID);
  picture(true);
  track.pollForwardingChange();
  track.handleTimeout(100);
  source.keyFrameRequests.splice(0);
  expect(track.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
  for (let i = 0; i < 4; i++) skip();
  const results: WriteResult[] = [];
  for (let i = 0; i < 40; i++) results.push(...picture(false));
  expect(results.filter((result) => result === WriteResult.Changed)).toHaveLength(1);
  expect(track.pollTimeout()).toBeLessThan(Number.POSITIVE_INFINITY);
  track.handleTimeout(2_000);
  expect(source.keyFrameRequests).toEqual([{ nowMs: 2_000, spatialLayer: 0 }]);
  picture(true);
  expect(track.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
});
