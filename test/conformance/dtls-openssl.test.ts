import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fingerprintOf } from "../../src/crypto/certificate.ts";
import type { SrtpKeys, SrtpProfile } from "../../src/transport/dtls/dtls-session.ts";
import { createTestDtlsFactory } from "../support/dtls-factory.ts";
import { DtlsEnd } from "../support/dtls-link.ts";
import { freePort } from "../support/free-port.ts";
import { until } from "../support/until.ts";

/**
 * The peer of these tests. Where it is missing they are skipped, and the report says so; LibreSSL,
 * which has the same name on macOS, lacks half of the options.
 */
const OPENSSL = findOpenssl();

function findOpenssl(): string | null {
  const path = Bun.which("openssl");
  if (path === null) return null;
  const version = Bun.spawnSync([path, "version"]).stdout.toString();
  return /^OpenSSL ([3-9]|1\.1\.1)/.test(version) ? path : null;
}

const KEY_KINDS = {
  ecdsa: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
  "ecdsa-p384": ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"],
  rsa: ["-newkey", "rsa:2048"],
  ed25519: ["-newkey", "ed25519"],
};
type KeyKind = keyof typeof KEY_KINDS;

const PROFILES: Readonly<Record<SrtpProfile, { name: string; bytes: number }>> = {
  AEAD_AES_128_GCM: { name: "SRTP_AEAD_AES_128_GCM", bytes: 56 },
  AEAD_AES_256_GCM: { name: "SRTP_AEAD_AES_256_GCM", bytes: 88 },
  AES128_CM_HMAC_SHA1_80: { name: "SRTP_AES128_CM_SHA1_80", bytes: 60 },
};

let folder: string;
const fingerprints = new Map<KeyKind, string>();

function fileOf(kind: KeyKind, what: "key" | "cert"): string {
  return join(folder, `${kind}-${what}.pem`);
}

function identityOf(kind: KeyKind): string[] {
  return ["-cert", fileOf(kind, "cert"), "-key", fileOf(kind, "key")];
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "dtls-"));
  if (OPENSSL === null) return;
  for (const kind of Object.keys(KEY_KINDS) as KeyKind[]) {
    const { exitCode, stderr } = Bun.spawnSync([
      ...[OPENSSL, "req", "-x509", "-nodes", "-subj", "/CN=peer", "-days", "2"],
      ...KEY_KINDS[kind],
      ...["-keyout", fileOf(kind, "key"), "-out", fileOf(kind, "cert")],
    ]);
    if (exitCode !== 0) throw new Error(`openssl req failed: ${stderr.toString()}`);
    const base64 = readFileSync(fileOf(kind, "cert"), "utf8").replace(/-----[^-]+-----|\s/g, "");
    fingerprints.set(kind, fingerprintOf(Buffer.from(base64, "base64")));
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** One of our sessions on a socket, with the runtime's timers. */
class SocketEnd implements AsyncDisposable {
  readonly end: DtlsEnd;
  readonly port: number;
  readonly #socket: Bun.udp.Socket<"buffer">;
  readonly #timer: ReturnType<typeof setInterval>;
  #peerPort: number;

  static async open(role: "server" | "client", kind: KeyKind, peerPort = 0): Promise<SocketEnd> {
    const end = new DtlsEnd(createTestDtlsFactory(), role, fingerprints.get(kind) ?? "");
    const holder: { value: SocketEnd | undefined } = { value: undefined };
    const socket = await Bun.udpSocket({
      hostname: "127.0.0.1",
      binaryType: "buffer",
      socket: {
        data: (_socket, bytes, port) => holder.value?.receive(bytes, port),
        error() {},
      },
    });
    holder.value = new SocketEnd(end, socket, peerPort);
    return holder.value;
  }

  constructor(end: DtlsEnd, socket: Bun.udp.Socket<"buffer">, peerPort: number) {
    this.end = end;
    this.port = socket.port;
    this.#socket = socket;
    this.#peerPort = peerPort;
    this.#timer = setInterval(() => {
      const nowMs = performance.now();
      if (nowMs >= end.session.pollTimeout()) end.session.handleTimeout(nowMs);
      this.flush();
    }, 10);
  }

  receive(bytes: Uint8Array, port: number): void {
    this.#peerPort = port;
    this.end.handle(performance.now(), bytes);
    this.flush();
  }

  flush(): void {
    for (const datagram of this.end.sent.splice(0)) {
      this.#socket.send(datagram, this.#peerPort, "127.0.0.1");
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.end.session.close();
    this.flush();
    clearInterval(this.#timer);
    this.#socket.close();
    return Promise.resolve();
  }
}

/** `openssl s_client` or `s_server`, and all that it has printed. */
class OpensslProcess implements AsyncDisposable {
  readonly #process: Bun.Subprocess<"pipe", "pipe", "pipe">;
  output = "";

  constructor(args: readonly string[]) {
    this.#process = Bun.spawn([OPENSSL ?? "openssl", ...args], {
      stdin: "pipe",
      stdout: "pipe",
      stderr: "pipe",
    });
    void this.#collect(this.#process.stdout);
    void this.#collect(this.#process.stderr);
  }

  type(line: string): void {
    this.#process.stdin.write(`${line}\n`);
    void this.#process.stdin.flush();
  }

  async #collect(stream: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of stream) this.output += decoder.decode(chunk);
  }

  /** The exported keys, hexadecimal, once it has printed them. */
  async keys(): Promise<string> {
    const pattern = /Keying material: ([0-9A-F]+)/;
    await until(() => pattern.test(this.output), { what: "openssl's keys" });
    return pattern.exec(this.output)![1]!;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill();
    await this.#process.exited;
  }
}

