import {expect, test} from 'vitest';
import {damageArchive, goodArchive} from '../support/damage-archive.ts';
import {temporaryFolder} from '../support/files.ts';

const folder = temporaryFolder();

test('verify faults what the independent check faults in 200 damaged archives', async () => {
  expect(damageArchive(await goodArchive(folder), folder, 200, 2)).toBeGreaterThan(150);
}, 600_000);
