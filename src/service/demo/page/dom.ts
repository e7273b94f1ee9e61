/** The element of the page with this id; a wrong id or type is a mistake in the page itself. */
export function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new TypeError(`The page has no ${type.name} with the id ${id}`);
}

export function button(id: string): HTMLButtonElement {
  return element(id, HTMLButtonElement);
}

export function input(id: string): HTMLInputElement {
  return element(id, HTMLInputElement);
}

/** Shows what went wrong, or nothing when the text is empty. */
export function showProblem(id: string, text: string): void {
  const line = element(id, HTMLElement);
  line.textContent = text;
  line.hidden = text === "";
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
