import type {SampleActivity} from './activities.ts';
import {escapeXml, isoTime} from './xml.ts';

/**
 * The text of a TCX file with one activity of one lap; its name stands in the notes, as TCX has no other place for one.
 * https://www8.garmin.com/xmlschemas/TrainingCenterDatabasev2.xsd
 */
export function writeTcx({name, sport, start, seconds, meters, tracks, distances}: SampleActivity): string {
  const kind = sport === 'ride' ? 'Biking' : sport === 'run' ? 'Running' : 'Other';
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"' +
      ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    '<Activities>',
    `<Activity Sport="${kind}">`,
    `<Id>${isoTime(start)}</Id>`,
    `<Lap StartTime="${isoTime(start)}">`,
    `<TotalTimeSeconds>${seconds}</TotalTimeSeconds>`,
    `<DistanceMeters>${meters}</DistanceMeters>`,
    '<Calories>0</Calories>',
    '<Intensity>Active</Intensity>',
    '<TriggerMethod>Manual</TriggerMethod>',
  ];
  tracks.forEach(({lng, lat, time, elevation}, number) => {
    lines.push('<Track>');
    for (let k = 0; k < lng.length; k++) {
      const latitude = `<LatitudeDegrees>${lat[k].toFixed(7)}</LatitudeDegrees>`;
      const longitude = `<LongitudeDegrees>${lng[k].toFixed(7)}</LongitudeDegrees>`;
      lines.push(
        `<Trackpoint><Time>${isoTime(time[k])}</Time><Position>${latitude}${longitude}</Position>` +
          `<AltitudeMeters>${elevation[k].toFixed(1)}</AltitudeMeters>` +
          `<DistanceMeters>${distances[number][k].toFixed(1)}</DistanceMeters></Trackpoint>`,
      );
    }
    lines.push('</Track>');
  });
  lines.push(
    '</Lap>',
    `<Notes>${escapeXml(name)}</Notes>`,
    '<Creator xsi:type="Device_t">',
    '<Name>Trackheat sample</Name>',
    '<UnitId>1</UnitId>',
    '<ProductID>1</ProductID>',
    '<Version><VersionMajor>1</VersionMajor><VersionMinor>0</VersionMinor></Version>',
    '</Creator>',
    '</Activity>',
    '</Activities>',
    '</TrainingCenterDatabase>',
    '',
  );
  return lines.join('\n');
}
