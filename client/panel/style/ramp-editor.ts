import {formatRamp, parseRamp, type RampStop, rampDirection} from '../../../core/ramps.ts';
import {element} from '../../element.ts';
import type {PageContext, PagePart} from '../../page-context.ts';
import {gradient} from './ramp-choice.ts';
import {addStop, moveStop, paintStop, removeStop, toneBeside} from './ramp-stops.ts';

/** Tone that an arrow key moves a stop by, and with Shift. */
const steps = {fine: 0.01, coarse: 0.05};

/** The stops of the ramp: on a bar by pointer and keyboard, one by one with colour and opacity, and as text. */
export function createRampEditor({change}: PageContext): PagePart {
  const bar = element('ramp-bar', HTMLDivElement);
  const track = element('ramp-add', HTMLButtonElement);
  const colour = element('stop-colour', HTMLInputElement);
  const alpha = element('stop-alpha', HTMLInputElement);
  const alphaText = element('stop-alpha-text', HTMLOutputElement);
  const remove = element('stop-delete', HTMLButtonElement);
  const text = element('ramp-text', HTMLTextAreaElement);
  const fault = element('ramp-fault', HTMLParagraphElement);
  let ramp = '';
  let stops: RampStop[] = [];
  let chosen = 0;
  const handles: HTMLButtonElement[] = [];

  function edit(next: RampStop[], index = chosen): void {
    chosen = Math.min(index, next.length - 1);
    stops = next;
    ramp = formatRamp(next);
    change({ramp});
    paint();
  }

  function paint(): void {
    track.style.backgroundImage = `linear-gradient(to right, ${gradient(ramp)})`;
    // Handles stay where they can, so that one that is dragged keeps focus and pointer.
    while (handles.length > stops.length) handles.pop()?.remove();
    while (handles.length < stops.length) {
      const handle = makeHandle(handles.length);
      handles.push(handle);
      bar.append(handle);
    }
    handles.forEach((handle, i) => {
      const [tone, r, g, b, a] = stops[i];
      handle.style.left = `${(tone * 100).toFixed(2)}%`;
      handle.style.setProperty('--stop', `rgb(${r} ${g} ${b})`);
      handle.classList.toggle('chosen', i === chosen);
      handle.setAttribute('aria-label', `Stop ${i + 1} of ${stops.length}`);
      handle.setAttribute('aria-valuenow', `${tone}`);
      handle.setAttribute('aria-valuetext', `at ${tone}, colour ${hex(stops[i])}, ${percent(a)} opaque`);
    });
    const [, , , , a] = stops[chosen];
    colour.value = `#${hex(stops[chosen])}`;
    alpha.value = `${Math.round((a / 255) * 100)}`;
    alphaText.value = percent(a);
    alpha.setAttribute('aria-valuetext', percent(a));
    remove.disabled = stops.length <= 2;
    if (document.activeElement !== text) text.value = formatRamp(stops);
    const isMixed = rampDirection(ramp) === 'mixed';
    fault.textContent = isMixed ? 'Lightness goes up and down: more heat may look like less.' : '';
  }

  function makeHandle(index: number): HTMLButtonElement {
    const handle = Object.assign(document.createElement('button'), {type: 'button', className: 'stop'});
    handle.setAttribute('role', 'slider');
    handle.setAttribute('aria-valuemin', '0');
    handle.setAttribute('aria-valuemax', '1');
    handle.addEventListener('focus', () => choose(index));
    handle.addEventListener('pointerdown', (event) => {
      handle.focus();
      choose(index);
      handle.setPointerCapture(event.pointerId);
    });
    handle.addEventListener('pointermove', (event) => {
      if (handle.hasPointerCapture(event.pointerId)) edit(moveStop(stops, index, toneAt(event)));
    });
    handle.addEventListener('keydown', (event) => {
      const step = event.shiftKey ? steps.coarse : steps.fine;
      const by = {ArrowRight: step, ArrowUp: step, ArrowLeft: -step, ArrowDown: -step, Home: -1, End: 1}[event.key];
      if (by !== undefined) edit(moveStop(stops, index, stops[index][0] + by));
      else if (event.key === 'Delete' || event.key === 'Backspace') drop();
      else if (event.key === 'Enter') add(toneBeside(stops, index));
      else return;
      event.preventDefault();
    });
    return handle;
  }

  function choose(index: number): void {
    if (chosen === index) return;
    chosen = index;
    paint();
  }

  function add(tone: number): void {
    const added = addStop(stops, tone);
    if (!added) return;
    edit(added.stops, added.index);
    handles[added.index].focus();
  }

  function drop(): void {
    edit(removeStop(stops, chosen));
    handles[chosen].focus();
  }

  function toneAt({clientX}: MouseEvent): number {
    const {left, width} = bar.getBoundingClientRect();
    return Math.max(0, Math.min(1, (clientX - left) / width));
  }

  // A click by keyboard has no place of its own.
  track.addEventListener('click', (event) => add(event.detail === 0 ? toneBeside(stops, chosen) : toneAt(event)));
  remove.addEventListener('click', drop);
  colour.addEventListener('input', () => {
    const value = Number.parseInt(colour.value.slice(1), 16);
    edit(paintStop(stops, chosen, [value >> 16, (value >> 8) & 255, value & 255, stops[chosen][4]]));
  });
  alpha.addEventListener('input', () => {
    const [, r, g, b] = stops[chosen];
    edit(paintStop(stops, chosen, [r, g, b, Math.round((Number(alpha.value) / 100) * 255)]));
  });
  text.addEventListener('input', () => {
    const written = text.value.trim().replace(/\s*,\s*/g, ',');
    const parsed = parseRamp(written);
    text.setAttribute('aria-invalid', `${typeof parsed === 'string'}`);
    if (typeof parsed === 'string') fault.textContent = parsed;
    else edit([...parsed]);
  });
  text.addEventListener('blur', () => {
    text.setAttribute('aria-invalid', 'false');
    paint();
  });
  const toggle = element('ramp-edit', HTMLButtonElement);
  const editor = element('ramp-editor', HTMLFieldSetElement);
  toggle.addEventListener('click', () => {
    editor.hidden = !editor.hidden;
    toggle.setAttribute('aria-expanded', `${!editor.hidden}`);
  });

  return {
    show(style) {
      if (style.ramp === ramp) return;
      const parsed = parseRamp(style.ramp);
      // Styles are checked before they are shown.
      if (typeof parsed === 'string') return;
      ramp = style.ramp;
      stops = [...parsed];
      chosen = Math.min(chosen, stops.length - 1);
      paint();
    },
  };
}

function hex([, r, g, b]: RampStop): string {
  return [r, g, b].map((channel) => channel.toString(16).padStart(2, '0')).join('');
}

function percent(alpha: number): string {
  return `${Math.round((alpha / 255) * 100)}\u202f%`;
}
