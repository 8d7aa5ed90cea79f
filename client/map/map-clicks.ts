/** Farthest that a finger moves in a tap, CSS pixels, and how long it rests at most, ms. */
const still = {pixels: 5, milliseconds: 500};

/** A second tap within this time, ms, makes two of them a zoom. */
const doubleMilliseconds = 300;

/**
 * Calls back for each single click or tap on the map, with its place in CSS pixels from the map's upper left corner: not for drags, pinches,
 * long presses and double clicks.
 */
export function listenToMapClicks(map: HTMLElement, onClick: (x: number, y: number) => void): void {
  let down: PointerEvent | undefined;
  let waiting = 0;
  let lastDown = Number.NEGATIVE_INFINITY;
  const listen = (type: 'pointerdown' | 'pointerup' | 'pointercancel', listener: (event: PointerEvent) => void) =>
    // Whatever the map itself does with it.
    map.addEventListener(type, listener, {capture: true});
  listen('pointerdown', (event) => {
    clearTimeout(waiting);
    const isFirst = event.isPrimary && event.button === 0 && event.target instanceof HTMLCanvasElement;
    const isSecond = event.timeStamp - lastDown < doubleMilliseconds;
    lastDown = event.timeStamp;
    down = isFirst && !isSecond && !event.shiftKey && !event.ctrlKey ? event : undefined;
  });
  listen('pointercancel', () => {
    down = undefined;
  });
  listen('pointerup', (event) => {
    if (!down || event.pointerId !== down.pointerId) return;
    const {clientX, clientY, timeStamp} = event;
    const moved = Math.hypot(clientX - down.clientX, clientY - down.clientY);
    const isStill = moved <= still.pixels && timeStamp - down.timeStamp <= still.milliseconds;
    down = undefined;
    if (!isStill) return;
    const {left, top} = map.getBoundingClientRect();
    waiting = window.setTimeout(() => onClick(clientX - left, clientY - top), doubleMilliseconds);
  });
}
