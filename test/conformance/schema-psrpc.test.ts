import { expect, test } from "bun:test";
import { internal, rpc } from "../../src/gen/livekit.js";
import { decodeMessage, encodeMessage } from "../../src/protobuf/codec.ts";

/**
 * The messages of psrpc, which no package of the reference describes to JavaScript, against bytes
 * that its workers exchange (psrpc 0.7.3 over Redis).
 */
const SENT_AT_NS = 1_760_000_000 * 1e9;
const hexOf = (text: string): string => Buffer.from(text).toString("hex");
const REQUEST_ID = `0a10${hexOf("REQ_AAAAAAAAAAAA")}`;
const SERVER_ID = `1210${hexOf("SRV_CCCCCCCCCCCC")}`;

test("a keepalive ping in its envelope", () => {
  const value = encodeMessage(rpc.KeepalivePing, { timestamp: 1_760_000_000 });
  const bytes = encodeMessage(internal.Msg, { typeUrl: rpc.KeepalivePing.getTypeUrl(), value });
  expect(bytes.toHex()).toBe(
    `0a25${hexOf("type.googleapis.com/rpc.KeepalivePing")}12060880f09dc706`,
  );
});

test("a request", () => {
  const bytes = encodeMessage(internal.Request, {
    requestId: "REQ_AAAAAAAAAAAA",
    clientId: "CLI_BBBBBBBBBBBB",
    sentAt: SENT_AT_NS,
    expiry: SENT_AT_NS + 3e9,
    rawRequest: encodeMessage(rpc.GetEgressRequest, { egressId: "EG_abc" }),
  });
  expect(bytes.toHex()).toBe(
    `${REQUEST_ID}1210${hexOf("CLI_BBBBBBBBBBBB")}188080c0a5cdd5b1b6182080bc81bcd8d5b1b618` +
      `42080a0645475f616263`,
  );
  expect(decodeMessage(internal.Request, bytes).expiry).toBe(SENT_AT_NS + 3e9);
});

test("a bid and its grant", () => {
  const ids = { requestId: "REQ_AAAAAAAAAAAA", serverId: "SRV_CCCCCCCCCCCC" };
  const bid = encodeMessage(internal.ClaimRequest, { ...ids, affinity: 1 });
  expect(bid.toHex()).toBe(`${REQUEST_ID}${SERVER_ID}1d0000803f`);
  const grant = encodeMessage(internal.ClaimResponse, ids);
  expect(grant.toHex()).toBe(`${REQUEST_ID}${SERVER_ID}`);
});

test("a response that is an error", () => {
  const bytes = encodeMessage(internal.Response, {
    requestId: "REQ_AAAAAAAAAAAA",
    serverId: "SRV_CCCCCCCCCCCC",
    sentAt: SENT_AT_NS + 5e8,
    error: "egress does not exist",
    code: "not_found",
  });
  expect(bytes.length).toBe(80);
  expect(bytes.toHex()).toBe(
    `${REQUEST_ID}${SERVER_ID}1880caf593cfd5b1b618` +
      `2a15${hexOf("egress does not exist")}3209${hexOf("not_found")}`,
  );
});

test("a stream's opening and its acknowledgement", () => {
  const open = encodeMessage(internal.Stream, { open: { nodeId: "ND_node1" } });
  expect(open.toHex()).toBe(`320a0a08${hexOf("ND_node1")}`);
  const ack = encodeMessage(internal.Stream, { ack: {} });
  expect(ack.toHex()).toBe("4200");
  expect(decodeMessage(internal.Stream, ack).body).toBe("ack");
});
