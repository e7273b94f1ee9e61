import { SignJWT } from "jose";

/** Who may use a server. */
export type ApiKey = { readonly key: string; readonly secret: string };

/** A token to join a room with every right of a participant in it, good for an hour. */
export function joinToken(apiKey: ApiKey, room: string, identity: string): Promise<string> {
  const video = { roomJoin: true, room, canUpdateOwnMetadata: true };
  return new SignJWT({ name: identity, video })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer(apiKey.key)
    .setSubject(identity)
    .setIssuedAt()
    .setExpirationTime("1h")
    .sign(new TextEncoder().encode(apiKey.secret));
}
