import {readSync} from 'node:fs';

/** `length` bytes of an open file from `position` on. Throws, with the file's `name`, where it ends before. */
export function readAt(file: number, position: number, length: number, name: string): Buffer {
  const bytes = Buffer.alloc(length);
  for (let done = 0; done < length; ) {
    const got = readSync(file, bytes, done, length - done, position + done);
    if (got === 0) throw new Error(`${name} ends at byte ${position + done}, expected ${position + length}`);
    done += got;
  }
  return bytes;
}
