/**
 * Parses what precedes the damage of a JSON text: one that ends early, or behind whose end something else stands, or that
 * has `NaN` for numbers. Undefined where that is no JSON either.
 */
export function mendJson(text: string): unknown {
  const open: string[] = [];
  // Behind the last bracket that was closed the text may end, if those that are open then are closed.
  let end = 0;
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const c = text[at];
    if (quoted) {
      if (c === '\\') at++;
      else if (c === '"') quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === '{') open.push('}');
    else if (c === '[') open.push(']');
    else if (c === '}' || c === ']') {
      if (open.pop() !== c) break;
      end = at + 1;
      depth = open.length;
      if (depth === 0) break;
    }
  }
  const whole = text.slice(0, end) + open.slice(0, depth).reverse().join('');
  for (const candidate of [whole, whole.replace(/-?\b(?:NaN|Infinity)\b/g, 'null')]) {
    try {
      return JSON.parse(candidate);
    } catch {}
  }
  return undefined;
}
