import {barsPath, barsWidth} from './bars.ts';
import {type BrushRange, type BrushScale, dragRange, type Grip, gripAt, wholeRange} from './brush-range.ts';
import type {BinCounts} from './date-bins.ts';
import type {Tick} from './date-ticks.ts';
import {make} from './make.ts';

/** How near an end of the range has to be touched, CSS pixels. */
const reachPixels = {mouse: 7, touch: 22};

/** A movement of an end by keyboard: by a bin, a finer or a larger step, or all the way. */
export type KeyStep = {by: -1 | 1; size: 'bin' | 'fine' | 'page' | 'all'};

export type BrushOptions = {
  /** What is chosen here, and the names of the range's ends. */
  labels: {group: string; start: string; end: string};
  isCircular: boolean;
  /** An end in words; the end of a range is not included in it. */
  textOf(value: number, end: 'start' | 'end'): string;
  /** The range after a step of an end by keyboard. */
  step(range: BrushRange, end: 'start' | 'end', step: KeyStep): BrushRange;
  /** A new range; at most once per frame. */
  onChange(range: BrushRange): void;
};

/** What a brush shows. */
export type BrushState = {edges: readonly number[]; counts: BinCounts; range: BrushRange; ticks: Tick[]};

const keySteps: Record<string, KeyStep> = {
  ArrowLeft: {by: -1, size: 'bin'},
  ArrowDown: {by: -1, size: 'bin'},
  ArrowRight: {by: 1, size: 'bin'},
  ArrowUp: {by: 1, size: 'bin'},
  PageDown: {by: -1, size: 'page'},
  PageUp: {by: 1, size: 'page'},
  Home: {by: -1, size: 'all'},
  End: {by: 1, size: 'all'},
};

/**
 * A histogram with a range on it that is dragged out, moved, and dragged by its ends, also by keyboard: each end is a slider. What passes
 * all filters is shown in full, what only this range keeps out a little quieter, the rest quieter still.
 */
