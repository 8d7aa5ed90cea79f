import {afterAll, expect, test} from 'vitest';
import {encodeActivityTable} from '../../core/activity-table.ts';
import {ramps} from '../../core/ramps.ts';
import {defaultStyle, parseStyle} from '../../core/style.ts';
import {type HeatArchive, openArchive} from '../../raster-fallback/archive.ts';
import {activityTable, type TestActivity} from '../support/activity-table.ts';
import {temporaryFolder} from '../support/files.ts';
import {heatFeature} from '../support/heat-feature.ts';
import {renderTile} from '../support/render-tile.ts';
import {writeSmallArchive} from '../support/small-archive.ts';
import {tileTag} from '../support/tile-tag.ts';

const folder = temporaryFolder();
const opened: HeatArchive[] = [];
afterAll(() => Promise.all(opened.map((archive) => archive.close())));

const activities: TestActivity[] = [
  {date: '2024-01-01', minute: 480, gear: 'Road, red', commute: true, name: 'To work'},
  {date: '2024-01-06', minute: 600, gear: 'Gravel', name: 'Über den Paß'},
  {date: '2024-01-07', minute: 1380, gear: 'Gravel', name: 'Night'},
];

/** An archive in whose tile each activity has a line of its own. */
async function archiveOf(name: string, activities: TestActivity[]): Promise<HeatArchive> {
  const path = `${folder}/${name}.pmtiles`;
  const features = activities.map((_, i) =>
    heatFeature({
      id: i + 1,
      lines: [
        [
          [100, 800 * (i + 1)],
          [3900, 800 * (i + 1) + 90],
        ],
      ],
    }),
  );
  const table = encodeActivityTable(activityTable(activities));
  writeSmallArchive(path, [{z: 4, x: 8, y: 7, features}], {more: {activities: table}});
  const archive = await openArchive(path);
  opened.push(archive);
  return archive;
}

const tile = {z: 4, x: 8, y: 7, size: 512, ratio: 1} as const;
const styleOf = (text: string) => parseStyle(text).style;

test('a PNG tile shows the activities that its filter chooses, whatever the key', async () => {
  const archive = await archiveOf('keys', activities);
  const all = await renderTile(archive, tile, styleOf(''));
  for (const [filter, rows] of [
    ['weekday=sat,sun', 'only=2,3'],
    ['time=22:00-09:00', 'only=1,3'],
    ['gear=Road%252C red', 'only=1'],
    ['commute=no', 'only=2,3'],
    ['name=uber den', 'only=2'],
    ['gear=Gravel&name=night', 'only=3'],
  ]) {
    const picture = await renderTile(archive, tile, styleOf(filter));
    expect(picture.equals(await renderTile(archive, tile, styleOf(rows))), filter).toBe(true);
    expect(picture.equals(all), filter).toBe(false);
  }
});

test('an activity of another name changes the tag of tiles that are filtered by name, and no other', async () => {
  const archive = await archiveOf('before', activities);
  const renamed = await archiveOf('after', [{...activities[0], name: 'Night shift'}, ...activities.slice(1)]);
  const isSame = async (text: string) =>
    (await tileTag(archive, tile, styleOf(text))) === (await tileTag(renamed, tile, styleOf(text)));
  expect(await isSame('name=night')).toBe(false);
  for (const text of ['', 'weekday=mon', 'without=1', 'name=uber', 'time=06:00-09:00']) {
    expect(await isSame(text), text).toBe(true);
  }
});

test('a program with other colours or other defaults gives the same words another tag', async () => {
  const tagOf = async (name: string) => tileTag(await archiveOf(name, activities), tile, styleOf(''));
  const tag = await tagOf('today');
  expect(await tagOf('again')).toBe(tag);
  const stop = ramps.fire[4] as number[];
  const defaults = defaultStyle as {glow: number};
  const [green, glow] = [stop[2], defaults.glow];
  stop[2] = green + 1;
  expect(await tagOf('other-fire')).not.toBe(tag);
  stop[2] = green;
  defaults.glow = 0.2;
  expect(await tagOf('other-glow')).not.toBe(tag);
  defaults.glow = glow;
  expect(await tagOf('as-before')).toBe(tag);
});