function srtpArgs(profile: SrtpProfile): string[] {
  const { name, bytes } = PROFILES[profile];
  const label = "EXTRACTOR-dtls_srtp";
  return ["-use_srtp", name, "-keymatexport", label, "-keymatexportlen", String(bytes)];
}

/** Client key, server key, client salt, server salt, as the exporter gives them. */
function exported(keys: SrtpKeys | undefined, role: "server" | "client"): string {
  if (keys === undefined) return "";
  const { localKey, localSalt, remoteKey, remoteSalt } = keys;
  const [client, server] =
    role === "client"
      ? [[localKey, localSalt] as const, [remoteKey, remoteSalt] as const]
      : [[remoteKey, remoteSalt] as const, [localKey, localSalt] as const];
  return Buffer.concat([client[0], server[0], client[1], server[1]]).toString("hex").toUpperCase();
}

describe.skipIf(OPENSSL === null)("openssl s_client and our server", () => {
  test.each<{ title: string; kind?: KeyKind; profile?: SrtpProfile; args?: string[] }>([
    { title: "its defaults" },
    { title: "an ECDSA certificate with P-384", kind: "ecdsa-p384" },
    { title: "an RSA certificate", kind: "rsa" },
    {
      title: "an RSA certificate and PKCS 1",
      kind: "rsa",
      args: ["-sigalgs", "ECDSA+SHA256:RSA+SHA256"],
    },
    { title: "an Ed25519 certificate", kind: "ed25519" },
    { title: "P-256", args: ["-groups", "P-256"] },
    { title: "X25519 behind groups of its own", args: ["-groups", "P-521:X25519:P-256"] },
    { title: "AES-256", args: ["-cipher", "ECDHE-ECDSA-AES256-GCM-SHA384"] },
    { title: "messages cut to an MTU of 256", kind: "rsa", args: ["-mtu", "256"] },
    { title: "SRTP with 256 bits", profile: "AEAD_AES_256_GCM" },
    { title: "SRTP in counter mode", profile: "AES128_CM_HMAC_SHA1_80" },
  ])(
    "agree on keys and carry data: $title",
    async ({ kind = "ecdsa", profile = "AEAD_AES_128_GCM", args = [] }) => {
      await using server = await SocketEnd.open("server", kind);
      await using client = new OpensslProcess([
        ...["s_client", "-dtls1_2", "-connect", `127.0.0.1:${server.port}`],
        ...identityOf(kind),
        ...srtpArgs(profile),
        ...args,
      ]);
      const keys = await client.keys();
      expect(server.end.failure).toBeUndefined();
      expect(server.end.keys?.profile).toBe(profile);
      expect(exported(server.end.keys, "server")).toBe(keys);
      client.type("from openssl");
      await until(() => server.end.received.length > 0, { what: "data of openssl" });
      expect(server.end.received).toEqual(["from openssl\n"]);
      server.end.send("to openssl\n");
      server.flush();
      await until(() => client.output.includes("to openssl"), { what: "our data" });
      expect(client.output).toContain("Extended master secret: yes");
      expect(client.output).toContain("Secure Renegotiation IS supported");
    },
  );

  test.each([
    { args: ["-cipher", "ECDHE-ECDSA-CHACHA20-POLY1305"], why: "cipher suites" },
    { args: ["-groups", "P-384"], why: "X25519" },
    { args: ["-sigalgs", "ECDSA+SHA384"], why: "ECDSA with SHA-256" },
  ])("part by an alert that openssl understands: $why", async ({ args, why }) => {
    await using server = await SocketEnd.open("server", "ecdsa");
    await using client = new OpensslProcess([
      ...["s_client", "-dtls1_2", "-connect", `127.0.0.1:${server.port}`],
      ...identityOf("ecdsa"),
      ...srtpArgs("AEAD_AES_128_GCM"),
      ...args,
    ]);
    await until(() => /alert handshake failure/.test(client.output), { what: "the alert" });
    expect(server.end.failure).toContain(why);
  });

  test("part when openssl shows no certificate", async () => {
    await using server = await SocketEnd.open("server", "ecdsa");
    await using client = new OpensslProcess([
      ...["s_client", "-dtls1_2", "-connect", `127.0.0.1:${server.port}`],
      ...srtpArgs("AEAD_AES_128_GCM"),
    ]);
    await until(() => server.end.failure !== undefined, { what: "our refusal" });
    expect(server.end.failure).toBe("Peer shows no certificate");
    await until(() => /alert handshake failure/.test(client.output), { what: "the alert" });
  });

  test("refuse to negotiate anew, which openssl understands and will not do without", async () => {
    await using server = await SocketEnd.open("server", "ecdsa");
    await using client = new OpensslProcess([
      ...["s_client", "-dtls1_2", "-connect", `127.0.0.1:${server.port}`],
      ...identityOf("ecdsa"),
      ...srtpArgs("AEAD_AES_128_GCM"),
    ]);
    await client.keys();
    client.type("R");
    await until(() => client.output.includes("no renegotiation"), { what: "the refusal" });
    await until(() => server.end.failure !== undefined, { what: "openssl's answer" });
    expect(server.end.failure).toContain("alert handshake_failure (40)");
  });
});

