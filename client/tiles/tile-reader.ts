import type {Status} from '../status.ts';
import type {TileSegments} from './tile-segments.ts';
import type {TileSource} from './tile-source.ts';

/** What deck.gl's tile layer asks for. */
type TileRequest = {index: {x: number; y: number; z: number}; signal?: AbortSignal};

/** How the tile layer is given a tile. */
export type TileReader = (request: TileRequest) => Promise<TileSegments | null>;

/** Time until a tile that could not be fetched is asked for again, ms. */
const retryMilliseconds = 5000;

/**
 * Reads tiles for the tile layer. What cannot be fetched is said and tried again until nobody needs it, so that no part of the heat
 * is missing without a word.
 */
export function tileReader(source: TileSource, status: Status): TileReader {
  /** Why tiles are missing, by their request. */
  const missing = new Map<TileRequest, string>();
  const say = () => {
    const reason = [...missing.values()].at(-1);
    status.set('tiles', reason ? `A part of the heat could not be read and is tried again: ${reason}.` : '');
  };
  return async (request) => {
    const {index, signal} = request;
    const {x, y, z} = index;
    try {
      for (;;) {
        try {
          return await source.readTile(z, x, y, signal);
        } catch (error) {
          if (signal?.aborted) throw error;
          missing.set(request, error instanceof Error ? error.message : String(error));
          say();
          await pause(retryMilliseconds, signal);
        }
      }
    } finally {
      if (missing.delete(request)) say();
    }
  };
}

/** Waits so many ms; throws at once where nobody needs the tile any more. */
function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
