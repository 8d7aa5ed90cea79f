import {buildDefaults} from '../builder/build.ts';
import type {Library, Zone} from '../builder/library.ts';
import {privacyOf, shapesMet} from '../builder/privacy/cut-activity.ts';
import {parse, UsageError, wholeNumber} from './command.ts';
import {changeLibrary, editFlags, updateArchive} from './edit.ts';
import {table} from './format.ts';
import {withLibrary} from './library-of.ts';
import {hiddenText} from './sentences.ts';

/** Below the first a zone would hide no more than a house, above the second it would hide a country. Ground metres. */
const radii = {least: 50, most: 50_000};

const help = `trackheat zone add --at LAT,LNG --radius METRES [--name TEXT]
trackheat zone list
trackheat zone remove NUMBER

Keeps places such as your home off the map: what lies within a zone is cut out of all activities on their way into the
archive. The library keeps the whole tracks, so zones can change at any time. A zone cuts along an irregular line that lies
outside the circle asked for and is not centred on it, so that the ends on the map do not point to the place. An activity
wholly within zones leaves the map.

  --at LAT,LNG      the place in degrees, latitude first
  --radius METRES   ground metres around it that are cut in any case, ${radii.least} to ${radii.most}
  --name TEXT       what to call it, for zone list
  --later           leave the archive as it is until the next build
  --data DIR        folder of library.db and heat.pmtiles (default ${buildDefaults.data})
  --json            print one JSON object

Example: trackheat zone add --at 48.2064,8.5012 --radius 400 --name Home
`;

const flags = {...editFlags, at: {type: 'string'}, radius: {type: 'string'}, name: {type: 'string'}} as const;

type Values = {at?: string; radius?: string; name?: string; later?: boolean; data?: string; json?: boolean};

export async function runZone(args: string[]): Promise<number> {
  const {values, positionals} = parse(args, flags);
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const [action, ...rest] = positionals;
  if (action === 'add' && rest.length === 0) return addZone(values);
  if (action === 'remove') return removeZone(rest, values);
  if (action === 'list' && rest.length === 0) return listZones(values);
  throw new UsageError(`'${positionals.join(' ')}': expected add, list or remove NUMBER`);
}

async function addZone(values: Values): Promise<number> {
  if (values.at === undefined || values.radius === undefined) throw new UsageError('a zone needs --at and --radius');
  const place = placeOf(values.at);
  const radius = wholeNumber('radius', values.radius, radii.least, radii.most, 0);
  const name = values.name ?? '';
  const data = values.data ?? buildDefaults.data;
  const {zone, near} = changeLibrary(data, values.later, (library) => {
    const number = library.addZone({name, ...place, radius});
    return {zone: {number, name, ...place, radius}, near: countNear(library, number)};
  });
  const archive = await updateArchive(data, values.later);
  if (values.json) {
    process.stdout.write(`${JSON.stringify({zone, near, archive: archive ?? null})}\n`);
    return 0;
  }
  process.stdout.write(`zone ${zone.number}: ${zoneText(zone)}\n`);
  process.stdout.write(
    near === 0
      ? 'No activity comes near it. Is latitude first, as in --at LAT,LNG?\n'
      : `${near.toLocaleString('en')} ${near === 1 ? 'activity comes' : 'activities come'} near it\n`,
  );
  if (!values.later) process.stdout.write(hiddenText(withLibrary(data, (library) => library.list())));
  return 0;
}

async function removeZone(numbers: string[], values: Values): Promise<number> {
  const number = /^\d+$/.test(numbers[0] ?? '') ? Number(numbers[0]) : Number.NaN;
  if (numbers.length !== 1 || Number.isNaN(number)) {
    throw new UsageError('which zone? trackheat zone list shows their numbers');
  }
  const data = values.data ?? buildDefaults.data;
  changeLibrary(data, values.later, (library) => library.removeZone(number));
  const archive = await updateArchive(data, values.later);
  if (values.json) process.stdout.write(`${JSON.stringify({removed: number, archive: archive ?? null})}\n`);
  else process.stdout.write(`zone ${number} is removed\n`);
  return 0;
}

function listZones(values: Values): number {
  const zones = withLibrary(values.data ?? buildDefaults.data, (library) => library.zones());
  if (values.json) {
    process.stdout.write(`${JSON.stringify({zones})}\n`);
    return 0;
  }
  const rows = zones.map(({number, lat, lng, radius, name}) => [
    String(number),
    `${lat},${lng}`,
    `${radius.toLocaleString('en')} m`,
    name,
  ]);
  process.stdout.write(
    zones.length === 0 ? 'No zones.\n' : table([['ZONE', 'LAT,LNG', 'RADIUS', 'NAME'], ...rows], [1, 3]),
  );
  return 0;
}

function zoneText({lat, lng, radius, name}: Zone): string {
  return `${radius.toLocaleString('en')} m around ${lat},${lng}${name ? ` (${name})` : ''}`;
}

/** How many activities of the map come near a zone: those whose boxes meet its shape's. */
function countNear(library: Library, number: number): number {
  const place = library.zones().findIndex((zone) => zone.number === number);
  const shape = privacyOf(library).shapes[place];
  const active = library.list().filter(({state}) => state === 'active');
  return active.filter(({bounds}) => bounds && shapesMet({bounds}, {shapes: [shape]}).length > 0).length;
}

/** The place of `--at LAT,LNG`: within Web Mercator, where the map is. */
function placeOf(text: string): {lng: number; lat: number} {
  const match = /^\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text);
  const lat = Number(match?.[1] ?? Number.NaN);
  const lng = Number(match?.[2] ?? Number.NaN);
  if (Math.abs(lat) <= 85 && Math.abs(lng) <= 180) return {lng, lat};
  throw new UsageError(`--at ${text}: expected latitude,longitude in degrees, like 48.2064,8.5012`);
}
