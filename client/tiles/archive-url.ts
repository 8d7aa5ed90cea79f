import {confirmHost} from '../map/confirm-host.ts';

/** The archive beside a page: that of its server. */
const ownArchive = 'heat.pmtiles';

/** Whether a server draws the PNG tiles of an archive: plain storage draws none, and a server none but those of its own. */
export async function serverDraws(archive: URL, page: URL): Promise<boolean> {
  if (archive.href !== new URL(ownArchive, page).href) return false;
  const answer = await fetch('raster.json').catch(() => undefined);
  return answer?.ok === true;
}

/** The archive that a page's address asks for: `?archive=URL`, else the one beside the page. A sentence where it is no URL. */
export function archiveUrl(page: URL): URL | string {
  const asked = page.searchParams.get('archive');
  const text = asked ?? ownArchive;
  const url = URL.canParse(text, page.href) ? new URL(text, page) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url;
  return `archive: '${asked}', expected an http or https URL.`;
}

/** Whether the page may fetch an archive: a foreign host is named and has to be agreed to, once. */
export async function mayOpen(url: URL, page: URL): Promise<boolean> {
  if (url.origin === page.origin) return true;
  return confirmHost(url.host, `This link shows an archive from ${url.host}. Let this page fetch it from there?`);
}
