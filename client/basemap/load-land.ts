import landUrl from './land.json?url';
import {decodeLand, type Land, type LandFile} from './land.ts';

/** Fetches the offline base map's land, a file beside the page; it is not part of the script, so that the map starts without it. */
export async function loadLand(): Promise<Land> {
  const response = await fetch(landUrl);
  if (!response.ok) throw new Error(`${landUrl}: ${response.status} ${response.statusText}`);
  const file: LandFile = await response.json();
  return decodeLand(file);
}
