import type {View} from '../map/view.ts';

/** Where the map looks, now and after the movement under way. */
export type Camera = {
  readonly view: View;
  /** The view at the end of the movement under way. */
  readonly goal: View;
  jump(view: View): void;
  /** Moves along `at`, from 0 to 1, within some milliseconds; jumps to its end where the person wants less motion. */
  move(at: (share: number) => View, milliseconds: number): void;
  /** Ends a movement where it is. */
  stop(): void;
};

/** A camera whose views all went through `constrain`; `onChange` is called after each change. */
export function createCamera(start: View, constrain: (view: View) => View, onChange: () => void): Camera {
  let view = constrain(start);
  let goal = view;
  let movement = 0;

  function jump(next: View): void {
    cancelAnimationFrame(movement);
    view = constrain(next);
    goal = view;
    onChange();
  }

  return {
    get view() {
      return view;
    },
    get goal() {
      return goal;
    },
    jump,
    move(at, milliseconds) {
      if (matchMedia('(prefers-reduced-motion: reduce)').matches) return jump(at(1));
      cancelAnimationFrame(movement);
      const begin = performance.now();
      goal = constrain(at(1));
      const step = (now: number) => {
        const left = 1 - Math.max(0, now - begin) / milliseconds;
        view = left > 0 ? constrain(at(1 - left ** 3)) : goal;
        if (left > 0) movement = requestAnimationFrame(step);
        onChange();
      };
      movement = requestAnimationFrame(step);
    },
    stop() {
      if (view !== goal) jump(view);
    },
  };
}