export function createRangeBrush(options: BrushOptions): {element: HTMLElement; show(state: BrushState): void} {
  const {labels, isCircular, textOf, step, onChange} = options;
  const quiet = barsSvg('all', 'passing');
  const full = barsSvg('passing');
  const chosen = make('div', {className: 'chosen'}, full.svg);
  const grips = {start: grip(labels.start), end: grip(labels.end)};
  const track = make('div', {className: 'track'}, quiet.svg, chosen, grips.start, grips.end);
  const axis = make('div', {className: 'axis', ariaHidden: 'true'});
  const element = make('div', {className: 'brush', role: 'group', ariaLabel: labels.group}, track, axis);
  let scale: BrushScale = {edges: [0, 1], isCircular};
  let range: BrushRange = {start: 0, end: 1};
  let drag: {pointer: number; grip: Grip; x: number; from: number; before: BrushRange; hasMoved: boolean} | undefined;
  let pending: {x: number; frame: number} | undefined;

  const valueAt = (x: number): number => {
    const {left, width} = track.getBoundingClientRect();
    const {start, end} = wholeRange(scale);
    return start + Math.max(0, Math.min(0.999_999, (x - left) / width)) * (end - start);
  };
  const reachOf = ({pointerType}: PointerEvent): number => {
    const {start, end} = wholeRange(scale);
    const pixels = pointerType === 'mouse' ? reachPixels.mouse : reachPixels.touch;
    return (pixels / track.getBoundingClientRect().width) * (end - start);
  };

  /** Takes the pointer's last place, in the next frame or now. */
  function follow(): void {
    if (!drag || !pending) return;
    cancelAnimationFrame(pending.frame);
    const next = dragRange(scale, drag.before, drag.grip, drag.from, valueAt(pending.x));
    pending = undefined;
    if (next.start !== range.start || next.end !== range.end) onChange(next);
  }

  track.addEventListener('pointerdown', (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    const from = valueAt(event.clientX);
    const taken = gripAt(scale, range, from, reachOf(event));
    drag = {pointer: event.pointerId, grip: taken, x: event.clientX, from, before: range, hasMoved: false};
    track.setPointerCapture(event.pointerId);
    // A press on a grip would focus it on its own, one elsewhere nothing; text must not be selected by the drag.
    event.preventDefault();
    grips[taken === 'end' ? 'end' : 'start'].focus({preventScroll: true});
  });
  const move = (x: number): void => {
    if (pending) pending.x = x;
    else pending = {x, frame: requestAnimationFrame(follow)};
  };
  track.addEventListener('pointermove', (event) => {
    if (event.pointerId === drag?.pointer) {
      // A finger that trembles, or that is about to scroll the panel, changes nothing yet.
      drag.hasMoved ||= Math.abs(event.clientX - drag.x) > 3;
      if (drag.hasMoved) move(event.clientX);
    } else if (!drag) track.dataset.grip = gripAt(scale, range, valueAt(event.clientX), reachOf(event));
  });
  track.addEventListener('pointerup', (event) => {
    if (event.pointerId !== drag?.pointer) return;
    if (drag.grip === 'new') move(event.clientX);
    follow();
    drag = undefined;
  });
  track.addEventListener('pointercancel', (event) => {
    if (event.pointerId !== drag?.pointer) return;
    // The finger scrolls the panel after all.
    if (pending) cancelAnimationFrame(pending.frame);
    pending = undefined;
    if (drag.hasMoved) onChange(drag.before);
    drag = undefined;
  });
  for (const end of ['start', 'end'] as const) {
    grips[end].addEventListener('keydown', (event) => {
      const key = keySteps[event.key];
      if (!key || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      const size = event.shiftKey && key.size === 'bin' ? 'fine' : key.size;
      onChange(step(range, end, {...key, size}));
    });
  }

  return {
    element,
    show({edges, counts, range: shown, ticks}) {
      scale = {edges, isCircular};
      range = shown;
      const whole = wholeRange(scale);
      const at = (value: number) => (100 * (value - whole.start)) / (whole.end - whole.start);
      const top = Math.max(1, ...counts.all);
      quiet.draw([barsPath(edges, counts.all, top), barsPath(edges, counts.passing, top)]);
      full.draw([barsPath(edges, counts.passing, top)]);
      chosen.style.clipPath = clipOf(at(range.start), at(range.end));
      for (const end of ['start', 'end'] as const) {
        const each = grips[end];
        each.style.left = `${at(range[end]).toFixed(3)}%`;
        each.ariaValueMin = String(whole.start);
        each.ariaValueMax = String(whole.end);
        each.ariaValueNow = String(range[end]);
        each.ariaValueText = textOf(range[end], end);
      }
      axis.replaceChildren(
        ...ticks.map(({at, text}) => {
          const label = make('span', {textContent: text});
          label.style.left = `${(100 * at).toFixed(2)}%`;
          return label;
        }),
      );
    },
  };
}

/** The part of a box from one per cent of its width to another; where the first is larger, the two parts around. */
function clipOf(start: number, end: number): string {
  if (start <= end) return `inset(0 ${100 - end}% 0 ${start}%)`;
  const corners = [
    [0, 0],
    [end, 0],
    [end, 100],
    [start, 100],
    [start, 0],
    [100, 0],
    [100, 100],
    [0, 100],
  ];
  return `polygon(${corners.map(([x, y]) => `${x}% ${y}%`).join()})`;
}

function grip(label: string): HTMLElement {
  return make('div', {className: 'grip', role: 'slider', tabIndex: 0, ariaLabel: label});
}

function barsSvg(...classes: string[]): {svg: SVGSVGElement; draw(paths: string[]): void} {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', `0 0 ${barsWidth} 100`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.ariaHidden = 'true';
  svg.classList.add('bars');
  const paths = classes.map((name) => {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.classList.add(name);
    return path;
  });
  svg.append(...paths);
  return {svg, draw: (texts) => texts.forEach((text, i) => void paths[i].setAttribute('d', text))};
}
