import {rampTable} from '../../../core/ramps.ts';

/** A radio button with a ramp's swatch, to pick it by. */
export function rampChoice(name: string, onPick: () => void): {label: HTMLLabelElement; input: HTMLInputElement} {
  const input = Object.assign(document.createElement('input'), {type: 'radio', name: 'ramp', value: name});
  input.addEventListener('change', onPick);
  const swatch = document.createElement('span');
  swatch.className = 'swatch';
  swatch.style.backgroundImage = `linear-gradient(to right, ${gradient(name)})`;
  const label = document.createElement('label');
  label.append(input, swatch, name);
  return {label, input};
}

/** A ramp as the stops of a CSS gradient. */
export function gradient(ramp: string): string {
  const table = rampTable(ramp);
  const stops = Array.from({length: 18}, (_, i) => {
    const [r, g, b, a] = table.subarray(i * 60, i * 60 + 4);
    return `rgb(${r} ${g} ${b} / ${(a / 255).toFixed(2)})`;
  });
  return stops.join(', ');
}
