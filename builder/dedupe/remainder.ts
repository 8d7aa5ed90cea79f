import {distance} from '../../core/mercator.ts';
import type {Track} from '../activity.ts';
import {nearLine} from './near-line.ts';

/** Farther from the other recording than this, ground metres, it is another way. */
const awayMeters = 50;

/** Shorter stretches, ground metres, are noise. */
const stretchMeters = 500;

/** How finely a line is compared, ground metres. */
const sampleMeters = 25;

/** The stretches of an activity's tracks that none of the other tracks has, with the points where they leave and join them. */
export function remainder(tracks: Track[], others: Track[]): Track[] {
  const isCovered = nearLine(others, awayMeters);
  const stretches: Track[] = [];
  for (const track of tracks) {
    const samples = sampled(track);
    const count = samples.lng.length;
    let start = -1;
    let length = 0;
    for (let i = 0; i <= count; i++) {
      if (i < count && !isCovered(samples.lng[i], samples.lat[i])) {
        if (start < 0) start = Math.max(0, i - 1);
        if (i > start) length += distance(samples.lng[i - 1], samples.lat[i - 1], samples.lng[i], samples.lat[i]);
      } else if (start >= 0) {
        if (length > stretchMeters) stretches.push(verticesOf(samples, start, Math.min(i, count - 1)));
        start = -1;
        length = 0;
      }
    }
  }
  return stretches;
}

type Samples = {lng: number[]; lat: number[]; time: number[]; elevation: number[]; vertex: boolean[]};

/** A track with points between its own where these are far apart. */
function sampled({lng, lat, time, elevation}: Track): Samples {
  const samples: Samples = {lng: [], lat: [], time: [], elevation: [], vertex: []};
  const add = (i: number, share: number) => {
    const mix = (values: Float64Array) => (share === 0 ? values[i] : values[i] + (values[i + 1] - values[i]) * share);
    samples.lng.push(mix(lng));
    samples.lat.push(mix(lat));
    samples.time.push(mix(time));
    samples.elevation.push(mix(elevation));
    samples.vertex.push(share === 0);
  };
  for (let i = 0; i < lng.length; i++) {
    add(i, 0);
    if (i + 1 === lng.length) break;
    const parts = Math.ceil(distance(lng[i], lat[i], lng[i + 1], lat[i + 1]) / sampleMeters);
    for (let k = 1; k < parts; k++) add(i, k / parts);
  }
  return samples;
}

/** The track's own points among the samples `first` to `last`, and these two. */
function verticesOf(samples: Samples, first: number, last: number): Track {
  const kept: number[] = [];
  for (let i = first; i <= last; i++) if (samples.vertex[i] || i === first || i === last) kept.push(i);
  const pick = (values: number[]) => Float64Array.from(kept, (i) => values[i]);
  return {
    lng: pick(samples.lng),
    lat: pick(samples.lat),
    time: pick(samples.time),
    elevation: pick(samples.elevation),
  };
}
