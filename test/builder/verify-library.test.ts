import {mkdirSync} from 'node:fs';
import path from 'node:path';
import {beforeAll, describe, expect, test} from 'vitest';
import {archivePath, build} from '../../builder/build.ts';
import {Library} from '../../builder/library.ts';
import {verify} from '../../builder/verify.ts';
import {groupOfRow} from '../../core/group-row.ts';
import type {HeatFeature} from '../../core/heat-tile.ts';
import {firstTileId, tileId, tileOfId} from '../../core/tile-id.ts';
import {changeArchive, type OpenTile, openTiles} from '../support/change-archive.ts';
import {temporaryFolder, writeGpx} from '../support/files.ts';
import {along, morning, noisy, seededRandom, track} from '../support/tracks.ts';

const folder = temporaryFolder();
const changed = path.join(folder, 'changed.pmtiles');
const day = 86_400_000;
const maxZoom = 12;

/** Data folders: every tile whole, and most tiles of group rows. */
const data = path.join(folder, 'data');
const crowded = path.join(folder, 'crowded');
const archive = archivePath(data);

beforeAll(async () => {
  const activities = path.join(folder, 'activities');
  mkdirSync(activities);
  const random = seededRandom(9);
  for (let i = 0; i < 12; i++) {
    const corners = Array.from({length: 8}, () => [random() * 40_000, random() * 40_000] as const);
    const ride = track(noisy(along(corners, 15), 3, random), {start: morning + i * 90 * day});
    writeGpx(activities, `${i}.gpx`, [ride], {type: i % 3 === 0 ? 'running' : 'cycling'});
  }
  await build([activities], {data, maxZoom, workers: 1});
  await build([activities], {data: crowded, maxZoom, workers: 1, budget: 500});
});

/** The faults of an archive that is changed so, with and without its library. */
function faultsOf(
  ...[change, edit]: [change?: (tile: OpenTile) => HeatFeature[], edit?: Parameters<typeof changeArchive>[3]]
) {
  changeArchive(archive, changed, change, edit);
  return {alone: verify(changed).faults, compared: verify(changed, data).faults};
}

/** A tile of a zoom with a row that passes its border to the east, and that row. */
function crossing(zoom: number, places = 1): {tile: number; east: number; row: number} {
  const tiles = new Map(openTiles(archive).map((tile) => [tile.id, tile]));
  for (const {id, features} of tiles.values()) {
    const [z, x, y] = tileOfId(id);
    const east = z === zoom ? tiles.get(tileId(z, x + 1, y)) : undefined;
    for (const {id: row} of features) {
      if (east?.features.some((other) => other.id === row) && crossingsOf(archive, id, east.id, row) >= places) {
        return {tile: id, east: east.id, row};
      }
    }
  }
  throw new Error(`no row crosses a border of zoom ${zoom}`);
}

/** How often verify finds loose ends of a row on a border when the tile beyond loses it. */
function crossingsOf(from: string, tile: number, east: number, row: number): number {
  changeArchive(from, changed, without(east, row));
  const place = `row ${row} ends with n = 1 on the border to ${tileOfId(east).join('/')}, `;
  return verify(changed).faults.filter((fault) => fault.startsWith(`tile ${tileOfId(tile).join('/')}: ${place}`))
    .length;
}

function without(id: number, row: number) {
  return (tile: OpenTile) => (tile.id === id ? tile.features.filter((each) => each.id !== row) : tile.features);
}

