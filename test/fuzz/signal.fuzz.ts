import { expect, test } from "bun:test";
import { livekit } from "../../src/gen/livekit.js";
import { writeProtoJson } from "../../src/protobuf/proto-json.ts";
import { SignalSocket } from "../../src/service/signal/signal-socket.ts";
import { SignalCounts } from "../../src/telemetry/metrics/room-metrics.ts";
import { clientOffer } from "../support/client-sdp.ts";
import { runMutations } from "../support/mutate.ts";
import { FakeSocket } from "../support/test-http.ts";
import { joinRequest, type TestClient, TestRooms } from "../support/test-room.ts";

const { AUDIO, VIDEO } = livekit.TrackType;

const OFFER = clientOffer([
  { mid: "0", kind: "audio", cid: "mic", codecs: ["opus", "red"] },
  { mid: "1", kind: "video", cid: "cam", codecs: ["VP8", "H264"], rids: ["q", "h"] },
]);

/** One of every request, with the members that handlers read. */
const REQUESTS: livekit.ISignalRequest[] = [
  {},
  { offer: { type: "offer", sdp: OFFER, id: 1 } },
  { answer: { type: "answer", sdp: OFFER, id: 1 } },
  { trickle: { candidateInit: '{"candidate":"candidate:1 1 udp 1 127.0.0.1 1 typ host"}' } },
  {
    addTrack: {
      cid: "cam",
      name: "n",
      type: VIDEO,
      width: 1280,
      height: 720,
      layers: [
        { quality: 0, rid: "q" },
        { quality: 2, width: 9, height: 9 },
      ],
      simulcastCodecs: [
        { codec: "vp8", cid: "cam" },
        { codec: "vp9", layers: [{ quality: 1 }] },
      ],
      stream: "s",
    },
  },
  { addTrack: { cid: "mic", type: AUDIO, source: 2, stereo: true, audioFeatures: [0, 1] } },
  { addTrack: { sid: "TR_x", cid: "b", type: VIDEO, simulcastCodecs: [{ codec: "vp8" }] } },
  { mute: { sid: "TR_x", muted: true } },
  {
    subscription: {
      trackSids: ["TR_x"],
      subscribe: true,
      participantTracks: [{ participantSid: "PA_x", trackSids: ["TR_y"] }],
    },
  },
  { trackSetting: { trackSids: ["TR_x"], disabled: true, quality: 1, width: 320, height: 180 } },
  { trackSetting: { trackSids: ["TR_x"], fps: 5, priority: 3 } },
  { leave: { reason: 1, action: 1, canReconnect: true } },
  { updateLayers: { trackSid: "TR_x", layers: [{ quality: 1 }] } },
  {
    subscriptionPermission: {
      trackPermissions: [{ participantIdentity: "b", allTracks: true }, { participantSid: "PA_x" }],
    },
  },
  {
    syncState: {
      answer: { type: "answer", sdp: "v=0" },
      subscription: { trackSids: ["TR_x"] },
      publishTracks: [{ cid: "cam", track: { sid: "TR_x" } }],
      trackSidsDisabled: ["TR_x"],
    },
  },
  { syncState: {} },
  { simulate: { speakerUpdate: 3 } },
  { simulate: { subscriberBandwidth: 100_000 } },
  { simulate: { disconnectSignalOnResume: true } },
  { ping: 1 },
  { pingReq: { timestamp: 1, rtt: 2 } },
  { updateMetadata: { requestId: 1, name: "n", metadata: "m", attributes: { k: "v", g: "" } } },
  { updateAudioTrack: { trackSid: "TR_x", features: [0, 1] } },
  { updateVideoTrack: { trackSid: "TR_x", width: 1, height: 1 } },
  { publishDataTrackRequest: { pubHandle: 1, name: "d", frameEncoding: { custom: "c" } } },
  { unpublishDataTrackRequest: { pubHandle: 1 } },
  { updateDataSubscription: { updates: [{ trackSid: "DTR_x", subscribe: true }] } },
  {
    updateDataSubscription: {
      updates: [{ trackSid: "DTR_x", subscribe: true, options: { targetFps: 9 } }, {}],
    },
  },
  { storeDataBlobRequest: { requestId: 1 } },
  {
    storeDataBlobRequest: {
      requestId: 2,
      blob: {
        key: { schemaId: { name: "s", encoding: { custom: "c" } } },
        contents: Uint8Array.of(1, 2),
      },
    },
  },
  { getDataBlobRequest: { requestId: 1 } },
  { getDataBlobRequest: { requestId: 2, participantIdentity: "b", key: { generic: "k" } } },
];

