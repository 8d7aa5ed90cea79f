import path from 'node:path';
import {type NamedStyles, parseStyleQuery} from '../core/named-styles.ts';
import type {HeatStyle} from '../core/style.ts';
import {savedStylesOf} from '../server/saved-styles.ts';
import {UsageError} from './command.ts';

/** A box in degrees. */
export type Box = [west: number, south: number, east: number, north: number];

/** The style of `--style`: a name (`cool`, or one saved beside the archive), or a text form (`style=cool&width=2`). */
export function styleOption(text: string | undefined, archive: string): HeatStyle {
  const isName = text !== undefined && text !== '' && !text.includes('=');
  const query = new URLSearchParams(isName ? {style: text} : text);
  const {style, faults} = parseStyleQuery(query, query.has('style') ? savedBeside(archive) : {});
  if (faults.length > 0) throw new UsageError(`--style ${text}: ${faults.join('; ')}`);
  return style;
}

/** The styles saved beside an archive; what is wrong with them is told, and the others are there. */
function savedBeside(archive: string): NamedStyles {
  const file = path.join(path.dirname(archive), 'styles.json');
  return savedStylesOf(file, (sentence) => process.stderr.write(`${sentence}\n`))();
}

/** The box of `--bbox west,south,east,north`. */
export function boxOption(text: string): Box {
  const [west, south, east, north, ...more] = numbers(text);
  const inside = west >= -180 && east <= 180 && south >= -90 && north <= 90;
  if (more.length > 0 || !inside || !(west < east) || !(south < north)) {
    const hint = west > east ? '; no box crosses the antimeridian' : '';
    throw new UsageError(`--bbox ${text}: expected west,south,east,north in degrees, like 8.2,47.9,8.6,48.3${hint}`);
  }
  return [west, south, east, north];
}

/** The place of `--center lng,lat`. */
export function centerOption(text: string): {lng: number; lat: number} {
  const [lng, lat, ...more] = numbers(text);
  if (more.length > 0 || !(Math.abs(lng) <= 180) || !(Math.abs(lat) <= 85)) {
    throw new UsageError(`--center ${text}: expected lng,lat in degrees, like 8.5,48.2`);
  }
  return {lng, lat};
}

/** The zooms of `--zoom 2-18` or `--zoom 14`. */
export function zoomsOption(text: string, most: number): {minZoom: number; maxZoom: number} {
  const match = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(text);
  const minZoom = Number(match?.[1] ?? Number.NaN);
  const maxZoom = Number(match?.[2] ?? minZoom);
  if (minZoom <= maxZoom && maxZoom <= most) return {minZoom, maxZoom};
  throw new UsageError(`--zoom ${text}: expected zooms from 0 to ${most}, like 2-18`);
}

/** One of some words. */
export function choiceOption<T extends string>(name: string, text: string, words: readonly T[]): T {
  const found = words.find((word) => word === text);
  if (found) return found;
  throw new UsageError(`--${name} ${text}: expected ${words.join(', ')}`);
}

function numbers(text: string): number[] {
  return text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
}
