/** A stop of a ramp: tone 0..1 and straight RGBA, 0..255 each. */
export type RampStop = [tone: number, r: number, g: number, b: number, a: number];

/**
 * The built-in ramps. Each gets lighter from the first stop to the last, so that more heat never looks like less, and is
 * fully transparent at tone 0. Colours rise fast in opacity: a single pass has a tone of about 0.2 and must be seen.
 */
export const ramps = {
  fire: stops('0:7a1c5400,0.03:8a205660,0.1:b3284fc8,0.2:d83a3df0,0.4:f4621ffa,0.62:ff9a26,0.82:ffd268,1:fffbe8'),
  cool: stops('0:12349200,0.03:143b9c60,0.1:1752bcc8,0.2:1a74daf0,0.4:239df0fa,0.62:4cc3f5,0.82:96e5f8,1:f2feff'),
  viridis: stops(
    '0:44015400,0.04:45085b40,0.12:472d7bb8,0.25:3f5090ea,0.42:2a7d8ef6,0.62:28ae80fc,0.82:90d743,1:fde725',
  ),
  mono: stops('0:60606000,0.03:68686860,0.1:7c7c7cc8,0.2:929292f0,0.4:aeaeaefa,0.62:cacaca,0.82:e4e4e4,1:ffffff'),
  scalar: stops('0:ffffff00,1:ffffff'),
} as const satisfies Record<string, RampStop[]>;

/** Names of the built-in ramps. */
export const rampNames = Object.keys(ramps) as (keyof typeof ramps)[];

/**
 * The 256 colours of a ramp as straight RGBA bytes, entry i for tone i / 255; entry 0 is fully transparent. `ramp` is a
 * built-in name or stops like `0:00000000,0.5:ff6a00cc,1:ffffff`; throws on anything else (styles are checked before).
 */
export function rampTable(ramp: string): Uint8Array<ArrayBuffer> {
  const parsed = parseRamp(ramp);
  if (typeof parsed === 'string') throw new Error(parsed);
  const table = new Uint8Array(256 * 4);
  let i = 0;
  for (let entry = 0; entry < 256; entry++) {
    const tone = entry / 255;
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
    const tone = Number(match[1]);
    const last = parsed.at(-1);
    if (last && tone <= last[0]) return `ramp: stop ${match[1]} comes after ${last[0]}, stops must rise`;
    parsed.push([tone, ...rgba(match[2])]);
  }
  if (parsed.length < 2) return `ramp: one stop, expected at least two`;
  return parsed;
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
