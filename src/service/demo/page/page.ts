/** The meeting page's entry: the form, and one `Meeting` at a time. */
import { element, input, messageOf, showProblem } from "./dom.ts";
import { Meeting } from "./meeting.ts";

const lobby = element("lobby", HTMLElement);
const meetingView = element("meeting", HTMLElement);
const joinButton = element("join", HTMLButtonElement);

let meeting: Meeting | undefined;

/** The same in one tab as long as it is open, so that a reload takes the old place. */
function identityOf(name: string): string {
  const suffix = sessionStorage.getItem("suffix") ?? crypto.randomUUID().slice(0, 8);
  sessionStorage.setItem("suffix", suffix);
  return `${name}-${suffix}`;
}

async function fetchToken(room: string, name: string): Promise<string> {
  const query = new URLSearchParams({ room, identity: identityOf(name), name });
  const answer = await fetch(`/demo/token?${query}`);
  if (!answer.ok) throw new Error(await answer.text());
  const { token } = await answer.json();
  return token;
}

function showLobby(problem: string): void {
  meeting = undefined;
  meetingView.hidden = true;
  lobby.hidden = false;
  joinButton.disabled = false;
  showProblem("join-problem", problem);
  joinButton.focus();
}

async function join(): Promise<void> {
  joinButton.disabled = true;
  showProblem("join-problem", "");
  showProblem("meeting-problem", "");
  const room = input("room").value.trim();
  const name = input("name").value.trim();
  // A new tab proposes the last name; a tab that is loaded anew keeps its own.
  localStorage.setItem("name", name);
  sessionStorage.setItem("name", name);
  history.replaceState(null, "", `?${new URLSearchParams({ room })}`);
  try {
    const token = await fetchToken(room, name);
    meeting = new Meeting(showLobby);
    // For the console: what the page itself does not show can be tried there.
    Object.assign(globalThis, { room: meeting.room });
    const joining = meeting.join({
      url: location.origin.replace(/^http/, "ws"),
      token,
      withMicrophone: input("with-microphone").checked,
      withCamera: input("with-camera").checked,
    });
    lobby.hidden = true;
    meetingView.hidden = false;
    await joining;
  } catch (error) {
    showLobby(`Cannot join: ${messageOf(error)}`);
  }
}

input("room").value = new URLSearchParams(location.search).get("room") ?? "lobby";
input("name").value = sessionStorage.getItem("name") ?? localStorage.getItem("name") ?? "";
element("join-form", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  void join();
});
// A closed tab is gone at once for the others, not after a time-out.
addEventListener("pagehide", () => void meeting?.room.disconnect());
