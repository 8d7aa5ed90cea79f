import {pan, type View, zoomAt} from '../map/view.ts';
import type {Camera} from './camera.ts';

/** What gestures need to know of the map beside its camera. */
export type GestureMap = {
  element: HTMLElement;
  camera: Camera;
  /** The zoom nearest to the one asked for that the map can show. */
  clampZoom(zoom: number): number;
  /** Shows everything there is. */
  showAll(): void;
};

/** Zooms by some levels around the place at (dx, dy), CSS pixels from the centre. */
export function zoomBy({camera, clampZoom}: GestureMap, levels: number, dx = 0, dy = 0, milliseconds = 220): void {
  const from = camera.view;
  const zoom = clampZoom(camera.goal.zoom + levels);
  camera.move((share) => zoomAt(from, from.zoom + (zoom - from.zoom) * share, dx, dy), milliseconds);
}

/** Zooms to the next whole level in a direction, where tiles have their own size. */
export function zoomStep(map: GestureMap, direction: 1 | -1, dx = 0, dy = 0): void {
  const {zoom} = map.camera.goal;
  const next = direction > 0 ? Math.floor(zoom + 0.01) + 1 : Math.ceil(zoom - 0.01) - 1;
  zoomBy(map, next - zoom, dx, dy);
}

/** Moves the map by dragging, pinching, wheel, double click and keys. */
export function listenToGestures(map: GestureMap): void {
  listenToPointers(map);
  listenToWheel(map);
  listenToKeys(map);
  map.element.addEventListener('dblclick', (event) =>
    zoomStep(map, event.shiftKey ? -1 : 1, ...fromCenter(map, event)),
  );
}

type Finger = {x: number; y: number};

function listenToPointers(map: GestureMap): void {
  const {element, camera} = map;
  const fingers = new Map<number, Finger>();
  /** Moves of the last tenth of a second, for the swing after letting go. */
  let trail: {time: number; dx: number; dy: number}[] = [];

  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, {x: event.clientX, y: event.clientY});
    trail = [];
    camera.stop();
  });

  element.addEventListener('pointermove', (event) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    const before = spread([...fingers.values()]);
    const [dx, dy] = [event.clientX - finger.x, event.clientY - finger.y];
    finger.x = event.clientX;
    finger.y = event.clientY;
    const after = spread([...fingers.values()]);
    const moved = pan(camera.view, after.x - before.x, after.y - before.y);
    const zoom = map.clampZoom(moved.zoom + (before.distance > 0 ? Math.log2(after.distance / before.distance) : 0));
    camera.jump(zoomAt(moved, zoom, ...fromCenter(map, {clientX: after.x, clientY: after.y})));
    const since = event.timeStamp - 100;
    trail = [...trail.filter(({time}) => time > since), {time: event.timeStamp, dx, dy}];
  });

  const letGo = (event: PointerEvent) => {
    if (!fingers.delete(event.pointerId) || fingers.size > 0 || event.type === 'pointercancel') return;
    swing(camera, trail, event.timeStamp);
  };
  element.addEventListener('pointerup', letGo);
  element.addEventListener('pointercancel', letGo);
}

/** Middle of one or two fingers, and how far apart two are. */
function spread([a, b]: Finger[]): {x: number; y: number; distance: number} {
  if (!b) return {...a, distance: 0};
  return {x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, distance: Math.hypot(a.x - b.x, a.y - b.y)};
}

/** Lets a thrown map come to rest: as fast at first as the last moves were, slowing down over half a second. */
function swing(camera: Camera, trail: {time: number; dx: number; dy: number}[], now: number): void {
  const last = trail.filter(({time}) => time > now - 100);
  if (last.length < 2) return;
  const milliseconds = 500;
  const begin = last[0].time;
  // A movement covers a third of what its first speed would in its whole time.
  const factor = milliseconds / 3 / Math.max(16, now - begin);
  const dx = factor * last.slice(1).reduce((sum, move) => sum + move.dx, 0);
  const dy = factor * last.slice(1).reduce((sum, move) => sum + move.dy, 0);
  if (Math.hypot(dx, dy) < 8) return;
  const from = camera.view;
  camera.move((share) => pan(from, dx * share, dy * share), milliseconds);
}

function listenToWheel(map: GestureMap): void {
  map.element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      // Lines (Firefox with a mouse) are about 40 pixels; a pinch on a touchpad comes as small steps with ctrlKey.
      const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 40 : 1);
      const levels = Math.max(-1, Math.min(1, (-pixels * (event.ctrlKey ? 4 : 1)) / 240));
      const [dx, dy] = fromCenter(map, event);
      if (Math.abs(pixels) >= 40 && !event.ctrlKey) return zoomBy(map, levels, dx, dy);
      const {view} = map.camera;
      map.camera.jump(zoomAt(view, map.clampZoom(view.zoom + levels), dx, dy));
    },
    {passive: false},
  );
}

function listenToKeys(map: GestureMap): void {
  const arrows: Record<string, [x: number, y: number]> = {
    ArrowLeft: [1, 0],
    ArrowRight: [-1, 0],
    ArrowUp: [0, 1],
    ArrowDown: [0, -1],
  };
  // Keys reach only what can be focused.
  map.element.tabIndex = 0;
  map.element.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = arrows[event.key];
    if (arrow) {
      const pixels = event.shiftKey ? 400 : 120;
      const {view, goal} = map.camera;
      const end = pan(goal, arrow[0] * pixels, arrow[1] * pixels);
      map.camera.move((share) => between(view, end, share), 200);
    } else if (event.key === '+' || event.key === '=') zoomStep(map, 1);
    else if (event.key === '-' || event.key === '_') zoomStep(map, -1);
    else if (event.key === '0' || event.key === 'Home') map.showAll();
    else return;
    event.preventDefault();
  });
}

/** A view on the way from one to another nearby; takes the shorter way round the world. */
function between(a: View, b: View, share: number): View {
  const way = ((((b.lng - a.lng + 540) % 360) + 360) % 360) - 180;
  return {
    lng: a.lng + way * share,
    lat: a.lat + (b.lat - a.lat) * share,
    zoom: a.zoom + (b.zoom - a.zoom) * share,
  };
}

function fromCenter({element}: GestureMap, {clientX, clientY}: {clientX: number; clientY: number}): [number, number] {
  const {left, top, width, height} = element.getBoundingClientRect();
  return [clientX - left - width / 2, clientY - top - height / 2];
}
