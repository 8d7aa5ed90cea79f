import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';

/** What a server says of its file beside its size. */
export type Signs = {etag?: string; 'last-modified'?: string};

/** A server of one file, which may be replaced; one that is down answers 503. */
export type ServedFile = {
  url: string;
  file: Buffer;
  signs: Signs;
  isDown: boolean;
  /** How many of the next requests get no answer. */
  broken: number;
  close(): Promise<void>;
};

/** Serves ranges of a file, and writes down which; a strict server refuses those that end behind the file. */
export async function serveFile(
  file: Buffer,
  signs: Signs,
  ranges: string[] = [],
  {strict = false} = {},
): Promise<ServedFile> {
  const server = createServer((request, response) => {
    const range = request.headers.range ?? '';
    ranges.push(range);
    if (served.broken > 0) {
      served.broken--;
      request.socket.destroy();
      return;
    }
    if (served.isDown) {
      response.writeHead(503).end();
      return;
    }
    const [start, end] = range.replace('bytes=', '').split('-').map(Number);
    const size = served.file.length;
    if (start >= size || (strict && end >= size)) {
      response.writeHead(416, {'content-range': `bytes */${size}`}).end();
      return;
    }
    const part = served.file.subarray(start, end + 1);
    const content = `bytes ${start}-${start + part.length - 1}/${size}`;
    response.writeHead(206, {...served.signs, 'content-length': part.length, 'content-range': content}).end(part);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const served: ServedFile = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/heat.pmtiles`,
    file,
    signs,
    isDown: false,
    broken: 0,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return served;
}
