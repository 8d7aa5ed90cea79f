import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {tileOfId} from '../../core/tile-id.ts';
import {setName, type TileSetFacts, type TileSink} from './tile-sink.ts';

/** In the folder while an export is under way. */
const stateName = '.trackheat-export.json';

/** What describes a finished export. */
const descriptionName = 'tiles.json';

type State = {key: string; done: number; bytes: number};

/** The state of what no export can go on with. */
const nobodys: State = {key: '', done: 0, bytes: 0};

/** What names an export's tiles, and the folders that they lie in. */
const tileName = /^\d+\.(png|webp)$/;
const numberName = /^\d+$/;

/** What a folder is to an export. */
export type FolderState = 'free' | 'begun' | 'finished' | 'foreign';

/**
 * Whether nothing is in a folder, or there is none; whether an export was begun there, or finished; or whether it is another program's or a
 * person's, in which nothing is to be written.
 */
export function folderState(folder: string): FolderState {
  const there = statSync(folder, {throwIfNoEntry: false});
  if (!there) return 'free';
  if (!there.isDirectory()) return 'foreign';
  if (existsSync(path.join(folder, stateName))) return 'begun';
  if (readdirSync(folder).every((name) => name.startsWith('.'))) return 'free';
  return holdsExport(folder) ? 'finished' : 'foreign';
}

/** Whether a folder holds a finished export. */
function holdsExport(folder: string): boolean {
  try {
    return JSON.parse(readFileSync(path.join(folder, descriptionName), 'utf8')).name === setName;
  } catch {
    return false;
  }
}

/** A folder of files, z/x/y.png with rows from the north, and a tiles.json that describes them. What another export left there goes. */
export function folderSink(folder: string, key: string, facts: TileSetFacts): TileSink {
  const statePath = path.join(folder, stateName);
  const old = readState(statePath);
  const state: State = old?.key === key ? old : {...nobodys, key};
  const made = new Set<string>();
  const write = (state: State) => {
    writeFileSync(`${statePath}.new`, JSON.stringify(state));
    renameSync(`${statePath}.new`, statePath);
  };
  mkdirSync(folder, {recursive: true});
  if (state !== old && (old || holdsExport(folder))) {
    // Whoever comes after a kill knows that what is left has to go.
    write(nobodys);
    removeExport(folder);
  }
  write(state);
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
      write(state);
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
    return nobodys;
  }
}

/**
 * Removes the tiles of an export: one that shows less would leave the others of an earlier one beside its own. What else lies in the folder
 * stays.
 */
function removeExport(folder: string): void {
  rmSync(path.join(folder, descriptionName), {force: true});
  for (const zoom of foldersIn(folder)) {
    for (const column of foldersIn(zoom)) {
      for (const name of readdirSync(column)) {
        if (tileName.test(name)) rmSync(path.join(column, name));
      }
      removeEmpty(column);
    }
    removeEmpty(zoom);
  }
}

/** The folders in a folder that are named by a number. */
function foldersIn(folder: string): string[] {
  const entries = readdirSync(folder, {withFileTypes: true});
  return entries
    .filter((entry) => entry.isDirectory() && numberName.test(entry.name))
    .map(({name}) => path.join(folder, name));
}

function removeEmpty(folder: string): void {
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}
