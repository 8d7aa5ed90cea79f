import {rampTable} from '../core/ramps.ts';
import {encodePng8} from '../raster-fallback/png.ts';

const side = 16;

/** Few, because every entry of the list carries the icon. */
const colors = 32;

/** The icon of JOSM's menu entries, a stroke of heat, as a data URL of a PNG. */
export function josmIcon(): string {
  const scanlines = new Uint8Array((side + 1) * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const bend = 8 + 5 * Math.sin((x / side) * 2 * Math.PI);
      const heat = Math.exp(-(((y + 0.5 - bend) / 2) ** 2) / 2);
      scanlines[y * (side + 1) + 1 + x] = Math.round((colors - 1) * heat * (0.35 + (0.65 * x) / side));
    }
  }
  const ramp = rampTable('fire');
  const palette = Uint8Array.from({length: colors * 4}, (_, i) => {
    const entry = Math.round(((i >> 2) * 255) / (colors - 1));
    return ramp[entry * 4 + (i & 3)];
  });
  return `data:image/png;base64,${encodePng8(scanlines, side, side, palette).toString('base64')}`;
}
