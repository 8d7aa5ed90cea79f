/** How often each stage of the heat ran since the page was opened. */
export type HeatCounters = {
  /** Tiles whose segments went to the GPU. */
  uploads: number;
  /** Tiles whose segments were released there. */
  releases: number;
  weightUploads: number;
  accumulations: number;
  blurs: number;
  composites: number;
};

/** Counters at 0. */
export function createCounters(): HeatCounters {
  return {uploads: 0, releases: 0, weightUploads: 0, accumulations: 0, blurs: 0, composites: 0};
}
