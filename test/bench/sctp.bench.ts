/**
 * Two associations back to back in memory, one way: what SCTP itself costs, both sides together,
 * on one core, in CPU time. Run: `bun test/bench/sctp.bench.ts`.
 */
import { SctpAssociation } from "../../src/transport/sctp/sctp-association.ts";
import { crc32c } from "../../src/wire/sctp/crc32c.ts";
import { seededRandom } from "../support/sctp-link.ts";

const BATCH_PACKETS = 32;
const BUFFERED_BYTES_MAX = 1024 * 1024;

/** @param lossPeriod one packet in so many of a's is lost; 0: none */
function transfer(
  messageBytes: number,
  totalBytes: number,
  zeroChecksum: boolean,
  lossPeriod: number = 0,
): void {
  const a = new SctpAssociation({ random: seededRandom(1), zeroChecksum });
  const b = new SctpAssociation({ random: seededRandom(2), zeroChecksum });
  const message = new Uint8Array(messageBytes).fill(0x5a);
  const packets = Array.from({ length: BATCH_PACKETS }, () => new Uint8Array(1200));
  const lengths = new Uint16Array(BATCH_PACKETS);
  let nowMs = 0;
  let packetNumber = 0;

  /** Up to one batch, as an engine hands over what one receive call brought. */
  const carry = (from: SctpAssociation, to: SctpAssociation): number => {
    let count = 0;
    while (count < BATCH_PACKETS) {
      const length = from.pollTransmit(nowMs, packets[count]!);
      if (length === 0) break;
      lengths[count] = length;
      count += 1;
    }
    for (let i = 0; i < count; i++) {
      if (from === a && lossPeriod > 0 && ++packetNumber % lossPeriod === 0) continue;
      to.handlePacket(nowMs, packets[i]!.subarray(0, lengths[i]!));
    }
    return count;
  };

  a.connect(0);
  for (let i = 0; i < 10; i++) {
    carry(a, b);
    carry(b, a);
  }
  let receivedBytes = 0;
  let packetCount = 0;
  const startUs = process.cpuUsage().user;
  while (receivedBytes < totalBytes) {
    while (a.bufferedBytes < BUFFERED_BYTES_MAX) a.send(nowMs, 1, 53, message);
    packetCount += carry(a, b);
    for (let event = b.pollEvent(); event !== undefined; event = b.pollEvent()) {
      if (event.kind === "message") receivedBytes += event.bytes.length;
    }
    carry(b, a);
    while (a.pollEvent() !== undefined);
    nowMs += 0.1;
  }
  const elapsedMs = (process.cpuUsage().user - startUs) / 1000;
  const rate = (receivedBytes / 1e6 / (elapsedMs / 1000)).toFixed(0);
  const perPacketUs = ((elapsedMs * 1000) / packetCount).toFixed(2);
  const checksum = zeroChecksum ? "no checksum" : "CRC32c     ";
  const loss = lossPeriod > 0 ? ", 1 % lost" : "          ";
  const name = `${String(messageBytes).padStart(6)} B messages, ${checksum}${loss}`;
  console.log(`${name}  ${rate.padStart(5)} MB/s  ${perPacketUs} us a packet, both sides`);
}

function checksum(): void {
  const packet = new Uint8Array(1188).fill(0x5a);
  const rounds = 200_000;
  let sum = 0;
  for (let i = 0; i < rounds; i++) sum ^= crc32c(packet, 0, packet.length);
  const startMs = performance.now();
  for (let i = 0; i < rounds; i++) sum ^= crc32c(packet, 0, packet.length);
  const elapsedMs = performance.now() - startMs;
  const rate = ((rounds * packet.length) / 1e6 / (elapsedMs / 1000)).toFixed(0);
  console.log(`CRC32c of ${packet.length} B: ${rate} MB/s (${sum})`);
}

checksum();
for (const zeroChecksum of [false, true]) {
  for (const messageBytes of [100, 1000, 16_000, 65_000]) {
    transfer(messageBytes, messageBytes * 200, zeroChecksum); // warms up
    transfer(messageBytes, messageBytes < 1000 ? 20_000_000 : 100_000_000, zeroChecksum);
  }
  transfer(16_000, 3_000_000, zeroChecksum, 100);
  transfer(16_000, 50_000_000, zeroChecksum, 100);
}
