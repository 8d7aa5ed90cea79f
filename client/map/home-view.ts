import {fitBounds, type Size} from '../raster/view.ts';
import type {HeatArchive} from '../tiles/archive.ts';
import type {PageView} from './page-hash.ts';

type Extent = Pick<HeatArchive, 'bounds' | 'center'>;

/** The view that shows all data, from above with north up. */
export function everything({bounds}: Extent, size: Size): PageView {
  return {...fitBounds(bounds, size), bearing: 0, pitch: 0};
}

/** The view that an archive begins with: its busiest region, or all of it where it names none. */
export function homeView(archive: Extent, size: Size): PageView {
  return archive.center ? {...archive.center, bearing: 0, pitch: 0} : everything(archive, size);
}

/** Whether two views look the same: within a pixel or so, and a hundredth of a zoom. */
export function isSameView(a: PageView, b: PageView): boolean {
  const degrees = 1 / 2 ** Math.max(a.zoom, b.zoom);
  const isSamePlace = Math.abs(a.lng - b.lng) < degrees && Math.abs(a.lat - b.lat) < degrees;
  return isSamePlace && Math.abs(a.zoom - b.zoom) < 0.01 && a.bearing === b.bearing && a.pitch === b.pitch;
}
