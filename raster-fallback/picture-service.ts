import {formatStyle, type HeatStyle} from '../core/style.ts';
import type {HeatArchive} from './archive.ts';
import {ByteLru} from './byte-lru.ts';
import {scalePlan} from './draw-plan.ts';
import {transparentPng} from './png.ts';
import {readView, type StoredView, viewTag} from './stored-view.ts';
import {type TileRequest, tileView, viewPixels} from './view.ts';
import {DrawPool, type DrawPoolOptions, drawPoolDefaults} from './workers/draw-pool.ts';

/** How much a service may use. */
export type PictureServiceOptions = DrawPoolOptions & {
  /** Finished pictures kept, bytes. */
  picturesBytes: number;
};

const defaults: PictureServiceOptions = {...drawPoolDefaults, picturesBytes: 64 << 20};

/** A raster tile before it is drawn: what it is drawn from, and its entity tag. */
export type PreparedTile = {
  archive: HeatArchive;
  stored: StoredView;
  style: HeatStyle;
  format: 'png' | 'webp';
  tag: string;
};

/** A picture that is being drawn, and how many wait for it. */
type Shared = {drawing: Promise<Buffer>; waiting: number; abort: AbortController};

/** Gives raster tiles: finished ones from memory, others drawn by worker threads, each once for all who ask. */
export class PictureService {
  private readonly pool: DrawPool;
  private readonly finished: ByteLru<Buffer>;
  private readonly drawing = new Map<string, Shared>();

  constructor(options: Partial<PictureServiceOptions> = {}) {
    const all = {...defaults, ...options};
    this.pool = new DrawPool(all);
    this.finished = new ByteLru(all.picturesBytes);
  }

  /** What the worker threads did, see {@link DrawPool}. */
  get counts(): DrawPool['counts'] {
    return this.pool.counts;
  }

  /** Reads what a raster tile is drawn from, which decides its tag; draws nothing. */
  async prepare(
    archive: HeatArchive,
    request: TileRequest,
    style: HeatStyle,
    format: 'png' | 'webp',
  ): Promise<PreparedTile> {
    const view = tileView(request);
    const plan = scalePlan(archive, view, style);
    const stored = await readView(archive, view, plan.kernel);
    return {archive, stored, style, format, tag: viewTag(stored, plan, format)};
  }

  /** The picture of a tile where it is at hand. */
  ready(tile: PreparedTile): Buffer | undefined {
    const found = this.finished.get(tile.tag);
    if (found || tile.stored.tiles.length > 0 || tile.format !== 'png') return found;
    const {width, height} = viewPixels(tile.stored.view);
    return transparentPng(width, height);
  }

  /**
   * The picture of a tile; rejects with `QueueFull` where too many wait. Where all who wait for it give up (their signals
   * abort) before it is begun, it is not drawn.
   */
  picture(tile: PreparedTile, signal?: AbortSignal): Promise<Buffer> {
    const found = this.ready(tile);
    if (found) return Promise.resolve(found);
    const shared = this.drawing.get(tile.tag) ?? this.begin(tile);
    shared.waiting++;
    return new Promise((resolve, reject) => {
      const leave = () => {
        if (--shared.waiting === 0) shared.abort.abort(signal?.reason);
        reject(signal?.reason);
      };
      // Whoever comes just after all others have left asks once more.
      const fail = (error: unknown) => {
        if (shared.abort.signal.aborted && !signal?.aborted) resolve(this.picture(tile, signal));
        else reject(error);
      };
      signal?.addEventListener('abort', leave, {once: true});
      shared.drawing.then(resolve, fail).finally(() => signal?.removeEventListener('abort', leave));
    });
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  private begin(tile: PreparedTile): Shared {
    const abort = new AbortController();
    const shared: Shared = {drawing: this.draw(tile, abort.signal), waiting: 0, abort};
    this.drawing.set(tile.tag, shared);
    const done = () => {
      if (this.drawing.get(tile.tag) === shared) this.drawing.delete(tile.tag);
    };
    shared.drawing.then(done, done);
    return shared;
  }

  private async draw({archive, stored, style, format, tag}: PreparedTile, signal: AbortSignal): Promise<Buffer> {
    const {bytes} = await this.pool.draw(archive, stored, formatStyle(style), format, signal);
    const {width, height} = viewPixels(stored.view);
    const picture = bytes ? Buffer.from(bytes.buffer) : await this.blank(format, width, height);
    this.finished.set(tag, picture, picture.length + 200);
    return picture;
  }

  private async blank(format: 'png' | 'webp', width: number, height: number): Promise<Buffer> {
    return format === 'png'
      ? transparentPng(width, height)
      : (await import('./webp.ts')).transparentWebp(width, height);
  }
}
