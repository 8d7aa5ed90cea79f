import {closeSync, openSync} from 'node:fs';
import {joinExports} from './join-exports.ts';
import type {KnownFile, Library} from './library.ts';
import {expected, formatOf, headBytes} from './read/format.ts';
import {byPath, isUnchanged, type SourceFile} from './scan.ts';
import {inflate, isGzip, largest, type UnpackOptions, unpackDefaults} from './unpack.ts';
import {unread} from './unread.ts';
import {type ByteSource, fileSource, memorySource, rangeSource} from './zip/byte-source.ts';
import {isZip, listZip, type ZipMember} from './zip/list-zip.ts';
import {type Place, placeHead, unpackPlace} from './zip/place.ts';

/**
 * The files with the members of zip archives instead of these, in the order of their paths, inner archives too. An archive
 * that cannot be opened, or has no activity in it, stays one file, `ended` with the reason. What an archive held is
 * remembered in the library: one that has not changed is not opened again.
 */
export async function members(
  files: SourceFile[],
  library: Library,
  known: Map<string, KnownFile>,
  options: UnpackOptions = unpackDefaults,
): Promise<SourceFile[]> {
  const found: SourceFile[] = [];
  for (const file of files) {
    const before = file.ended || isUnchanged(file, known.get(file.path)) ? [file] : recall(file, library);
    for (const each of before ?? (await membersOf(file, library, options))) found.push(each);
  }
  return found.sort(byPath);
}

/** What the library remembers of an archive. The version is that of what is looked for in one. */
type Remembered = {version: number; size: number; modified: number; members: SourceFile[]};
const version = 1;

function recall({path, size, modified}: SourceFile, library: Library): SourceFile[] | undefined {
  const fact = library.fact(factKey(path));
  if (fact === undefined) return undefined;
  const known = JSON.parse(fact) as Remembered;
  if (known.version !== version || known.size !== size || known.modified !== modified) return undefined;
  return known.members.map((member) => ({...member, path: path + member.path, archive: path}));
}

function remember({path, size, modified}: SourceFile, found: SourceFile[], library: Library): void {
  const shorter = found.map(({archive: _, ...member}) => ({...member, path: member.path.slice(path.length)}));
  const fact: Remembered = {version, size, modified, members: shorter};
  library.setFact(factKey(path), JSON.stringify(fact));
}

function factKey(path: string): string {
  return `members of ${path}`;
}

async function membersOf(file: SourceFile, library: Library, options: UnpackOptions): Promise<SourceFile[]> {
  let fd: number;
  try {
    fd = openSync(file.path, 'r');
  } catch {
    // The import finds the same, and says so.
    return [file];
  }
  try {
    const source = fileSource(fd, 0, file.size);
    const whole: Place = {start: 0, packed: file.size, size: file.size, crc: 0, packing: 'stored'};
    const archive = {file, options, entries: 0, bytes: 0, paths: new Set<string>()};
    const found = await open(archive, file, {source, base: 0}, whole, 1);
    if (!found) return [file];
    if (found.length > 1 || found[0].place) remember(file, found, library);
    return found;
  } catch (error) {
    // The file went away or cannot be read any more.
    return [{...file, ended: unread(error)}];
  } finally {
    closeSync(fd);
  }
}

/** What is counted over an archive and those inside it. */
type Archive = {file: SourceFile; options: UnpackOptions; entries: number; bytes: number; paths: Set<string>};

/**
 * Bytes that an archive is listed from. Its members are in the file itself from `base` on, or, where these bytes had to be
 * unpacked, in what is at the place `within`.
 */
type Holder = {source: ByteSource; base: number; within?: Place};

