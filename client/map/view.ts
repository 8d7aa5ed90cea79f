import {maxLat, projectX, projectY, tilePixels, unprojectX, unprojectY} from '../../core/mercator.ts';

/** What a map shows: the position at its centre in degrees and a zoom of 512 px tiles, which may be fractional. */
export type View = {lng: number; lat: number; zoom: number};

/** Size of a map in CSS pixels. */
export type Size = {width: number; height: number};

/** A box in degrees as TileJSON writes it. */
export type Bounds = [west: number, south: number, east: number, north: number];

/** Side of the world in CSS pixels at a zoom. */
export function worldPixels(zoom: number): number {
  return tilePixels * 2 ** zoom;
}

/** The view after its picture moved by the given CSS pixels, right and down. */
export function pan({lng, lat, zoom}: View, dx: number, dy: number): View {
  const world = worldPixels(zoom);
  return {lng: wrapLng(unprojectX(projectX(lng) - dx / world)), lat: unprojectY(projectY(lat) - dy / world), zoom};
}

/** The view at another zoom in which the place at (dx, dy), CSS pixels from the centre, stays where it is. */
export function zoomAt(view: View, zoom: number, dx: number, dy: number): View {
  const {lng, lat} = pan(view, -dx, -dy);
  return pan({lng, lat, zoom}, dx, dy);
}

/** The nearest view that does not look beyond the edges of the world and the largest zoom; longitude comes back within ±180. */
export function constrain(view: View, {width, height}: Size, maxZoom: number): View {
  const minZoom = Math.log2(Math.max(height, width / 2) / tilePixels);
  const zoom = Math.min(maxZoom, Math.max(minZoom, view.zoom));
  const margin = height / 2 / worldPixels(zoom);
  const y = Math.max(margin, Math.min(1 - margin, projectY(view.lat)));
  return {lng: wrapLng(view.lng), lat: Math.max(-maxLat, Math.min(maxLat, unprojectY(y))), zoom};
}

/** The deepest zoom at which a box is shown: a single place would fill the map. */
const fitZoom = 15;

/** The view that shows a box whole, with some air around it. */
export function fitBounds([west, south, east, north]: Bounds, {width, height}: Size): View {
  const across = Math.max(1e-9, projectX(east) - projectX(west) + (east < west ? 1 : 0));
  const down = Math.max(1e-9, projectY(south) - projectY(north));
  const zoom = Math.log2(Math.min((width * 0.9) / across, (height * 0.8) / down) / tilePixels);
  return {
    lng: wrapLng(unprojectX(projectX(west) + across / 2)),
    lat: unprojectY((projectY(south) + projectY(north)) / 2),
    zoom: Math.min(fitZoom, zoom),
  };
}

function wrapLng(lng: number): number {
  return lng - 360 * Math.floor((lng + 180) / 360);
}
