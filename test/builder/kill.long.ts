import {test} from 'vitest';
import {temporaryFolder} from '../support/files.ts';
import {killBuilds} from '../support/kill-build.ts';

const folder = temporaryFolder();

test('a build that is killed at any of 200 random moments leaves a valid archive and loses nothing', async () => {
  await killBuilds(folder, 200, 2);
}, 3_600_000);
