import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What each folder may import besides itself and packages. */
const allowed: Record<string, string[]> = {
  core: [],
  builder: ['core'],
  'raster-fallback': ['core'],
  client: ['core'],
  server: ['core', 'builder', 'raster-fallback'],
  cli: ['core', 'builder', 'raster-fallback', 'server'],
};

function sources(folder: string): string[] {
  return readdirSync(path.join(root, folder), {recursive: true, encoding: 'utf8'})
    .filter((name) => /\.(ts|mts|tsx)$/.test(name))
    .map((name) => path.join(folder, name));
}

function importsOf(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]);
}

describe.each(Object.keys(allowed))('%s', (folder) => {
  const files = sources(folder);

  test('has source files', () => {
    expect(files.length).toBeGreaterThan(0);
  });

  test(`imports nothing but itself${allowed[folder].map((name) => `, ${name}`).join('')} and packages`, () => {
    for (const file of files) {
      for (const name of importsOf(file).filter((name) => name.startsWith('.'))) {
        const target = path.join(path.dirname(file), name).split(path.sep)[0];
        expect([folder, ...allowed[folder]], `${file} imports ${name}`).toContain(target);
      }
    }
  });
});

describe.each(['core', 'client'])('%s', (folder) => {
  test('uses nothing of Node', () => {
    for (const file of sources(folder)) {
      expect(
        importsOf(file).filter((name) => name.startsWith('node:')),
        file,
      ).toEqual([]);
      expect(readFileSync(path.join(root, file), 'utf8'), file).not.toMatch(/\b(Buffer|process)\.\w/);
    }
  });
});

test('core uses nothing of a browser', () => {
  for (const file of sources('core')) {
    expect(readFileSync(path.join(root, file), 'utf8'), file).not.toMatch(/\b(document|window|navigator)\.\w/);
  }
});
