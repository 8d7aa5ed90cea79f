/** Zooms (of 512 px tiles) between which land fades away: its coasts are kilometres off, which shows beyond. */
const fading = {from: 7, to: 10};

/** How much of the offline land is to be seen at a zoom, 1 to 0; the rest is plain ground. */
export function landOpacity(zoom: number): number {
  return Math.max(0, Math.min(1, (fading.to - zoom) / (fading.to - fading.from)));
}
