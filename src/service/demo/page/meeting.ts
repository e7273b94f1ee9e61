import { ConnectionState, DisconnectReason, Room, RoomEvent } from "livekit-client";
import { Chat } from "./chat.ts";
import { button, element, messageOf, showProblem } from "./dom.ts";
import { Tiles } from "./tiles.ts";

export interface MeetingOptions {
  readonly url: string;
  readonly token: string;
  readonly withMicrophone: boolean;
  readonly withCamera: boolean;
}

const STATE_TEXT: Readonly<Record<ConnectionState, string>> = {
  [ConnectionState.Disconnected]: "Left",
  [ConnectionState.Connecting]: "Connecting",
  [ConnectionState.Connected]: "",
  [ConnectionState.Reconnecting]: "Reconnecting",
  [ConnectionState.SignalReconnecting]: "Reconnecting",
};

/** After any of these, what the tiles and buttons show may be wrong. */
const CHANGES = [
  RoomEvent.ParticipantConnected,
  RoomEvent.ParticipantDisconnected,
  RoomEvent.ParticipantNameChanged,
  RoomEvent.TrackPublished,
  RoomEvent.TrackUnpublished,
  RoomEvent.TrackSubscribed,
  RoomEvent.TrackUnsubscribed,
  RoomEvent.TrackMuted,
  RoomEvent.TrackUnmuted,
  RoomEvent.LocalTrackPublished,
  RoomEvent.LocalTrackUnpublished,
  RoomEvent.ActiveSpeakersChanged,
  RoomEvent.ConnectionStateChanged,
  RoomEvent.AudioPlaybackStatusChanged,
  RoomEvent.Reconnected,
] as const;

/** One stay in one room: connects the buttons, tiles and chat of the page to it. */
export class Meeting {
  readonly room: Room = new Room({ adaptiveStream: true, dynacast: true });
  readonly #tiles: Tiles;
  readonly #chat: Chat;
  readonly #abort: AbortController = new AbortController();
  readonly #onEnd: (problem: string) => void;

  /** @param onEnd called once, with why the meeting ended, or nothing if this side left */
  constructor(onEnd: (problem: string) => void) {
    this.#onEnd = onEnd;
    this.#tiles = new Tiles(element("tiles", HTMLElement), this.room);
    this.#chat = new Chat(this.room, () => this.#showChat(true));
    for (const event of CHANGES) this.room.on(event, () => this.#refresh());
    this.room.on(RoomEvent.Disconnected, (reason) => this.#end(reason));
    this.#listen();
  }

  /** @throws when the server cannot be reached or refuses; a missing camera is only shown */
  async join(options: MeetingOptions): Promise<void> {
    try {
      await this.room.connect(options.url, options.token);
    } catch (error) {
      this.#close();
      throw error;
    }
    element("room-title", HTMLElement).textContent = this.room.name;
    this.#refresh();
    const { localParticipant } = this.room;
    if (options.withMicrophone) {
      await this.#attempt("microphone", () => localParticipant.setMicrophoneEnabled(true));
    }
    if (options.withCamera) {
      await this.#attempt("camera", () => localParticipant.setCameraEnabled(true));
    }
  }

  #listen(): void {
    const { localParticipant } = this.room;
    this.#onClick("microphone", () =>
      this.#attempt("microphone", () =>
        localParticipant.setMicrophoneEnabled(!localParticipant.isMicrophoneEnabled),
      ),
    );
    this.#onClick("camera", () =>
      this.#attempt("camera", () =>
        localParticipant.setCameraEnabled(!localParticipant.isCameraEnabled),
      ),
    );
    this.#onClick("screen", () =>
      this.#attempt("screen", () =>
        localParticipant.setScreenShareEnabled(!localParticipant.isScreenShareEnabled),
      ),
    );
    this.#onClick("chat-toggle", () =>
      this.#showChat(element("chat", HTMLElement).hidden !== false),
    );
    this.#onClick("start-audio", () => this.room.startAudio());
    this.#onClick("leave", () => this.room.disconnect());
  }

  #onClick(id: string, action: () => unknown): void {
    button(id).addEventListener("click", () => void action(), { signal: this.#abort.signal });
  }

  /** Does what a button asks for; the button is off meanwhile, and a failure is shown. */
  async #attempt(id: string, action: () => Promise<unknown>): Promise<void> {
    button(id).disabled = true;
    try {
      await action();
      showProblem("meeting-problem", "");
    } catch (error) {
      showProblem("meeting-problem", `Cannot use the ${id}: ${messageOf(error)}`);
    } finally {
      button(id).disabled = false;
      this.#refresh();
    }
  }

  #showChat(isShown: boolean): void {
    element("chat", HTMLElement).hidden = !isShown;
    button("chat-toggle").ariaPressed = String(isShown);
  }

  #refresh(): void {
    if (this.#abort.signal.aborted) return;
    const { localParticipant, remoteParticipants, state } = this.room;
    this.#tiles.refresh();
    button("microphone").ariaPressed = String(localParticipant.isMicrophoneEnabled);
    button("camera").ariaPressed = String(localParticipant.isCameraEnabled);
    button("screen").ariaPressed = String(localParticipant.isScreenShareEnabled);
    button("start-audio").hidden = this.room.canPlaybackAudio;
    const count = remoteParticipants.size + 1;
    const people = count === 1 ? "Only you" : `${count} people`;
    element("state", HTMLElement).textContent = STATE_TEXT[state] || people;
  }

  #end(reason: DisconnectReason | undefined): void {
    this.#close();
    const isWanted = reason === DisconnectReason.CLIENT_INITIATED;
    const name = reason === undefined ? "the connection was lost" : DisconnectReason[reason];
    this.#onEnd(isWanted ? "" : `The meeting ended: ${name.toLowerCase().replaceAll("_", " ")}`);
  }

  #close(): void {
    this.#abort.abort();
    this.#tiles.close();
    this.#chat.close();
    this.#showChat(false);
  }
}
