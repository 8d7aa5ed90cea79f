import {isUtf8} from 'node:buffer';
import yauzl from 'yauzl';
import type {ByteSource} from './byte-source.ts';
import type {Place} from './place.ts';

/** A member of a zip archive: its name as the archive has it, and its place, or why it cannot be unpacked. */
export type ZipMember = {name: string; place: Place; reason?: string};

/** What an archive holds; with a `reason`, what could be listed before the archive made no sense. */
export type ZipListing = {members: ZipMember[]; reason?: string};

/** Whether bytes begin as a zip archive does: with a member, or, where it is empty, with its end. */
export function isZip(bytes: Uint8Array): boolean {
  const [a, b, c, d] = bytes;
  return a === 0x50 && b === 0x4b && ((c === 3 && d === 4) || (c === 5 && d === 6));
}

/**
 * Lists the members of a zip archive (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT) from its directory, at
 * most `most` of them. Names are only names: whatever they say, nothing is written under them. Directories, `__MACOSX` and
 * names that begin with a dot are left out. Throws where the source cannot be read.
 */
export async function listZip(source: ByteSource, most: number): Promise<ZipListing> {
  const members: ZipMember[] = [];
  try {
    const end = endOf(source);
    if (end === 0)
      return {members, reason: 'found a zip archive without its directory, expected that at its end: it is cut off'};
    const zip = await yauzl.fromRandomAccessReaderPromise(new Reader(source), end, {
      // Names that leave the folder make yauzl give up the whole archive; here they do no harm.
      decodeStrings: false,
      validateEntrySizes: false,
    });
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry);
      if (isIgnored(name)) continue;
      if (members.length === most) {
        return {members, reason: `found more than ${most} members, expected fewer (limit: entries)`};
      }
      members.push({name, ...placeOf(source, entry)});
    }
  } catch (error) {
    // An archive that cannot be read is not damaged.
    if ((error as NodeJS.ErrnoException).syscall) throw error;
    return {members, reason: `damaged zip archive: ${(error as Error).message}`};
  }
  return {members};
}

function placeOf(source: ByteSource, entry: yauzl.Entry): {place: Place; reason?: string} {
  const method = entry.compressionMethod;
  const place: Place = {
    start: 0,
    packed: entry.compressedSize,
    size: entry.uncompressedSize,
    crc: entry.crc32,
    packing: method === deflated ? 'deflate' : 'stored',
  };
  if (entry.isEncrypted()) return {place, reason: 'found an encrypted member, expected one without a password'};
  if (method !== stored && method !== deflated) {
    const found = methods[method] ?? 'an unknown way';
    return {place, reason: `found a member packed by ${found} (method ${method}), expected stored or deflate`};
  }
  // The data stand behind the member's own header, whose extra field may have another length than the directory's.
  const header = source.read(entry.relativeOffsetOfLocalHeader, headerBytes);
  if (header.length < headerBytes || !isZip(header)) {
    return {place, reason: `found no member at byte ${entry.relativeOffsetOfLocalHeader}, where the directory has one`};
  }
  place.start = entry.relativeOffsetOfLocalHeader + headerBytes + header.readUInt16LE(26) + header.readUInt16LE(28);
  return {place};
}

/** Fixed part of a member's header. */
const headerBytes = 30;
const stored = 0;
const deflated = 8;
const methods: Record<number, string> = {9: 'Deflate64', 12: 'bzip2', 14: 'LZMA', 93: 'Zstandard', 95: 'XZ'};

function nameOf({fileNameRaw, generalPurposeBitFlag, extraFields}: yauzl.Entry): string {
  // Many programs write UTF-8 without saying so; text in another encoding is hardly ever valid UTF-8.
  const flags = isUtf8(fileNameRaw) ? generalPurposeBitFlag | 0x800 : generalPurposeBitFlag;
  const name = yauzl.getFileNameLowLevel(flags, fileNameRaw, extraFields, false);
  // Names are printed: they must not move the cursor.
  return name.replace(/\p{Cc}/gu, '\ufffd');
}

function isIgnored(name: string): boolean {
  const parts = name.split('/');
  return name.endsWith('/') || parts.some((part) => part === '__MACOSX' || /^\.[^./]/.test(part));
}

/** Where the archive ends: behind its last record, 0 where there is none. What stands behind it is no part of it. */
function endOf(source: ByteSource): number {
  const tail = source.read(Math.max(0, source.size - mostTail), mostTail);
  const at = tail.lastIndexOf('PK\x05\x06', tail.length - endBytes, 'latin1');
  if (at < 0) return 0;
  const end = source.size - tail.length + at + endBytes + tail.readUInt16LE(at + 20);
  return Math.min(end, source.size);
}

/** The end record, and the most that may stand behind its start: itself and a comment. */
const endBytes = 22;
const mostTail = endBytes + 0xffff;

/** Lets yauzl read from a {@link ByteSource}. */
class Reader extends yauzl.RandomAccessReader {
  private readonly source: ByteSource;

  constructor(source: ByteSource) {
    super();
    this.source = source;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    let found: Buffer;
    try {
      found = this.source.read(position, length);
    } catch (error) {
      process.nextTick(callback, error as Error);
      return;
    }
    found.copy(buffer, offset);
    process.nextTick(callback, null, found.length);
  }
}
