import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {verify} from '../../builder/verify.ts';
import {damageArchive, goodArchive, hasSecondOpinion, secondOpinion} from '../support/damage-archive.ts';
import {temporaryFolder} from '../support/files.ts';

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

  test('says what is wrong with a file that is no archive', () => {
    const file = path.join(folder, 'text.pmtiles');
    for (const bytes of ['', 'PMTiles', 'hello world'.repeat(30)]) {
      writeFileSync(file, bytes);
      expect(verify(file).faults[0]).toContain('no PMTiles v3 archive');
    }
  });
});
