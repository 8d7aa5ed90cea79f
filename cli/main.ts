#!/usr/bin/env node
import {type Command, UsageError} from './command.ts';

/** Commands are loaded when they are asked for: some bring a web server or a canvas with them. */
const commands: Record<string, () => Promise<Command>> = {
  build: async () => (await import('./build.ts')).runBuild,
  serve: async () => (await import('./serve.ts')).runServe,
  raster: async () => (await import('./raster.ts')).runRaster,
  export: async () => (await import('./export.ts')).runExport,
  poster: async () => (await import('./poster.ts')).runPoster,
  verify: async () => (await import('./verify.ts')).runVerify,
  list: async () => (await import('./list.ts')).runList,
  show: async () => (await import('./show.ts')).runShow,
  exclude: async () => (await import('./exclude.ts')).runExclude,
  include: async () => (await import('./include.ts')).runInclude,
  forget: async () => (await import('./forget.ts')).runForget,
  duplicates: async () => (await import('./duplicates.ts')).runDuplicates,
  stats: async () => (await import('./stats.ts')).runStats,
  zone: async () => (await import('./zone.ts')).runZone,
  trim: async () => (await import('./trim.ts')).runTrim,
};

const help = `trackheat: the heat map of your own GPS tracks

  trackheat build [paths…]    import what is new or changed, update the archive
  trackheat serve [paths…]    build, then serve the map on http://127.0.0.1:8080
  trackheat raster            serve PNG tiles of an archive, for JOSM and others
  trackheat export            draw tiles to one file: PMTiles, MBTiles, OsmAnd, or a folder
  trackheat poster            draw one large picture, with title and scale bar
  trackheat verify [archive]  check an archive
  trackheat list [words…]     list activities: by words, sport, dates, state
  trackheat show ID…          tell all about activities: source, what was taken out and why, other recordings
  trackheat exclude ID…       take activities off the map; include brings them back
  trackheat forget ID…        take activities out of the library for good
  trackheat duplicates        list outings that were recorded more than once, and choose between recordings
  trackheat stats             count and sum up
  trackheat zone add          keep a place off the map, such as your home; zone list, zone remove
  trackheat trim METRES       take both ends of all activities off the map

Each command tells more with --help.

Example: trackheat serve ~/activities
`;

for (const output of [process.stdout, process.stderr]) output.on('error', ignoreClosed);
process.exitCode = await main(process.argv.slice(2));

/** Runs a command line and gives its exit code: 0 done, 1 nothing could be done, 2 wrong usage. */
async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(help);
    return name === undefined ? 2 : 0;
  }
  if (!Object.hasOwn(commands, name)) {
    process.stderr.write(`trackheat: '${name}' is no command\n\n${help}`);
    return 2;
  }
  try {
    const run = await commands[name]();
    return await run(args);
  } catch (error) {
    const {message} = error as Error;
    if (error instanceof UsageError) {
      process.stderr.write(`trackheat ${name}: ${message}\nSee trackheat ${name} --help.\n`);
      return 2;
    }
    process.stderr.write(`trackheat ${name}: ${process.env.DEBUG ? (error as Error).stack : message}\n`);
    return 1;
  }
}

/** Whoever reads what is printed may have read enough, as in `trackheat list | head`: then the rest is for nobody. */
function ignoreClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
