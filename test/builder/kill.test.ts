import {test} from 'vitest';
import {temporaryFolder} from '../support/files.ts';
import {killBuilds} from '../support/kill-build.ts';

const folder = temporaryFolder();

test('a build that is killed at any of 10 random moments leaves a valid archive and loses nothing', async () => {
  await killBuilds(folder, 10, 1);
}, 240_000);
