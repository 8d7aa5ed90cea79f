import {expect, test} from 'vitest';
import {editLibrary} from '../support/edit-library.ts';
import {temporaryFolder} from '../support/files.ts';

const folder = temporaryFolder();

test.each([
  ['whole tiles', 500_000],
  ['tiles over budget', 600],
])(
  '50 random edits end with the bytes of an archive written from nothing, %s',
  async (name, budget) => {
    expect(await editLibrary(folder, name, budget, 50)).toBeGreaterThan(10);
  },
  1_200_000,
);
