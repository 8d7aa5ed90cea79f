import type {HeatCounters} from '../heat/counters.ts';
import type {PageView} from '../map/page-hash.ts';

/** What browser tests find as the global `trackheat` on a page opened with `?test`; with `?test=still` it waits for `drawOnce`. */
export type TestHook = {
  /** Resolves when all tiles are there and nothing is left to draw. */
  idle(): Promise<void>;
  /** Acts and waits until all tiles are there, and only then draws the heat, in one frame. */
  drawOnce(act: () => void): Promise<void>;
  /** Whether frames draw the heat: without, they leave it as it was, and cost nothing. */
  drawing(isDrawing: boolean): void;
  /** Lets the GPU count as one that is never done in time: heat is not added up anew, whatever is shown. */
  setSlow(isSlow: boolean): void;
  /** Waits for frames of the browser, drawn or not. */
  frames(count: number): Promise<void>;
  /** Moves the map, without waiting. */
  show(view: Partial<PageView>): void;
  /** Changes keys of the style, given in its text form; others stay. */
  style(text: string): void;
  base(id: string): Promise<void>;
  /**
   * Heat before tone of all device pixels of the map, row-major from the north: in the style that is shown, or in another, given by
   * its text form, which costs no frame.
   */
  readHeat(style?: string): Float32Array;
  heatAt(lng: number, lat: number): number;
  sum(): number;
  /** The heat's colours as the page shows them, over nothing: premultiplied RGBA, row-major from the north. */
  readColours(style?: string): Uint8Array;
  /** Those of the last frame, also where a slow GPU showed what it had. */
  readShown(): Uint8Array;
  /** Bytes in Base64, in which tests take them out of the page. */
  toText(bytes: Uint8Array): string;
  /** Lets tiles wait until as many were released. */
  hold(): void;
  release(tiles: number): void;
  /** Tiles that wait. */
  held(): number;
  counters(): HeatCounters & {requests: number; decodes: number};
  /** Loses the WebGL context as a crash of the graphics driver would. */
  loseContext(): void;
  destroy(): void;
};

declare global {
  var trackheat: TestHook | undefined;
}
