import {FetchSource, PMTiles, TileType} from 'pmtiles';
import {type ActivityTable, decodeActivityTable, rowIndex} from '../../core/activity-table.ts';
import {DirectoryCache} from '../../core/directory-cache.ts';
import {decodeHeatTile} from '../../core/heat-tile.ts';
import type {TrackheatMetadata} from '../../core/metadata.ts';
import {schemaVersion} from '../../core/schema.ts';
import type {View} from '../map/view.ts';
import {MergedSource} from './merged-source.ts';
import {tileSegments} from './tile-segments.ts';
import type {TileSource} from './tile-source.ts';

/** An archive that was opened: what its head says, and its tiles. */
export type HeatArchive = TileSource & {
  url: URL;
  /** The view that the archive suggests; undefined where it says none. */
  center: View | undefined;
  metadata: TrackheatMetadata;
  table: ActivityTable;
  /** Requests made and tiles decoded so far. */
  readonly counters: {requests: number; decodes: number};
};

/**
 * Opens an archive by its URL; a sentence that says why where that fails. `onReplaced` is called when tiles are of another version of the file
 * than table and quantiles, which were read once.
 */
export async function openArchive(url: URL, onReplaced: () => void): Promise<HeatArchive | string> {
  const fetched = new FetchSource(url.href);
  const source = new MergedSource(fetched);
  const archive = new PMTiles(source, new DirectoryCache());
  let decodes = 0;
  try {
    const header = await archive.getHeader().catch((error) => {
      if (!(error instanceof TypeError)) throw error;
      // Chromium joins what it has of a file that was smaller with the one of now, and fails: once more, past its cache.
      fetched.mustReload = true;
      return archive.getHeader();
    });
    fetched.mustReload = false;
    if (header.tileType !== TileType.Mvt) return `${url.href}: tile type ${header.tileType}, expected vector tiles.`;
    const metadata = readMetadata(await archive.getMetadata());
    if (typeof metadata === 'string') return `${url.href}: ${metadata}`;
    const table = decodeActivityTable(metadata.activities, metadata.sports);
    const index = rowIndex(table);
    return {
      url,
      minZoom: header.minZoom,
      maxZoom: header.maxZoom,
      bounds: [header.minLon, header.minLat, header.maxLon, header.maxLat],
      center: header.centerZoom ? {lng: header.centerLon, lat: header.centerLat, zoom: header.centerZoom} : undefined,
      metadata,
      table,
      async readTile(z, x, y, signal) {
        const tile = await archive.getZxy(z, x, y, signal);
        if ((await archive.getHeader()).etag !== header.etag) onReplaced();
        if (!tile) return null;
        signal?.throwIfAborted();
        decodes++;
        return tileSegments(decodeHeatTile(new Uint8Array(tile.data)), index);
      },
      get counters() {
        return {requests: source.requests, decodes};
      },
    };
  } catch (error) {
    return `${url.href} could not be read. ${reasonOf(error)}`;
  }
}

/** The part of an archive's metadata that this page needs, or what is wrong with it. */
function readMetadata(json: unknown): TrackheatMetadata | string {
  const part = isObject(json) ? json.trackheat : undefined;
  if (!isObject(part)) return 'its metadata has no part trackheat, so it is no archive of heat.';
  if (part.schema !== schemaVersion) {
    return `schema ${part.schema}, expected ${schemaVersion}. Build the archive anew, or update this page.`;
  }
  return part as TrackheatMetadata;
}

/** A person's sentence for what a fetch threw. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const status = /^Bad response code: (\d+)/.exec(message)?.[1];
  if (status === '404') return 'There is no archive there: trackheat build makes one.';
  if (status) return `The server answered ${status}.`;
  if (error instanceof TypeError) return 'The server did not answer, or does not allow this page to read it.';
  return message;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
