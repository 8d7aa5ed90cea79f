/** A zoom of tiles, and how much its heat counts in a picture. */
export type ZoomShare = {z: number; share: number};

/** Shares are multiples of 1 / 64: what is less is not worth a zoom of its own. */
const shareSteps = 64;

/**
 * The zooms of the tiles that a view at a zoom is drawn from, the coarser first, and the share of each; shares add up to 1. A view
 * at a whole zoom, or beyond those of the archive, has one. Between two it is drawn from both, mixed by nearness: their lines are
 * simplified apart from each other, and a street would change its brightness and shape all at once where one took over.
 */
export function tileZooms(zoom: number, minZoom: number, maxZoom: number): ZoomShare[] {
  const nearest = Math.max(minZoom, Math.min(maxZoom, zoom));
  const coarse = Math.floor(nearest);
  const fine = Math.round((nearest - coarse) * shareSteps) / shareSteps;
  return [
    {z: coarse, share: 1 - fine},
    {z: coarse + 1, share: fine},
  ].filter(({share}) => share > 0);
}
