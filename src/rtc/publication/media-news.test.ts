import { expect, test } from "bun:test";
import { TestRooms } from "../../../test/support/test-room.ts";
import { NEWS_MAX } from "./media-news.ts";

test("a publisher whose pictures change their size all the time does not flood its room", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const b = rooms.join("b").connect();
  const sid = a.publish("cam", { layers: [{ quality: 2 }] }, { codecs: ["VP8"] });
  const [receiverId] = rooms.thread.receivers.keys();
  const size = (width: number): void =>
    rooms.thread.emit({
      kind: "video-size-changed",
      receiverId: receiverId!,
      spatialLayer: 0,
      width,
      height: 90,
    });
  const widthTold = () => b.infoOf("a")?.tracks?.find((one) => one.sid === sid)?.layers?.[0]?.width;
  const before = b.link.all("update").length;
  size(160);
  expect(widthTold()).toBe(160);
  for (let i = 1; i <= 1_000; i++) size(160 + i);
  expect(b.link.all("update").length - before).toBe(NEWS_MAX);
  rooms.advance(1_000);
  expect(widthTold()).toBe(1_160);
  expect(b.link.all("update").length - before).toBe(NEWS_MAX + 1);
  for (let i = 1; i <= 1_000; i++) size(160 + i);
  expect(b.link.all("update").length - before).toBe(NEWS_MAX + 1);
  rooms.advance(5_000);
  size(320);
  expect(widthTold()).toBe(320);
});
