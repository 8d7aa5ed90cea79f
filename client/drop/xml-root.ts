/** The name of the first tag of an XML text, with its prefix; empty where there is none. */
export function xmlRoot(text: string): string {
  let at = 0;
  for (;;) {
    while (text.charCodeAt(at) <= 32) at++;
    const end = endOfPrologue(text, at);
    if (end === at) break;
    at = end;
  }
  return /^<([^\s<>/]{1,100})/.exec(text.slice(at, at + 102))?.[1] ?? '';
}

/** Where a declaration, comment, instruction or document type at a place ends; the place itself where there is none. */
function endOfPrologue(text: string, at: number): number {
  for (const [start, end] of [
    ['<?', '?>'],
    ['<!--', '-->'],
    ['<!', '>'],
  ]) {
    if (!text.startsWith(start, at)) continue;
    // Declarations within a document type have brackets around them.
    const inner = start === '<!' && /^[^>[]*\[/.test(text.slice(at, at + 1000)) ? text.indexOf(']', at) : at;
    const found = text.indexOf(end, Math.max(at, inner));
    return found < 0 ? text.length : found + end.length;
  }
  return at;
}
