/** A stop of a ramp: tone 0..1 and straight RGBA, 0..255 each. */
export type RampStop = [tone: number, r: number, g: number, b: number, a: number];

/**
 * The built-in ramps. Each gets lighter from the first stop to the last, so that more heat never looks like less, except
 * `ink`, which gets darker, for light maps. All are fully transparent at tone 0 and rise fast in opacity: a single pass has
 * a tone of about 0.2 and must be seen. Those who see few colours tell `cividis`, `mono`, `cool` and `ink` apart by lightness.
 */
export const ramps = {
  fire: stops('0:7a1c5400,0.03:8a205660,0.1:b3284fc8,0.2:d83a3df0,0.4:f4621ffa,0.62:ff9a26,0.82:ffd268,1:fffbe8'),
  ember: stops('0:d8008000,0.03:de0a7e80,0.1:ea2475dc,0.2:f63f6ef4,0.4:ff6f63fc,0.62:ff9f7a,0.82:ffcfa8,1:fff8ee'),
  inferno: stops('0:2a0d5200,0.03:340f5c70,0.1:55156cd0,0.22:821f6bf2,0.4:b5345afa,0.58:dd5636,0.76:f78d1c,1:fbf6a0'),
  plasma: stops('0:2c12a600,0.03:3a10aa6c,0.1:5a0db0d0,0.22:8412aaf2,0.4:b02b92fa,0.58:d45270,0.76:f18449,1:f3f22b'),
  viridis: stops(
    '0:44015400,0.04:45085b40,0.12:472d7bb8,0.25:3f5090ea,0.42:2a7d8ef6,0.62:28ae80fc,0.82:90d743,1:fde725',
  ),
  cividis: stops('0:05305c00,0.03:0a356470,0.1:203f70d0,0.22:3f5070f2,0.4:646872fa,0.6:8c8676,0.8:c0ae64,1:ffe945'),
  cool: stops('0:12349200,0.03:143b9c60,0.1:1752bcc8,0.2:1a74daf0,0.4:239df0fa,0.62:4cc3f5,0.82:96e5f8,1:f2feff'),
  forest: stops('0:0c4a2a00,0.03:0e522d70,0.1:126a37d0,0.2:1d8741f2,0.4:3fab48fa,0.62:82ca55,0.82:c4e67f,1:f8ffdc'),
  royal: stops('0:42228a00,0.03:4a289a70,0.1:5f3ab8d0,0.22:7e5ccaf2,0.4:a283c2fa,0.6:caa695,0.8:f0c65c,1:fff2ae'),
  mono: stops('0:60606000,0.03:68686860,0.1:7c7c7cc8,0.2:929292f0,0.4:aeaeaefa,0.62:cacaca,0.82:e4e4e4,1:ffffff'),
  ink: stops('0:5b9be000,0.03:5596dd70,0.1:4284d2d0,0.22:3068bcf2,0.4:274a9cfa,0.62:232c74,0.82:1a1449,1:0c0620'),
  scalar: stops('0:ffffff00,1:ffffff'),
} as const satisfies Record<string, RampStop[]>;

/** Names of the built-in ramps. */
export const rampNames = Object.keys(ramps) as (keyof typeof ramps)[];

/**
 * The 256 colours of a ramp as straight RGBA bytes, entry i for tone (i / 255)^bend; entry 0 is fully transparent. `ramp` is a
 * built-in name or stops like `0:00000000,0.5:ff6a00cc,1:ffffff`; throws on anything else (styles are checked before).
 */
export function rampTable(ramp: string, bend = 1): Uint8Array<ArrayBuffer> {
  const parsed = parseRamp(ramp);
  if (typeof parsed === 'string') throw new Error(parsed);
  const table = new Uint8Array(256 * 4);
  let i = 0;
  for (let entry = 0; entry < 256; entry++) {
    const tone = (entry / 255) ** bend;
    while (i < parsed.length - 2 && parsed[i + 1][0] < tone) i++;
    const [t0, ...low] = parsed[i];
    const [t1, ...high] = parsed[Math.min(i + 1, parsed.length - 1)];
    const share = t1 > t0 ? Math.max(0, Math.min(1, (tone - t0) / (t1 - t0))) : 0;
    for (let channel = 0; channel < 4; channel++) {
      table[entry * 4 + channel] = Math.round(low[channel] + (high[channel] - low[channel]) * share);
    }
  }
  table[3] = 0;
  return table;
}

/** The stops of a ramp given by name or as text; a sentence where it is neither. */
export function parseRamp(ramp: string): RampStop[] | string {
  if (Object.hasOwn(ramps, ramp)) return ramps[ramp as keyof typeof ramps];
  const parsed: RampStop[] = [];
  for (const part of ramp.split(',')) {
    const match = /^(0|1|0?\.\d+|1\.0+|0\.\d+):([0-9a-f]{6}|[0-9a-f]{8})$/i.exec(part);
    if (!match) {
      return `ramp: '${part}' is neither a built-in ramp (${rampNames.join(', ')}) nor a stop like 0.5:ff6a00cc`;
    }
    // As the text form has it: what it would make one place must not be two.
    const tone = Number(Number(match[1]).toFixed(4));
    const last = parsed.at(-1);
    if (last && tone <= last[0]) return `ramp: stop ${match[1]} comes after ${last[0]}, stops must rise`;
    parsed.push([tone, ...rgba(match[2])]);
  }
  if (parsed.length < 2) return `ramp: one stop, expected at least two`;
  return parsed;
}

/** CIE lightness L*, 0..100, of an sRGB colour of 0..255 a channel (IEC 61966-2-1, CIE 15). */
export function lightness(r: number, g: number, b: number): number {
  const [x, y, z] = [r, g, b].map((c) => (c <= 10.31475 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  const luminance = 0.2126 * x + 0.7152 * y + 0.0722 * z;
  return luminance <= 216 / 24389 ? (luminance * 24389) / 27 : 116 * Math.cbrt(luminance) - 16;
}

/** Steps of lightness up to this, L*, are rounding. */
const leastStep = 0.6;

/**
 * Which way the lightness of a ramp's colours goes from cold to hot, opacity aside; `mixed` where it turns, so that more heat
 * may look like less.
 */
export function rampDirection(ramp: string): 'rising' | 'falling' | 'mixed' {
  const table = rampTable(ramp);
  let [lowest, highest, fallen, risen] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, false, false];
  for (let entry = 0; entry < 256; entry++) {
    const here = lightness(table[entry * 4], table[entry * 4 + 1], table[entry * 4 + 2]);
    lowest = Math.min(lowest, here);
    highest = Math.max(highest, here);
    if (here < highest - leastStep) fallen = true;
    if (here > lowest + leastStep) risen = true;
  }
  if (fallen && risen) return 'mixed';
  return fallen ? 'falling' : 'rising';
}

/** The text form of stops, which {@link parseRamp} reads; opaque colours have six digits. */
export function formatRamp(stops: readonly RampStop[]): string {
  return stops
    .map(([tone, ...channels]) => {
      const hex = channels.map((channel) => channel.toString(16).padStart(2, '0')).join('');
      return `${Number(tone.toFixed(4))}:${hex.endsWith('ff') ? hex.slice(0, 6) : hex}`;
    })
    .join(',');
}

function rgba(hex: string): [number, number, number, number] {
  const value = Number.parseInt(hex.length === 6 ? `${hex}ff` : hex, 16);
  return [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

function stops(text: string): RampStop[] {
  return text.split(',').map((part) => {
    const [tone, hex] = part.split(':');
    return [Number(tone), ...rgba(hex)];
  });
}
