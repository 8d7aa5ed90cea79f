import type {Size} from './view.ts';

/** A base map drawn off screen: what lies below the heat, and its labels above. */
export type BasePicture = {below: HTMLCanvasElement; above?: HTMLCanvasElement};

/** A place in the page where nobody sees what is drawn. */
export function offScreen({width, height}: Size): HTMLDivElement {
  const holder = document.createElement('div');
  holder.className = 'off-screen';
  holder.setAttribute('aria-hidden', 'true');
  Object.assign(holder.style, {width: `${width}px`, height: `${height}px`});
  document.body.append(holder);
  return holder;
}

/** A canvas's picture as it is now: that of a WebGL canvas is gone with the next task. */
export function copyOf(canvas: HTMLCanvasElement): HTMLCanvasElement {
  const {width, height} = canvas;
  const copy = Object.assign(document.createElement('canvas'), {width, height});
  copy.getContext('2d')?.drawImage(canvas, 0, 0);
  return copy;
}
