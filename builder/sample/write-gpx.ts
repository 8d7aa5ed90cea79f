import type {Sport} from '../../core/sports.ts';
import type {SampleActivity} from './activities.ts';
import {escapeXml, isoTime} from './xml.ts';

/** Words for sports as web sites write them into `<type>`, which GPX leaves open. */
const gpxTypes: Partial<Record<Sport, string>> = {
  ride: 'cycling',
  'mountain-bike': 'mountain_biking',
  gravel: 'gravel_cycling',
  run: 'running',
  'trail-run': 'trail_running',
  walk: 'walking',
  hike: 'hiking',
};

/** The text of a GPX 1.1 file with one track, a segment per track of the activity. https://www.topografix.com/GPX/1/1/ */
export function writeGpx({name, sport, start, tracks}: SampleActivity): string {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gpx version="1.1" creator="Trackheat sample" xmlns="http://www.topografix.com/GPX/1/1">',
    `<metadata><time>${isoTime(start)}</time></metadata>`,
    '<trk>',
    `<name>${escapeXml(name)}</name>`,
    `<type>${gpxTypes[sport] ?? 'other'}</type>`,
  ];
  for (const {lng, lat, time, elevation} of tracks) {
    lines.push('<trkseg>');
    for (let k = 0; k < lng.length; k++) {
      const place = `lat="${lat[k].toFixed(7)}" lon="${lng[k].toFixed(7)}"`;
      lines.push(`<trkpt ${place}><ele>${elevation[k].toFixed(1)}</ele><time>${isoTime(time[k])}</time></trkpt>`);
    }
    lines.push('</trkseg>');
  }
  lines.push('</trk>', '</gpx>', '');
  return lines.join('\n');
}