describe('verify beside a library', () => {
  test('finds nothing wrong with what a build wrote, of whole tiles and of group rows', () => {
    for (const each of [data, crowded]) {
      expect(verify(archivePath(each), each)).toMatchObject({faults: [], compared: true});
      expect(verify(archivePath(each))).toMatchObject({faults: [], compared: false});
    }
    expect(openTiles(archivePath(crowded)).some(({features}) => features.some(({id}) => groupOfRow(id)))).toBe(true);
    // The copy that the tests below change is as good as the archive.
    changeArchive(archive, changed);
    expect(verify(changed, data).faults).toEqual([]);
  });

  test('says that nothing was compared where the library has changed since', () => {
    const library = new Library(crowded);
    library.exclude([3]);
    library.close();
    expect(verify(archivePath(crowded), crowded)).toMatchObject({faults: [], compared: false});
    const again = new Library(crowded);
    again.include([3]);
    again.close();
    expect(verify(archivePath(crowded), crowded).compared).toBe(true);
  });

  test.each<
    [
      string,
      (columns: {distance: number[]; name: string[]; sport: number[]; from: number[]; id: number[]}) => void,
      RegExp,
    ]
  >([
    ['distance', ({distance}) => distance[2]++, /^row 3: its distance is \d+ in the table, \d+ in the library$/],
    ['name', ({name}) => name.splice(4, 1, 'Other'), /^row 5: its name is Other in the table, A ride in the library$/],
    ['sport', ({sport}) => sport.splice(1, 1, 5), /^row 2: its sport is 5 in the table, \d in the library$/],
    ['date', ({from}) => from[11]--, /^row 12: its from is \d+ in the table, \d+ in the library$/],
  ])('names a row whose %s is not that of the library', (_, edit, fault) => {
    const {alone, compared} = faultsOf(undefined, ({activities}) => edit(activities as never));
    expect(alone).toEqual([]);
    expect(compared.length).toBeGreaterThan(0);
    for (const each of compared.filter((text) => !text.includes('its to is'))) expect(each).toMatch(fault);
  });

  test('names a row that the table lost, and one that it has too many', () => {
    const {compared} = faultsOf(undefined, ({activities, counts}) => {
      for (const column of Object.values(activities)) if (column.length === 12) column.pop();
      counts.activities--;
    });
    expect(compared).toContain('row 12: the library has it, the activity table does not');
    const more = faultsOf(undefined, ({activities, counts}) => {
      for (const column of Object.values(activities)) if (column.length === 12) column.push(column[11] as never);
      counts.activities++;
    });
    expect(more.compared).toContain('row 13: the activity table has it, the map of the library does not');
  });

  test('names counts that are not those of the table', () => {
    const {alone} = faultsOf(undefined, ({counts}) => {
      counts.activities = 11;
    });
    expect(alone).toEqual(['metadata counts 11 activities, the activity table has 12']);
  });

  test('names a tile that is gone, and the row that was in it', () => {
    const gone = openTiles(archive).find(({id}) => id > firstTileId(11)) as OpenTile;
    const {compared} = faultsOf((tile) => (tile.id === gone.id ? [] : tile.features));
    expect(compared).toContain(`tile ${tileOfId(gone.id).join('/')} is missing, with row ${gone.features[0].id}`);
  });

  test('names a row that a tile lost, one that it has too many, and one whose n is not 1', () => {
    const tile = openTiles(archive).find(
      ({zoom, features}) => zoom === 10 && features.length > 1 && features.length < 9,
    );
    const {id, features} = tile as OpenTile;
    const place = `tile ${tileOfId(id).join('/')}`;
    const row = features[1].id;
    expect(faultsOf(without(id, row)).compared).toContain(`${place}: row ${row} is missing`);
    const strange = Array.from({length: 12}, (_, i) => i + 1).find((each) => !features.some((own) => own.id === each));
    const put = (each: OpenTile) =>
      each.id === id
        ? [...features, {...features[0], id: strange as number}].sort((a, b) => a.id - b.id)
        : each.features;
    expect(faultsOf(put).compared).toContain(`${place}: row ${strange} has nothing to do here`);
    const twice = (each: OpenTile) =>
      each.id === id ? features.map((own) => ({...own, n: own.id === row ? 2 : 1})) : each.features;
    expect(faultsOf(twice).compared).toContain(`${place}: row ${row} is one activity and has n = 2`);
  });

  test('names a group row that counts more activities than there are, and one that is gone', () => {
    const group = openTiles(archivePath(crowded)).find(({features}) => groupOfRow(features[0].id)) as OpenTile;
    const place = `tile ${tileOfId(group.id).join('/')}`;
    const change = (edit: (feature: HeatFeature) => HeatFeature[]) => {
      changeArchive(archivePath(crowded), changed, (tile) =>
        tile.id === group.id ? tile.features.flatMap(edit) : tile.features,
      );
      return verify(changed, crowded).faults;
    };
    const {id} = group.features[0];
    expect(change((feature) => [{...feature, n: feature.n + 50}])[0]).toMatch(
      new RegExp(`^${place}: row ${id} has n = 5\\d, of its sport and year \\d+ activities are here$`),
    );
    expect(change((feature) => (feature.id === id ? [] : [feature])).join('\n')).toMatch(
      new RegExp(`${place}( is missing|: no group row stands for row)`),
    );
    changeArchive(archivePath(crowded), changed, undefined, ({activities}) => {
      const counts = activities.activities as number[];
      counts[counts.length - 1]++;
    });
    expect(verify(changed).faults.join('\n')).toMatch(
      /^row \d+: the table says it stands for \d+ activities, and has \d+ of its sport and year$/m,
    );
    expect(verify(changed, crowded).faults.join('\n')).toMatch(
      /row \d+: its activities is \d+ in the table, \d+ in the library/,
    );
  });
});

describe('verify of heat at tile borders', () => {
  test('names a line below maxZoom that does not go on beyond a border', () => {
    expect(crossing(11).row).toBeGreaterThan(0);
  });

  test('names a line below maxZoom that goes on with another n', () => {
    const {tile, east, row} = crossing(11);
    changeArchive(archive, changed, ({id, features}) =>
      features.map((feature) => (id === east && feature.id === row ? {...feature, n: 3} : feature)),
    );
    const faults = verify(changed).faults.join('\n');
    expect(faults).toContain(`tile ${tileOfId(tile).join('/')}: row ${row} ends with n = 1 on the border`);
    expect(faults).toContain(`tile ${tileOfId(east).join('/')}: row ${row} ends with n = 3 on the border`);
  });

  test('at maxZoom names a row that ends twice on a border, and takes once for chance', () => {
    expect(crossing(maxZoom, 2).row).toBeGreaterThan(0);
    const {tile, east, row} = crossing(maxZoom, 0);
    expect(crossingsOf(archive, tile, east, row)).not.toBe(1);
  });
});
