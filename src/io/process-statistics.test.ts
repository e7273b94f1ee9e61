import { expect, test } from "bun:test";
import { sampleProcess, sampleSystemPackets } from "./process-statistics.ts";

test("a process knows what it uses", () => {
  const before = sampleProcess();
  const now = sampleProcess();
  expect(now.cpuSeconds).toBeGreaterThanOrEqual(before.cpuSeconds);
  expect(now.residentBytes).toBeGreaterThan(1_000_000);
  expect(now.startedAt).toBeLessThan(Date.now() / 1000);
  expect(now.startedAt).toBeGreaterThan(Date.now() / 1000 - 86_400);
});

test("Linux tells of files, mappings and the network; other systems tell nothing of them", () => {
  const { openFiles, openFilesMax, virtualBytes, residentBytes, receivedBytes } = sampleProcess();
  if (process.platform !== "linux") {
    expect([openFiles, openFilesMax, virtualBytes, receivedBytes]).toEqual(
      new Array(4).fill(undefined),
    );
    return;
  }
  expect(openFiles).toBeGreaterThan(2);
  expect(openFilesMax).toBeGreaterThan(openFiles!);
  expect(virtualBytes).toBeGreaterThan(residentBytes);
  expect(receivedBytes).toBeGreaterThanOrEqual(0);
});

test("packets of the machine only grow", () => {
  const before = sampleSystemPackets();
  const now = sampleSystemPackets();
  expect(now.out).toBeGreaterThanOrEqual(before.out);
  expect(now.dropped).toBeGreaterThanOrEqual(before.dropped);
});
