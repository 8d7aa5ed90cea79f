import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {build} from '../../builder/build.ts';
import {type ActivityFacts, Library} from '../../builder/library.ts';
import {type CorpusEntry, corpus, corpusPath} from '../support/corpus.ts';
import {temporaryFolder} from '../support/files.ts';

const folder = temporaryFolder();

/** The id under which a person's web site knows the outing. */
const idOf = (file: string) => path.basename(file).split('.')[0];

/** Imports one set of the corpus and gives its activities with their other recordings. */
async function activitiesOf(set: CorpusEntry['set']) {
  const data = path.join(folder, set);
  const entries = corpus().filter((entry) => entry.set === set);
  await build(entries.map(corpusPath), {data, maxZoom: 0});
  const library = new Library(data);
  const activities = library.list();
  library.close();
  return activities;
}

describe.runIf(corpus().length > 0)('dedupe on the corpus', () => {
  test('library: finds all twins of one id where both have positions, and nothing else', async () => {
    const activities = await activitiesOf('library');
    const byId = new Map<string, ActivityFacts[]>();
    for (const activity of activities)
      byId.set(idOf(activity.path), [...(byId.get(idOf(activity.path)) ?? []), activity]);
    const twins = [...byId.values()].filter(({length}) => length > 1);
    // Four of the 46 twins are treadmill runs without any position.
    expect(twins).toHaveLength(42);
    for (const [first, second, ...more] of twins) {
      expect(more).toEqual([]);
      expect([first.state, second.state].sort(), first.path).toEqual(['active', 'duplicate']);
    }
    for (const {state, duplicateOf, path: file} of activities) {
      if (state !== 'duplicate') continue;
      const winner = activities.find(({number}) => number === duplicateOf);
      expect(idOf(winner?.path ?? ''), file).toBe(idOf(file));
    }
  });

  test('formats: finds what was published more than once, and nothing else', async () => {
    const activities = await activitiesOf('formats');
    const names = new Map(activities.map(({number, path: file}) => [number, file.replace(/^.*\/formats\//, '')]));
    const found = new Set<string>();
    for (const {number, state, duplicateOf} of activities) {
      const files = [names.get(number) ?? '', names.get(duplicateOf ?? 0) ?? ''].sort();
      // One walk is the test data of one project, in three formats and four archives.
      if (state === 'duplicate' && !files.every((file) => file.startsWith('FitTrackee--')))
        found.add(files.join(' = '));
    }
    expect([...found].sort()).toEqual([
      'fit-parser--triathlon_summary_first.fit = muktihari--triathlon_summary_last.fit',
      'geo-activity-playground--2022-05-29-15-53-35_Laufen_Landal_Park.fit = geo-activity-playground--strava-export.zip!activities/12866632127.fit.gz',
      'gpsbabel--expertgps.gpx = gpsbabel--fitwrite-track.gpx',
      'gpsbabel--garmin_xt_strk.gpx = gpsbabel--garmin_xt_strk.gpx',
      'gpsbabel--tpo-sample2.gpx = gpsbabel--tpo-sample2.gpx',
      'placemark--north_core.gpx = placemark--north_core.gpx',
      'sample-gpx--Perros-Guirec_Trebeurden_parcours23.6RE.gpx = sample-gpx--Roscoff_Perros-Guirec.gpx.gz',
      'sweatpy--2020-06-01-16-52-40.fit = sweatpy--activity_5039744860.tcx',
    ]);
  });
});
