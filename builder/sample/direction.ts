/**
 * The unit vector `[east, north]` of a compass bearing in degrees. By a Taylor series (error under 10⁻⁷), since `Math.sin` may
 * differ in its last digit between versions of Node, and the sample library must not.
 */
export function direction(bearing: number): [east: number, north: number] {
  return [sine(bearing), sine(bearing + 90)];
}

function sine(degrees: number): number {
  let angle = degrees - Math.floor((degrees + 180) / 360) * 360;
  if (angle > 90) angle = 180 - angle;
  if (angle < -90) angle = -180 - angle;
  const t = (angle * Math.PI) / 180;
  const q = t * t;
  return t * (1 - (q / 6) * (1 - (q / 20) * (1 - (q / 42) * (1 - (q / 72) * (1 - (q / 110) * (1 - q / 156))))));
}
