import type {HeatStyle} from '../core/style.ts';
import type {FilterWeights} from './filter-weights.ts';
import type {HeatEffect} from './heat/heat-effect.ts';
import type {PageMap} from './map/page-map.ts';
import type {Status} from './status.ts';
import type {HeatArchive} from './tiles/archive.ts';
import type {TileSource} from './tiles/tile-source.ts';

/** What the parts of the page share: the archive, the map with its heat, and the one style that all of them show and change. */
export type PageContext = {
  readonly archive: HeatArchive;
  /** Whose heat is shown, added up: the archive's, and that of dropped files. */
  readonly sources: readonly TileSource[];
  readonly effect: HeatEffect;
  readonly map: PageMap;
  readonly status: Status;
  /** The style that is shown. */
  readonly style: HeatStyle;
  /** What its filter lets pass. */
  readonly filtered: FilterWeights;
  /** The link to what is shown. */
  readonly link: string;
  /** Changes keys of the style; every part is shown the new one. */
  change(part: Partial<HeatStyle>): void;
  /** Shows heat of files that were dropped, in place of that of earlier ones; undefined takes it away. */
  drop(source: TileSource | undefined): void;
};

/** A part of the page that shows something of its state. */
export type PagePart = {
  /** The style has changed. */
  show?(style: HeatStyle): void;
  /** The view has changed. */
  moved?(): void;
};
