import {element} from '../element.ts';
import type {Frame} from './home-view.ts';

/** The zoom buttons with their distance to the edge, CSS pixels. */
const buttonStrip = 54;

/** The page, and what of it the panel covers now: its right side, or its foot where the page is narrow. */
export function freeArea(): Frame {
  const page = {width: innerWidth, height: innerHeight, left: buttonStrip, right: 0, bottom: 0};
  const panel = element('panel', HTMLFormElement);
  if (panel.hidden) return page;
  const {left, top} = panel.getBoundingClientRect();
  return left > innerWidth / 2 ? {...page, right: innerWidth - left} : {...page, bottom: innerHeight - top};
}
