/** Where a recording is broken: what lies between two points so far apart is not known. The builder and the page go by it. */
export const gapMeasures = {
  /** Farther apart than this, ground metres, and … */
  gapMeters: 1000,
  /** … than so many usual steps of the track, two points are not one track. */
  gapSteps: 10,
};
