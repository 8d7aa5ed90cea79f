/** What this page uses of vt-pbf 3.1.3, which has no types of its own. */
declare module 'vt-pbf' {
  import type {LegacyTile} from 'geojson-vt';

  /** The bytes of a vector tile with these layers. */
  export function fromGeojsonVt(
    layers: Record<string, LegacyTile>,
    options: {version: number; extent: number},
  ): Uint8Array;
}
