import {formatStyle} from '../core/style.ts';
import {element} from './element.ts';
import {parsePageHash} from './map/page-hash.ts';
import {formatHash} from './map/view-hash.ts';
import {archiveUrl, serverDraws} from './tiles/archive-url.ts';

/** How long a person has to read why another page comes, ms. */
const readingTime = 3000;

/** Says why the heat cannot be drawn here, and goes on to the page of PNG tiles where a server draws them. */
export async function showRasterInstead(reason: string): Promise<void> {
  const {view, style} = parsePageHash(location.hash);
  const query = formatStyle(style);
  const url = `raster.html${query && `?${query}`}${view ? formatHash(view) : ''}`;
  const line = element('status', HTMLParagraphElement);
  const page = new URL(location.href);
  const archive = archiveUrl(page);
  if (typeof archive === 'string' || !(await serverDraws(archive, page))) {
    line.textContent = `${reason} The heat needs it; only a Trackheat server can draw it for this browser.`;
    return;
  }
  line.textContent = `${reason} The server draws the heat instead …`;
  setTimeout(() => location.replace(url), readingTime);
}
