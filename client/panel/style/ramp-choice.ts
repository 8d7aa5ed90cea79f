import {rampDirection, rampTable} from '../../../core/ramps.ts';

/** A radio button with a ramp's swatch, to pick it by. */
export type RampChoice = {
  label: HTMLLabelElement;
  input: HTMLInputElement;
  /** Shows the colours of another ramp. */
  paint(ramp: string): void;
};

/** The choice of a ramp; `name` is what it is called, `ramp` what it shows. */
export function rampChoice(name: string, onPick: () => void, ramp = name): RampChoice {
  const input = Object.assign(document.createElement('input'), {type: 'radio', name: 'ramp', value: name});
  input.addEventListener('change', onPick);
  const swatch = document.createElement('span');
  swatch.className = 'swatch';
  const label = document.createElement('label');
  label.append(input, swatch, name);
  const paint = (ramp: string) => {
    swatch.style.backgroundImage = `linear-gradient(to right, ${gradient(ramp)})`;
    // On the ground that it is made for.
    swatch.classList.toggle('on-light', rampDirection(ramp) === 'falling');
  };
  paint(ramp);
  return {label, input, paint};
}

/** A ramp as the stops of a CSS gradient; `isOpaque` leaves its transparency out. */
export function gradient(ramp: string, isOpaque = false): string {
  const table = rampTable(ramp);
  const stops = Array.from({length: 18}, (_, i) => {
    const [r, g, b, a] = table.subarray(i * 60, i * 60 + 4);
    return `rgb(${r} ${g} ${b} / ${isOpaque ? 1 : (a / 255).toFixed(2)})`;
  });
  return stops.join(', ');
}
