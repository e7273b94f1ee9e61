import { ServerError } from "../../base/errors.ts";
import { newId } from "../../base/ids.ts";
import { livekit } from "../../gen/livekit.js";

const DISPATCHES_MAX = 1_000;
const NANOSECONDS_PER_MS = 1_000_000;

/** Which agents a room calls for (spec-signalling 10.3, 13.5). Lives as long as the room. */
export class AgentDispatches {
  readonly #room: string;
  readonly #wallMs: () => number;
  readonly #byId = new Map<string, livekit.AgentDispatch>();

  /** @param configured of the create request; without any, one for workers that have no name */
  constructor(
    room: string,
    configured: readonly livekit.IRoomAgentDispatch[],
    wallMs: () => number,
  ) {
    this.#room = room;
    this.#wallMs = wallMs;
    for (const dispatch of configured.length > 0 ? configured : [{}]) this.create(dispatch);
  }

  create(request: livekit.IRoomAgentDispatch): livekit.AgentDispatch {
    if (this.#byId.size >= DISPATCHES_MAX) {
      const message = `Cannot create agent dispatch: ${this.#room} has ${DISPATCHES_MAX} already`;
      throw new ServerError("resource_exhausted", message);
    }
    const { agentName, metadata, deployment, attributes, restartPolicy } =
      new livekit.RoomAgentDispatch(request);
    const dispatch = new livekit.AgentDispatch({
      id: newId("AD_"),
      room: this.#room,
      agentName,
      metadata,
      deployment,
      attributes,
      restartPolicy,
      state: { createdAt: Math.floor(this.#wallMs()) * NANOSECONDS_PER_MS },
    });
    this.#byId.set(dispatch.id, dispatch);
    return dispatch;
  }

  /** @param id "" lists all */
  list(id: string): livekit.AgentDispatch[] {
    if (id === "") return [...this.#byId.values()];
    const dispatch = this.#byId.get(id);
    return dispatch === undefined ? [] : [dispatch];
  }

  remove(id: string): livekit.AgentDispatch | undefined {
    const dispatch = this.#byId.get(id);
    this.#byId.delete(id);
    return dispatch;
  }
}
