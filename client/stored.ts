/** What this browser keeps for the page under a key; empty where it keeps nothing, or may not. */
export function stored(key: string): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    // Storage can be forbidden altogether; the page works without.
    return '';
  }
}

/** Lets this browser keep a text under a key; an empty one is forgotten. */
export function store(key: string, text: string): void {
  try {
    if (text) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
  } catch {
    // Forbidden, or full: then it lasts as long as the page.
  }
}
