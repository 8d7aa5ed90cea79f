/** Most bytes of a file, and of what a gzip file holds: a browser takes some ten times as much memory to read it. */
export const mostBytes = 100_000_000;

const tooLarge = `expected at most ${mostBytes / 1e6} MB: build an archive from it instead`;

/** The bytes of a file, unzipped where they are gzip data; a sentence that says why there are none. */
export async function readBytes(file: Blob): Promise<Uint8Array<ArrayBuffer> | string> {
  if (file.size > mostBytes) return `found ${Math.round(file.size / 1e6)} MB, ${tooLarge}.`;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return 'found a folder, or a file that may not be read, expected a file.';
  }
  return isGzip(bytes) ? unzip(bytes) : bytes;
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Counts while it unzips: a small file can hold a very large one. */
async function unzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | string> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    for (;;) {
      const {done, value} = await reader.read();
      if (done) return new Uint8Array(await new Blob(chunks).arrayBuffer());
      chunks.push(value);
      length += value.length;
      if (length > mostBytes) {
        await reader.cancel();
        return `found a gzip file of more than ${mostBytes / 1e6} MB, ${tooLarge}.`;
      }
    }
  } catch {
    return `found gzip data that break off or are damaged after ${length} bytes, expected a whole file.`;
  }
}