const PACKETS: livekit.IDataPacket[] = [
  { user: { payload: new Uint8Array(5), destinationIdentities: ["b"], nonce: new Uint8Array(16) } },
  { chatMessage: { id: "1", message: "m" }, participantIdentity: "b", sequence: 1 },
  { streamHeader: { streamId: "s", textHeader: { version: 1 }, attributes: { k: "v" } } },
  { rpcRequest: { id: "1", method: "m" }, destinationIdentities: ["b"] },
  { rpcResponse: { requestId: "1", error: { code: 5 } } },
  { transcription: { segments: [{ text: "t" }] } },
  { encryptedPacket: { iv: new Uint8Array(12), encryptedValue: new Uint8Array(20) } },
];

/** A client behind a real socket, beside one who must not notice what it sends. */
class Scene {
  readonly rooms: TestRooms = new TestRooms({ enableDataBlobs: true });
  readonly bystander: TestClient;
  socket: FakeSocket = new FakeSocket();
  signal!: SignalSocket;
  #frames = 0;

  constructor() {
    const connection = { isAutoSubscribe: false };
    this.bystander = this.rooms.join("b", { connection }).connect();
    this.join();
  }

  join(): void {
    const { rooms, scheduler } = this.rooms;
    this.socket = new FakeSocket();
    this.signal = new SignalSocket({
      scheduler,
      messageBytesMax: 100_000,
      counts: new SignalCounts(),
    });
    const request = joinRequest("a", {
      video: { canUpdateOwnMetadata: true, agent: true },
      connection: { isAutoSubscribe: true },
    });
    this.signal.attach(rooms.join(request, this.signal));
    this.signal.onOpen(this.socket);
  }

  /** Time passes now and then, and what was recorded is dropped. */
  tick(): void {
    this.#frames += 1;
    if (this.#frames % 50 !== 0) return;
    this.rooms.advance(300);
    this.rooms.thread.clear();
    this.bystander.link.clear();
    this.socket.frames.length = 0;
  }

  check(): void {
    expect(this.rooms.errors).toEqual([]);
    expect(this.bystander.link.isClosed).toBe(false);
    expect(this.rooms.thread.violations).toEqual([]);
    if (this.socket.closed !== undefined) this.join();
  }

  end(): void {
    this.rooms.rooms.close(livekit.DisconnectReason.SERVER_SHUTDOWN);
    expect(this.rooms.scheduler.pendingCount).toBe(0);
    expect(this.rooms.router.debugInfo()).toMatchObject({ peers: 0, receivers: 0, downTracks: 0 });
    expect(this.rooms.thread.peers.size).toBe(0);
  }
}

function canDecode(bytes: Uint8Array): boolean {
  try {
    livekit.SignalRequest.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

test("whatever binary frame a client sends, only that client can lose its connection", () => {
  const scene = new Scene();
  const corpus = REQUESTS.map((request) => livekit.SignalRequest.encode(request).finish());
  runMutations(corpus, 12_000, 71, (bytes) => {
    const isRequest = canDecode(bytes.slice());
    const { socket } = scene;
    scene.signal.onFrame(bytes);
    if (!isRequest) expect(socket.closed?.code).toBe(1007);
    scene.tick();
    scene.check();
  });
  scene.end();
});

test("whatever text frame a client sends, only that client can lose its connection", () => {
  const scene = new Scene();
  const encoder = new TextEncoder();
  const corpus = REQUESTS.map((request) =>
    encoder.encode(writeProtoJson("livekit.SignalRequest", request)),
  );
  const decoder = new TextDecoder();
  runMutations(corpus, 8_000, 72, (bytes) => {
    scene.signal.onFrame(decoder.decode(bytes));
    scene.tick();
    scene.check();
  });
  scene.end();
});

test("whatever a client sends on its data channels, nobody is harmed", () => {
  const scene = new Scene();
  const corpus = PACKETS.map((packet) => livekit.DataPacket.encode(packet).finish());
  const labels = ["_reliable", "_lossy", "_data_track", "", "x".repeat(300)];
  let index = 0;
  let received = 0;
  runMutations(corpus, 8_000, 73, (bytes) => {
    const { publisher } = scene.rooms.room().findParticipant("a")!.transports;
    index += 1;
    const label = labels[index % 7] ?? "_reliable";
    scene.rooms.thread.receiveData(publisher.peer.peerId, label, bytes);
    for (const packet of scene.bystander.receivedData()) {
      expect(packet.participantSid).not.toBe("");
      received += 1;
    }
    scene.rooms.thread.clear();
    scene.check();
  });
  expect(received).toBeGreaterThan(500);
  scene.end();
});
