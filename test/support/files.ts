import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll} from 'vitest';
import type {Track} from '../../builder/activity.ts';

/** A folder that is gone after the tests of the file that asks for it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'trackheat-test-'));
  afterAll(() => rmSync(folder, {recursive: true, force: true}));
  return folder;
}

/** A GPX 1.1 document of tracks, one `<trk>` each, as plain as can be. */
export function gpxText(tracks: Track[], {name = 'A ride', type = 'cycling'} = {}): string {
  const trks = tracks.map(({lng, lat, time, elevation}) => {
    const points = Array.from(lng, (_, i) => {
      const when = Number.isFinite(time[i]) ? `<time>${new Date(time[i]).toISOString()}</time>` : '';
      const height = Number.isFinite(elevation[i]) ? `<ele>${elevation[i]}</ele>` : '';
      return `<trkpt lat="${lat[i].toFixed(7)}" lon="${lng[i].toFixed(7)}">${height}${when}</trkpt>`;
    });
    return `<trk><name>${name}</name><type>${type}</type><trkseg>\n${points.join('\n')}\n</trkseg></trk>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1">\n${trks.join('\n')}\n</gpx>\n`;
}

/** Writes a GPX file and gives its path. */
export function writeGpx(folder: string, file: string, tracks: Track[], about?: Parameters<typeof gpxText>[1]): string {
  const at = path.join(folder, file);
  writeFileSync(at, gpxText(tracks, about));
  return at;
}
