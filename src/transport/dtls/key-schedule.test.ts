import { expect, test } from "bun:test";
import type { PrfHash } from "../../crypto/tls-prf.ts";
import { exportKeys, masterSecretOf, srtpKeysOf, trafficKeysOf } from "./key-schedule.ts";
import { SRTP_PROFILES } from "./srtp-profiles.ts";

const hex = (text: string): Uint8Array => Uint8Array.fromHex(text);

// What OpenSSL 3.0 printed of two handshakes: its key log and its exported keys.
test.each<{
  hash: PrfHash;
  client: string;
  server: string;
  master: string;
  exported: string;
}>([
  {
    hash: "sha256",
    client: "6d859af4fbe44d9c15dc945f347c5a0a24c00cbaaf98b8ee47e92767c99b99dd",
    server: "334411b170d5f3fdf66958210022461033fc43b0fc4fcab54da8c74be474a342",
    master:
      "0345553b524cf655f29f19601cfc48deca05a7e796e67884ed4f4ab70321ca58" +
      "70f0d1f3b3af7f03f076e16434f9fb90",
    exported:
      "f0ff2dd9466fe1e754d5ea95e8b75361282fe0b6f404e423411b07c898ec795e" +
      "827dcf1f66755e3a5877b558654115da0c3b6147797a1338",
  },
  {
    hash: "sha384",
    client: "9233d53885e407a5dc460efdafab04e1e743356c5ac77c354055c25994e717fb",
    server: "c44135d19f4e470c50ead8319788d000369d76b6287ffc88ef66300b30b0db4d",
    master:
      "36ff85d33ba6edc0e47eda1453ed385bde639d00ea8e9b8a4897fe54b7d87348" +
      "c40f1a21e7cb0acd0b1a14d3ce4b1742",
    exported:
      "1038b01aa1bc339527cfde45bb33e1db09c71ebb2d960a2a98efc93c7f533d77" +
      "90d77c88746a74c25cea91c75faa21c87d35d8b3ba61edbe",
  },
])("exported keys are those of OpenSSL, $hash", ({ hash, client, server, master, exported }) => {
  const randoms = { client: hex(client), server: hex(server) };
  const bytes = exportKeys(hash, hex(master), "EXTRACTOR-dtls_srtp", randoms, 56);
  expect(bytes.toHex()).toBe(exported);
  const keys = srtpKeysOf(hash, hex(master), randoms, SRTP_PROFILES[0]!, "server");
  const { remoteKey, localKey, remoteSalt, localSalt } = keys;
  const joined = [remoteKey, localKey, remoteSalt, localSalt].map((part) => part.toHex()).join("");
  expect(joined).toBe(exported);
  const others = srtpKeysOf(hash, hex(master), randoms, SRTP_PROFILES[0]!, "client");
  expect([others.localKey, others.remoteSalt]).toEqual([remoteKey, localSalt]);
});

test("traffic keys of both sides are different pieces of one block", () => {
  const randoms = { client: new Uint8Array(32).fill(1), server: new Uint8Array(32).fill(2) };
  const master = masterSecretOf("sha256", new Uint8Array(32).fill(3), randoms);
  expect(master).toHaveLength(48);
  for (const keyBytes of [16, 32]) {
    const suite = { id: 0, hash: "sha256" as const, keyBytes };
    const { client, server } = trafficKeysOf(suite, master, randoms);
    expect([client.key.length, server.key.length]).toEqual([keyBytes, keyBytes]);
    expect([client.fixedNonce.length, server.fixedNonce.length]).toEqual([4, 4]);
    expect(client.key).not.toEqual(server.key);
    expect(client.fixedNonce).not.toEqual(server.fixedNonce);
  }
});
