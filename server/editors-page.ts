import {createHash} from 'node:crypto';
import {frameless} from '../core/content-policy.ts';
import {idEditor, josmAddress, josmRemote, josmTms, maxTileZoom, tileTemplate} from '../core/editor-urls.ts';
import {type OfferedStyle, styleQuery} from './offered-styles.ts';
import {xmlText} from './xml.ts';

/** What the page is about. */
export type EditorsPage = {
  /** URL of the server, ends in `/`. */
  base: string;
  /** A place with heat, zoom of 256 px tiles. */
  place: {lng: number; lat: number; zoom: number};
  styles: OfferedStyle[];
  /** The style that is shown; undefined where it is none of `styles`. */
  chosen: OfferedStyle | undefined;
  /** The style's query string, which may name one of `styles`. */
  query: string;
  /** The style in its text form, as the map page reads it. */
  text: string;
  /** Whether other origins may read vector tiles. */
  shareTiles: boolean;
  /** Whether the server has the map page, too. */
  hasMap: boolean;
};

/** The page "Use in an editor" as HTML: every URL with a button that copies it or hands it over. It needs no other file. */
export function editorsPage({base, place, styles, chosen, query, text, shareTiles, hasMap}: EditorsPage): string {
  const title = chosen ? `Trackheat: ${chosen.title}` : 'Trackheat';
  const forPrograms = tileTemplate(base, query).replace('{zoom}', '{z}');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<title>Trackheat: use in an editor</title>
<link rel="icon" href="data:,">
<style>${css}</style>
</head>
<body>
<main>
<h1><span class="mark" aria-hidden="true"></span>Use in an editor</h1>
<p>The tiles are drawn at the zoom that is asked for, up to ${maxTileZoom}, and are transparent where there is no heat.
${hasMap ? `<a href="${xmlText(`${base}${text && `#${text}`}`)}">Tune a style of your own on the map</a>, or take` : 'Take'} one of these:</p>
<nav class="styles" aria-label="Style">
${styles.map((style) => styleLink(style, style === chosen)).join('')}${chosen ? '' : '<a class="style" aria-current="true"><b>This style</b><span>As it was on the map.</span></a>\n'}</nav>

<section aria-labelledby="josm"><h2 id="josm">JOSM</h2>
${field('josm-url', 'Imagery URL, for <i>Imagery preferences, +TMS</i>', josmTms(base, query))}
<p><button type="button" data-josm="${xmlText(josmRemote(base, query, title))}">Open in JOSM</button>
<span role="status" id="josm-note"></span></p>
${field('josm-list', 'All these styles at once, for <i>Imagery preferences, Imagery providers</i>', `${base}josm/imagery.xml`)}
<p class="note">The button needs JOSM running with <i>Remote control</i> switched on. JOSM keeps tiles for an hour at least: after
an import, right-click the layer and choose <i>Flush tile cache</i>. The layer needs no offset.</p>
</section>

<section aria-labelledby="id"><h2 id="id">iD</h2>
${field('id-url', 'Custom background, for <i>Background settings, Custom</i>', tileTemplate(base, query))}
<p><a class="button" target="_blank" rel="noreferrer" href="${xmlText(idEditor(base, query, place))}">Open in iD</a></p>
<p class="note">A custom background takes the place of the aerial picture. To have both, use the lines themselves as
<i>Map data, Custom map data</i>:</p>
${field('id-data', 'Custom map data', `${base}tiles/{z}/{x}/{y}.pbf`)}
${shareTiles ? '' : '<p class="note">For this the server must be started with <code>--share-tiles</code>: now no other page may read your tracks.</p>'}
</section>

<section aria-labelledby="qgis"><h2 id="qgis">QGIS and others</h2>
${field('wmts', 'WMTS, all these styles (<i>Layer, Add WMS/WMTS layer</i>)', `${base}wmts`)}
${field('xyz', 'XYZ tiles', forPrograms)}
${new URLSearchParams(query).has('size') ? '' : field('hidpi', 'XYZ tiles of 512 px, sharper on dense screens', withSize(forPrograms))}
${field('tms', 'TMS, rows from the south', forPrograms.replace('/raster/', '/tms/'))}
${field('tilejson', 'TileJSON', `${base}raster.json${query && `?${query}`}`)}
</section>

<section aria-labelledby="rights"><h2 id="rights">Whose tracks?</h2>
<p>Your own traces are yours to use for OpenStreetMap. Other people's heat maps have terms: read them before you draw from one.</p>
</section>
</main>
<script>${script}</script>
</body>
</html>
`;
}

function styleLink(style: OfferedStyle, chosen: boolean): string {
  const query = styleQuery(style);
  const current = chosen ? ' aria-current="true"' : '';
  return `<a class="style" href="editors${query && `?${xmlText(query)}`}"${current}><b>${xmlText(style.title)}</b><span>${xmlText(style.about)}</span></a>\n`;
}

function withSize(template: string): string {
  return `${template}${template.includes('?') ? '&' : '?'}size=512`;
}

/** A text with a button that copies it; `label` is HTML. */
function field(id: string, label: string, value: string): string {
  return `<label for="${id}">${label}</label>
<div class="row"><input id="${id}" readonly spellcheck="false" value="${xmlText(value)}"><button type="button" data-copy="${id}">Copy</button></div>`;
}

const css = `
:root{color-scheme:dark light;--text:#dbe2e8;--quiet:#9aa7b3;--back:#0b1015;--card:#12181e;--line:#ffffff17;--field:#ffffff0d;--accent:#ffab4a}
@media (prefers-color-scheme:light){:root{--text:#1f2a33;--quiet:#55636f;--back:#e8ecef;--card:#f7f9fa;--line:#0f1a2322;--field:#0f1a230a;--accent:#b4430a}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--text);font:15px/1.5 system-ui,sans-serif}
main{max-width:760px;margin:0 auto;padding:24px 16px 64px}
h1{font-size:22px;display:flex;align-items:center;gap:12px}
h2{font-size:17px;margin:0 0 12px}
.mark{width:26px;height:6px;border-radius:3px;background:linear-gradient(to right,#8f1d4f,#ee5520,#ff8f1f,#ffcd5a,#fffbe8)}
section{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:16px;margin-top:16px}
a{color:var(--accent)}
.styles{display:grid;grid-template-columns:repeat(auto-fill,minmax(220px,1fr));gap:8px}
.style{display:grid;align-content:start;gap:2px;padding:10px 12px;border:1px solid var(--line);border-radius:9px;background:var(--card);color:inherit;text-decoration:none}
.style span{color:var(--quiet);font-size:13px}
.style[aria-current]{border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
label{display:block;color:var(--quiet);font-size:13px;margin:10px 0 4px}
.row{display:grid;grid-template-columns:1fr auto;gap:8px}
input{min-width:0;height:36px;padding:0 10px;border:1px solid var(--line);border-radius:9px;background:var(--field);color:inherit;font:12px ui-monospace,monospace}
button,.button{min-height:36px;padding:0 14px;border:1px solid var(--line);border-radius:9px;background:var(--field);color:inherit;font:inherit;cursor:pointer}
.button{display:inline-block;line-height:34px;text-decoration:none}
button:hover,.button:hover{border-color:var(--quiet)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.note{color:var(--quiet);font-size:13px}
code{font:12px ui-monospace,monospace}
`;

const script = `
for (const button of document.querySelectorAll('[data-copy]')) button.addEventListener('click', async () => {
  const field = document.getElementById(button.dataset.copy);
  field.select();
  let said = 'Copied';
  try { await navigator.clipboard.writeText(field.value); } catch { said = 'Press Ctrl+C'; }
  button.textContent = said;
  setTimeout(() => { button.textContent = 'Copy'; }, 2000);
});
for (const button of document.querySelectorAll('[data-josm]')) button.addEventListener('click', async () => {
  const note = document.getElementById('josm-note');
  try {
    await fetch(button.dataset.josm, {mode: 'no-cors'});
    note.textContent = 'Sent to JOSM.';
  } catch {
    note.textContent = 'JOSM did not answer. Start it, and switch on remote control in its preferences.';
  }
});
`;

/** The page's Content Security Policy: it brings its style and script along, and calls JOSM on this machine. */
export const editorsPolicy = [
  "default-src 'none'",
  `style-src ${hashOf(css)}`,
  `script-src ${hashOf(script)}`,
  'img-src data:',
  `connect-src ${josmAddress}`,
  "base-uri 'none'",
  "form-action 'none'",
  frameless,
].join('; ');

/** What an inline style or script is allowed by: https://www.w3.org/TR/CSP3/#grammardef-hash-source. */
function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
