import type { Room } from "livekit-client";
import { element, input, messageOf, showProblem } from "./dom.ts";

/** The topic that LiveKit's own components use for chat. */
const TOPIC = "lk.chat";

/** Above this the oldest line goes. */
const LINES_MAX = 500;

/** The chat panel of one meeting, over text streams. */
export class Chat {
  readonly #room: Room;
  readonly #lines: HTMLElement = element("chat-lines", HTMLElement);
  /** Called for each line of another participant. */
  readonly #onLine: () => void;
  readonly #abort: AbortController = new AbortController();

  constructor(room: Room, onLine: () => void) {
    this.#room = room;
    this.#onLine = onLine;
    room.registerTextStreamHandler(TOPIC, async (reader, { identity }) => {
      const text = await reader.readAll();
      const sender = room.remoteParticipants.get(identity);
      this.#add(sender?.name || identity, text);
      this.#onLine();
    });
    const { signal } = this.#abort;
    const send = (event: SubmitEvent): void => {
      event.preventDefault();
      void this.#send();
    };
    element("chat-form", HTMLFormElement).addEventListener("submit", send, { signal });
  }

  close(): void {
    this.#abort.abort();
    this.#room.unregisterTextStreamHandler(TOPIC);
    this.#lines.replaceChildren();
  }

  async #send(): Promise<void> {
    const field = input("chat-text");
    const text = field.value.trim();
    if (text === "") return;
    field.value = "";
    try {
      await this.#room.localParticipant.sendText(text, { topic: TOPIC });
      this.#add("You", text);
    } catch (error) {
      field.value = text;
      showProblem("meeting-problem", `The message was not sent: ${messageOf(error)}`);
    }
  }

  #add(name: string, text: string): void {
    const line = document.createElement("li");
    const who = document.createElement("b");
    who.textContent = `${name}: `;
    line.append(who, text);
    this.#lines.append(line);
    while (this.#lines.childElementCount > LINES_MAX) this.#lines.firstElementChild?.remove();
    this.#lines.scrollTop = this.#lines.scrollHeight;
  }
}