/** The files that stand for the one at a place if that is a zip archive, gzipped or not; undefined where it is none. */
async function open(
  archive: Archive,
  self: SourceFile,
  holder: Holder,
  place: Place,
  depth: number,
): Promise<SourceFile[] | undefined> {
  const {source, base} = holder;
  const {options} = archive;
  const fail = (reason: string): SourceFile[] => [{...self, ended: {outcome: 'failed', reason}}];
  const head = placeHead(source, place, 512);
  const gzip = isGzip(head) && isZip(inflate(head, 'gzip', mostHead).bytes);
  if (!gzip && !isZip(head)) return undefined;
  if (depth > options.depth) {
    return fail(`found an archive inside ${depth - 1} others, expected fewer (limit: depth)`);
  }
  if (place.packing === 'stored' && !gzip) {
    const inner = rangeSource(source, place.start, place.packed);
    return list(archive, self, {...holder, source: inner, base: base + place.start}, depth);
  }
  // Packed: it has to be unpacked to be looked into.
  const outer = absolute(holder, place);
  const unpacked = unpackPlace(source, place, options);
  if (unpacked.reason) return fail(unpacked.reason);
  const bytes = memorySource(unpacked.bytes);
  if (!gzip) return list(archive, self, {source: bytes, base: 0, within: outer}, depth);
  const stream: Place = {start: 0, packed: bytes.size, size: 0, crc: 0, packing: 'gzip'};
  const bare = unpackPlace(bytes, stream, options);
  if (bare.reason) return fail(bare.reason);
  const within: Place = place.packing === 'stored' ? {...outer, packing: 'gzip'} : {...stream, within: outer};
  return list(archive, self, {source: memorySource(bare.bytes), base: 0, within}, depth);
}

/** A place in a holder's source as the place in the file. */
function absolute({base, within}: Holder, place: Place): Place {
  return {...place, start: base + place.start, ...(within && {within})};
}

/** The files that stand for an archive: its members, or itself. */
async function list(archive: Archive, self: SourceFile, holder: Holder, depth: number): Promise<SourceFile[]> {
  const {options} = archive;
  const {source} = holder;
  const end = (outcome: 'failed' | 'not-activity', reason: string): SourceFile => ({...self, ended: {outcome, reason}});
  const {members: listed, reason} = await listZip(source, options.entries - archive.entries);
  archive.entries += listed.length;
  archive.bytes += listed.reduce((sum, {place}) => sum + place.size, 0);
  const most = Math.max(options.archiveBytes, largest(archive.file.size, options));
  if (archive.bytes > most) {
    const limits = '(limits: archiveBytes, ratio)';
    return [end('failed', `found members of ${archive.bytes} bytes, expected at most ${most} ${limits}`)];
  }
  const found: SourceFile[] = [];
  const places = new Map<SourceFile, Place>();
  let some = false;
  for (const member of listed) {
    const {place} = member;
    const file: SourceFile = {
      path: uniquePath(archive, `${self.path}!${member.name}`),
      size: place.size,
      modified: place.crc,
      archive: archive.file.path,
      place: absolute(holder, place),
    };
    const inner = member.reason ? undefined : await open(archive, file, holder, place, depth + 1);
    if (inner) {
      some ||= inner.some(({ended}) => ended?.outcome !== 'not-activity');
      for (const each of inner) found.push(each);
      continue;
    }
    some ||= mayHoldActivity(source, member);
    if (member.reason) file.ended = {outcome: 'failed', reason: member.reason};
    else places.set(file, place);
    found.push(file);
  }
  if (reason) return some ? [...found, end('failed', reason)] : [end('failed', reason)];
  if (!some) {
    const count = listed.length === 1 ? '1 file' : `${listed.length} files`;
    const what = listed.length === 0 ? 'an empty zip archive' : `a zip archive of ${count}, none with activities`;
    return [end('not-activity', `found ${what}, ${expected}`)];
  }
  return joinExports(found, (file) => {
    const place = places.get(file);
    return place && unpackPlace(source, place, options).bytes;
  });
}

/** Whether a member is, by its content or its name, one of those that an archive is opened for. */
function mayHoldActivity(source: ByteSource, {name, place, reason}: ZipMember): boolean {
  if (/\.(fit|gpx|tcx|kml|kmz|geojson|nmea)(\.gz)?$/i.test(name)) return true;
  if (reason || place.size === 0) return false;
  let head = placeHead(source, place, headBytes);
  if (isGzip(head)) head = inflate(head, 'gzip', mostHead).bytes;
  return formatOf(head).format !== undefined;
}

/** The path, with a number where the archive has more than one member of that name. */
function uniquePath({paths}: Archive, path: string): string {
  let unique = path;
  for (let n = 2; paths.has(unique); n++) unique = `${path} (${n})`;
  paths.add(unique);
  return unique;
}

/** A head of deflate data unpacks to at most a thousand times as much. */
const mostHead = 128 << 20;
