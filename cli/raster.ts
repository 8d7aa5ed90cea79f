import {existsSync} from 'node:fs';
import {archivePath, buildDefaults} from '../builder/build.ts';
import {listen} from '../server/listen.ts';
import {parse, UsageError, wholeNumber} from './command.ts';
import {untilStopped} from './until-stopped.ts';

const defaultPort = 8081;

const help = `trackheat raster

Serves PNG tiles of an archive, /raster/{z}/{x}/{y}.png, in the style of the query string: for JOSM and any other program
that reads raster tiles.

  --archive FILE     archive (default ${archivePath(buildDefaults.data)})
  --port N           port (default ${defaultPort})
  --host ADDRESS     address to listen at (default 127.0.0.1: this machine only)
  --allow-host NAME  also answer requests for this host name (may be given again)
  --cors ORIGIN      let pages of this origin read the tiles (may be given again)

Example: trackheat raster --archive heat.pmtiles --port 8081
`;

const flags = {
  archive: {type: 'string'},
  data: {type: 'string'},
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
  if (!existsSync(archive)) throw new Error(`${archive}: no such archive`);
  const server = await listen(
    {archive, hosts: values['allow-host'] ?? [], origins: values.cors ?? [], public: false},
    {host: values.host ?? '127.0.0.1', port: wholeNumber('port', values.port, 0, 65_535, defaultPort)},
  );
  process.stdout.write(`In JOSM: tms[22]:${server.url}/raster/{zoom}/{x}/{y}.png (Ctrl+C stops it).\n`);
  await untilStopped();
  await server.close();
  return 0;
}
