import type {HeatArchive} from '../tiles/archive.ts';
import type {PageView} from './page-hash.ts';
import {fitBounds, pan, type Size, type View} from './view.ts';

type Extent = Pick<HeatArchive, 'bounds' | 'center'>;

/** A page and what is covered of it, CSS pixels: a strip of buttons at the left, the panel at the right or at the foot. */
export type Frame = Size & {left: number; right: number; bottom: number};

/** The view that shows all data in what is free of the page, from above with north up. */
export function everything({bounds}: Extent, frame: Frame): PageView {
  const {width, height, left, right, bottom} = frame;
  return beside(fitBounds(bounds, {width: width - left - right, height: height - bottom}), frame);
}

/** The view that an archive begins with: its busiest region, or all of it where it names none. */
export function homeView(archive: Extent, frame: Frame): PageView {
  return archive.center ? beside(archive.center, {...frame, left: 0}) : everything(archive, frame);
}

/** A view whose centre lies in the middle of what is free. */
function beside(view: View, {left, right, bottom}: Frame): PageView {
  return {...pan(view, (left - right) / 2, -bottom / 2), bearing: 0, pitch: 0};
}

/** Whether two views look the same: within a pixel or so, and a hundredth of a zoom. */
export function isSameView(a: PageView, b: PageView): boolean {
  const degrees = 1 / 2 ** Math.max(a.zoom, b.zoom);
  const isSamePlace = Math.abs(a.lng - b.lng) < degrees && Math.abs(a.lat - b.lat) < degrees;
  return isSamePlace && Math.abs(a.zoom - b.zoom) < 0.01 && a.bearing === b.bearing && a.pitch === b.pitch;
}
