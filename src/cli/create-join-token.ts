import { SignJWT } from "jose";
import { loadConfig } from "../config/load-config.ts";
import { requireFlags } from "./arguments.ts";
import { type CommandInput, type CommandResult, printed } from "./command.ts";

const LIFETIME_SECONDS = 30 * 24 * 60 * 60;

/** A token for trying things out, signed with the first configured key. */
export async function createJoinToken(input: CommandInput): Promise<CommandResult> {
  const { environment, flags, commandFlags } = input;
  requireFlags(commandFlags, ["room", "identity"]);
  const { env, files, localAddresses } = environment;
  const { config } = loadConfig({ flags, env, files, localAddresses, keys: "required" });
  const [apiKey, secret] = Object.entries(config.keys)[0]!;
  const isRecorder = commandFlags.get("recorder")?.at(-1);
  const video = {
    roomJoin: true,
    room: commandFlags.get("room")!.at(-1)!,
    ...(isRecorder === undefined || /^(false|no|off|n|f|0)$/i.test(isRecorder)
      ? {}
      : { hidden: true, recorder: true, canPublish: false, canPublishData: false }),
  };
  const nowSeconds = Math.floor(environment.wallMs() / 1000);
  const token = await new SignJWT({ video })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer(apiKey)
    .setSubject(commandFlags.get("identity")!.at(-1)!)
    .setNotBefore(nowSeconds)
    .setExpirationTime(nowSeconds + LIFETIME_SECONDS)
    .sign(new TextEncoder().encode(secret));
  return printed(`Token: ${token}`);
}
