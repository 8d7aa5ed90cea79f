import {existsSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {archivePath, buildDefaults} from '../builder/build.ts';
import {hasLibrary} from '../builder/library.ts';
import {writeSample} from '../builder/sample.ts';
import {listen, listenDefaults} from '../server/listen.ts';
import {buildFlags, buildWithProgress} from './build.ts';
import {parse, UsageError, wholeNumber} from './command.ts';
import {updateArchive} from './edit.ts';
import {guardOptions} from './guard-options.ts';
import {noLibrary} from './library-of.ts';
import {othersText} from './sentences.ts';
import {untilStopped} from './until-stopped.ts';

/** Folder of the sample library, apart from anybody's own. */
const sampleFolder = 'trackheat-sample';

const help = `trackheat serve [paths…]

Builds as trackheat build does, then serves map, archive, vector tiles and PNG tiles until it is stopped. Without paths it
serves the library that is there; where there is none, it makes a small sample library to look at.

  --port N           port (default ${listenDefaults.port})
  --host ADDRESS     address to listen at (default ${listenDefaults.host}: this machine only)
  --allow-host NAME  also answer requests for this host name (may be given again)
  --cors ORIGIN      let pages of this origin read PNG tiles (may be given again)
  --share-tiles      let openstreetmap.org and these origins read vector tiles too: custom map data of iD
  --public           let every page read everything: for an archive that is made to be published
  --data DIR         folder of library.db and heat.pmtiles (default ${buildDefaults.data})
  --workers N, --max-zoom N, --include routes, --prune, --report FILE: with paths, as for trackheat build

Example: trackheat serve ~/activities --port 9000
`;

const serveFlags = {
  ...buildFlags,
  port: {type: 'string'},
  host: {type: 'string'},
  'allow-host': {type: 'string', multiple: true},
  cors: {type: 'string', multiple: true},
  'share-tiles': {type: 'boolean'},
  public: {type: 'boolean'},
} as const;

export async function runServe(args: string[]): Promise<number> {
  const {values, positionals} = parse(args, serveFlags);
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const port = wholeNumber('port', values.port, 0, 65_535, listenDefaults.port);
  const guard = guardOptions(values);
  let data = values.data ?? buildDefaults.data;
  if (positionals.length > 0) await buildWithProgress(positionals, {...values, data});
  else {
    checkWithoutPaths(values);
    const hasArchive = existsSync(archivePath(data));
    if (!hasArchive && hasLibrary(data)) await updateArchive(data);
    else if (!hasArchive) data = await buildSample();
  }
  const server = await listen(
    {
      archive: archivePath(data),
      client: clientFolder(),
      ...guard,
      public: values.public ?? false,
    },
    {host: values.host ?? listenDefaults.host, port},
  );
  if (values.json) process.stdout.write(`${JSON.stringify({url: server.url, data: path.resolve(data)})}\n`);
  else process.stdout.write(`The map is at ${server.url} (data in ${path.resolve(data)}; Ctrl+C stops it).\n`);
  process.stderr.write(othersText(server.others));
  await untilStopped();
  await server.close();
  return 0;
}

/** What serves only what is there takes no options of a build, and no data folder in which nothing is. */
function checkWithoutPaths(values: {data?: string; [option: string]: unknown}): void {
  const given = ['workers', 'max-zoom', 'include', 'prune', 'report'].find((option) => values[option] !== undefined);
  if (given) throw new UsageError(`--${given} is for a build: name the folders or files, too`);
  const {data} = values;
  if (data !== undefined && !hasLibrary(data) && !existsSync(archivePath(data))) throw noLibrary(data);
}

/** Makes the sample library, where it is missing, and builds it; gives its data folder. */
async function buildSample(): Promise<string> {
  const activities = path.join(sampleFolder, 'activities');
  const data = path.join(sampleFolder, 'data');
  if (!existsSync(activities)) {
    process.stderr.write('No paths given: making a small sample library. Your own: npm start -- ~/activities\n');
    await writeSample(activities);
  }
  await buildWithProgress([activities], {data});
  return data;
}

/** Folder of the built page, beside the compiled program. */
export function clientFolder(): string {
  return fileURLToPath(new URL('../client', import.meta.url));
}
