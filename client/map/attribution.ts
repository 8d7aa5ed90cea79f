/** A piece of an attribution: text, and where it leads. */
export type AttributionPart = {text: string; href?: string};

const entities: Record<string, string> = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', copy: '©'};

/**
 * Texts and web links of an attribution as map sources write it, in HTML. Nothing else of it survives, and it is never
 * parsed by the browser: it comes from strangers.
 */
export function attributionParts(html: string): AttributionPart[] {
  const parts: AttributionPart[] = [];
  let href: string | undefined;
  for (const token of html.match(/<[^>]*>|[^<]+/g) ?? []) {
    const link = /^<a\b[^>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i.exec(token);
    if (link) href = webUrl(decoded(link[1] ?? link[2] ?? link[3]));
    else if (/^<\/?a\b/i.test(token)) href = undefined;
    if (token.startsWith('<')) continue;
    const text = decoded(token).replace(/\s+/g, ' ');
    const last = parts.at(-1);
    if (last && last.href === href) last.text += text;
    else parts.push(href ? {text, href} : {text});
  }
  return parts.filter(({text}, i) => text.trim() || (i > 0 && i < parts.length - 1));
}

/** Attributions in HTML, without those that another one of them contains. */
export function distinctAttributions(htmls: readonly string[]): string[] {
  const all = [...new Set(htmls.map((html) => html.trim()).filter(Boolean))];
  return all.filter((html) => !all.some((other) => other !== html && other.includes(html)));
}

/** Shows attributions one after the other, as text with links that were made here. */
export function showAttribution(line: HTMLElement, htmls: readonly string[]): void {
  const nodes = distinctAttributions(htmls).flatMap((html, i) => {
    const parts = attributionParts(html).map(({text, href}) => {
      if (!href) return text;
      return Object.assign(document.createElement('a'), {href, target: '_blank', rel: 'noreferrer', textContent: text});
    });
    return i > 0 ? [' · ', ...parts] : parts;
  });
  const text = document.createElement('span');
  text.append(...nodes);
  // A new element each time: one that grows would count as a shift of the layout.
  line.replaceChildren(...(nodes.length > 0 ? [text] : []));
}

function webUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const {protocol, href} = new URL(text);
  return /^https?:$/.test(protocol) ? href : undefined;
}

function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined;
    if (code === undefined) return entities[String(name).toLowerCase()] ?? whole;
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
