import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { messageOf, ServerError } from "../base/errors.ts";
import type { Config } from "../config/config.ts";

/**
 * Certificate and key of TURN over TLS, PEM.
 *
 * @throws ServerError when a file cannot be read, or the two do not belong together
 */
export function turnIdentity({ certFile, keyFile }: Config["turn"]): {
  readonly cert: string;
  readonly key: string;
} {
  const cert = read("turn.cert_file", certFile);
  const key = read("turn.key_file", keyFile);
  const certificate = checked("turn.cert_file", certFile, () => new X509Certificate(cert));
  const privateKey = checked("turn.key_file", keyFile, () => createPrivateKey(key));
  if (!certificate.checkPrivateKey(privateKey)) {
    throw refusal(`the key in ${keyFile} is not the one of the certificate in ${certFile}`);
  }
  return { cert, key };
}

function read(setting: string, path: string): string {
  return checked(setting, path, () => readFileSync(path, "utf8"));
}

function checked<T>(setting: string, path: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw refusal(`${setting} "${path}" cannot be used: ${messageOf(error)}`);
  }
}

function refusal(detail: string): ServerError {
  return new ServerError("failed_precondition", `TURN tls cert required: ${detail}`);
}