describe.skipIf(OPENSSL === null)("our client and openssl s_server", () => {
  test.each<{ title: string; kind?: KeyKind; profile?: SrtpProfile; args?: string[] }>([
    { title: "its defaults" },
    { title: "a request for a cookie", args: ["-listen"] },
    { title: "P-256", args: ["-groups", "P-256"] },
    { title: "AES-256", args: ["-cipher", "ECDHE-ECDSA-AES256-GCM-SHA384"] },
    { title: "messages cut to an MTU of 256", args: ["-mtu", "256"] },
    { title: "SRTP with 256 bits", profile: "AEAD_AES_256_GCM" },
  ])(
    "agree on keys and carry data: $title",
    async ({ kind = "ecdsa", profile = "AEAD_AES_128_GCM", args = [] }) => {
      const port = await freePort();
      await using server = new OpensslProcess([
        ...["s_server", "-dtls1_2", "-accept", `127.0.0.1:${port}`, "-verify", "1"],
        ...identityOf(kind),
        ...srtpArgs(profile),
        ...args,
      ]);
      await until(() => server.output.includes("ACCEPT"), { what: "openssl's socket" });
      await using client = await SocketEnd.open("client", kind, port);
      const keys = await server.keys();
      await until(() => client.end.keys !== undefined, { what: "the handshake's end" });
      expect(client.end.keys?.profile).toBe(profile);
      expect(exported(client.end.keys, "client")).toBe(keys);
      client.end.send("to openssl\n");
      client.flush();
      await until(() => server.output.includes("to openssl"), { what: "our data" });
      server.type("from openssl");
      await until(() => client.end.received.length > 0, { what: "data of openssl" });
      expect(client.end.received).toEqual(["from openssl\n"]);
    },
  );
});
