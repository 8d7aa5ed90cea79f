import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {tileOfId} from '../../core/tile-id.ts';
import type {TileSetFacts, TileSink} from './tile-sink.ts';

/** In the folder while an export is under way. */
const stateName = '.trackheat-export.json';

/** What describes a finished export. */
const descriptionName = 'tiles.json';

type State = {key: string; done: number; bytes: number};

/** Whether a folder holds a finished export. */
export function holdsExport(folder: string): boolean {
  return existsSync(path.join(folder, descriptionName));
}

/** A folder of files, z/x/y.png with rows from the north, and a tiles.json that describes them. What another export left there goes. */
export function folderSink(folder: string, key: string, facts: TileSetFacts): TileSink {
  const statePath = path.join(folder, stateName);
  const old = readState(statePath);
  const state: State = old?.key === key ? old : {key, done: 0, bytes: 0};
  const made = new Set<string>();
  const write = () => {
    writeFileSync(`${statePath}.new`, JSON.stringify(state));
    renameSync(`${statePath}.new`, statePath);
  };
  mkdirSync(folder, {recursive: true});
  if (state !== old && (old || holdsExport(folder))) removeExport(folder);
  write();
  return {
    done: state.done,
    add(id, picture) {
      const [z, x, y] = tileOfId(id);
      const column = path.join(folder, String(z), String(x));
      if (!made.has(column)) {
        mkdirSync(column, {recursive: true});
        made.add(column);
      }
      writeFileSync(path.join(column, `${y}.${facts.image}`), picture);
      state.bytes += picture.length;
    },
    commit(done) {
      state.done = done;
      write();
    },
    finish() {
      const {name, description, attribution, image, minZoom, maxZoom, bounds, center} = facts;
      const tileJson = {
        tilejson: '3.0.0',
        name,
        description,
        attribution,
        scheme: 'xyz',
        tiles: [`{z}/{x}/{y}.${image}`],
        minzoom: minZoom,
        maxzoom: maxZoom,
        bounds,
        center,
      };
      writeFileSync(path.join(folder, descriptionName), `${JSON.stringify(tileJson, undefined, 2)}\n`);
      rmSync(statePath);
      return state.bytes;
    },
    close() {},
  };
}

function readState(file: string): State | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as State;
  } catch {
    // Cut off by a kill: what it told is not known any more.
    return undefined;
  }
}

/** Removes the tiles of an export: one that shows less would leave the others of an earlier one beside its own. */
function removeExport(folder: string): void {
  rmSync(path.join(folder, descriptionName), {force: true});
  for (const name of readdirSync(folder)) {
    if (/^\d{1,2}$/.test(name)) rmSync(path.join(folder, name), {recursive: true});
  }
}
