import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {verify} from '../../builder/verify.ts';
import {changeArchive} from '../support/change-archive.ts';
import {damageArchive, goodArchive, hasSecondOpinion, secondOpinion} from '../support/damage-archive.ts';
import {temporaryFolder} from '../support/files.ts';
import {heatFeature} from '../support/heat-feature.ts';

const folder = temporaryFolder();

describe('verify', () => {
  test('finds nothing wrong with a good archive, nor does the independent check', async () => {
    const archive = await goodArchive(folder);
    expect(verify(archive).faults).toEqual([]);
    if (hasSecondOpinion) expect(secondOpinion(archive)).toBe(true);
    else console.warn('No second opinion: Python or ../shared/tools/verify_pmtiles.py is missing.');
  });

  test('faults what the independent check faults in 40 damaged archives', async () => {
    const archive = await goodArchive(folder);
    expect(damageArchive(archive, folder, 40, 1)).toBeGreaterThan(25);
  });

  test('faults a line that leaves its tile, of whichever extent that is', async () => {
    const archive = await goodArchive(folder);
    const file = path.join(folder, 'beyond.pmtiles');
    for (const [extent, x, leaves] of [
      [4096, 4096, false],
      [4096, 4097, true],
      [1024, 1024, false],
      [1024, 4000, true],
    ] as const) {
      changeArchive(archive, file, (tile) => {
        if (tile.zoom < 12) return tile.features;
        tile.extent = extent;
        const line: [number, number][] = [
          [10, 10],
          [x, 500],
        ];
        return [heatFeature({id: tile.features[0].id, lines: [line]})];
      });
      const found = verify(file).faults.some((fault) => fault.endsWith(`leaves its tile at ${x}, 500`));
      expect(found, `extent ${extent}, line to ${x}`).toBe(leaves);
    }
  });

  test('faults a number of lines that is not that of its tiles', async () => {
    const archive = await goodArchive(folder);
    const file = path.join(folder, 'miscounted.pmtiles');
    let lines = 0;
    changeArchive(archive, file, undefined, ({counts}) => {
      lines = counts.lines++;
    });
    expect(verify(file).faults).toEqual([`metadata counts ${lines + 1} lines, the tiles have ${lines}`]);
  });

  test('says what is wrong with a file that is no archive', () => {
    const file = path.join(folder, 'text.pmtiles');
    for (const bytes of ['', 'PMTiles', 'hello world'.repeat(30)]) {
      writeFileSync(file, bytes);
      expect(verify(file).faults[0]).toContain('no PMTiles v3 archive');
    }
  });
});
