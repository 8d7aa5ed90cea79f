import {existsSync} from 'node:fs';
import {archivePath, buildDefaults} from '../builder/build.ts';
import {josmTms} from '../core/editor-urls.ts';
import {openArchive} from '../raster-fallback/archive.ts';
import {drawPoolDefaults} from '../raster-fallback/workers/draw-pool.ts';
import {listen} from '../server/listen.ts';
import {parse, UsageError, wholeNumber} from './command.ts';
import {guardOptions} from './guard-options.ts';
import {othersText} from './sentences.ts';
import {untilStopped} from './until-stopped.ts';

const defaultPort = 8081;

const help = `trackheat raster

Serves PNG and WebP tiles of an archive, /raster/{z}/{x}/{y}.png, in the style of the query string: for JOSM and any other
program that reads raster tiles. The page /editors tells how.

  --archive FILE     archive, or http(s) URL of one (default ${archivePath(buildDefaults.data)})
  --styles FILE      saved styles by name (default: styles.json beside the archive)
  --port N           port (default ${defaultPort})
  --host ADDRESS     address to listen at (default 127.0.0.1: this machine only)
  --allow-host NAME  also answer requests for this host name (may be given again)
  --cors ORIGIN      let pages of this origin read the tiles (may be given again)
  --share-tiles      let openstreetmap.org and these origins read vector tiles too: custom map data of iD
  --workers N        threads that draw (default: all cores, at most 8)

Example: trackheat raster --archive heat.pmtiles --port 8081
`;

const flags = {
  archive: {type: 'string'},
  data: {type: 'string'},
  styles: {type: 'string'},
  'share-tiles': {type: 'boolean'},
  workers: {type: 'string'},
  port: {type: 'string'},
  host: {type: 'string'},
  'allow-host': {type: 'string', multiple: true},
  cors: {type: 'string', multiple: true},
  help: {type: 'boolean', short: 'h'},
} as const;

export async function runRaster(args: string[]): Promise<number> {
  const {values, positionals} = parse(args, flags);
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  if (positionals.length > 0) throw new UsageError(`'${positionals[0]}': name the archive with --archive`);
  const archive = values.archive ?? archivePath(values.data ?? buildDefaults.data);
  const workers = wholeNumber('workers', values.workers, 1, 256, drawPoolDefaults.workers);
  const guard = guardOptions(values);
  const port = wholeNumber('port', values.port, 0, 65_535, defaultPort);
  if (values.styles !== undefined && !existsSync(values.styles)) throw new Error(`${values.styles}: no such file`);
  // The server opens it when it is asked for, and again when it has changed; what is none is told of now.
  await (await openArchive(archive)).close();
  const server = await listen(
    {
      archive,
      styles: values.styles,
      ...guard,
      drawing: {workers},
      public: false,
    },
    {host: values.host ?? '127.0.0.1', port},
  );
  process.stdout.write(
    `In JOSM: ${josmTms(`${server.url}/`, '')}\nOther editors: ${server.url}/editors (Ctrl+C stops it).\n`,
  );
  process.stderr.write(othersText(server.others));
  await untilStopped();
  await server.close();
  return 0;
}
