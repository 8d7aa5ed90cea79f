import type {WebMercatorViewport} from '@deck.gl/core';
import {Matrix3} from '@math.gl/core';
import {tilePixels} from '../../core/mercator.ts';

/** A target and what it was drawn for. */
export type DrawnTarget = {
  viewport: WebMercatorViewport;
  /** Where that viewport lies in it, target pixels from its left and its bottom. */
  margin: number;
  width: number;
  height: number;
};

/**
 * Where the ground that a viewport shows lies in a target that was drawn for another one: a column-major 4 × 4 matrix that takes a place on the
 * screen, (shares of its width and height from the lower left corner, 0, 1), to homogeneous target pixels (x, y, –, w). Between
 * two cameras a plane goes over to itself by a homography (Hartley and Zisserman, Multiple View Geometry, section 2.3).
 */
export function screenInTarget(
  viewport: WebMercatorViewport,
  {viewport: drawn, margin, width, height}: DrawnTarget,
): number[] {
  const target = new Matrix3([width, 0, 0, 0, height, 0, margin, margin, 1]);
  if (!drawn.equals(viewport)) {
    const shareOfClip = new Matrix3([0.5, 0, 0, 0, 0.5, 0, 0.5, 0.5, 1]);
    // The same place in the copy of the world that was drawn.
    const worlds = Math.round((drawn.center[0] - viewport.center[0]) / tilePixels);
    const shift = new Matrix3([1, 0, 0, 0, 1, 0, worlds * tilePixels, 0, 1]);
    const screenToGround = shareOfClip.clone().multiplyRight(groundToClip(viewport)).invert();
    target
      .multiplyRight(shareOfClip)
      .multiplyRight(groundToClip(drawn))
      .multiplyRight(shift)
      .multiplyRight(screenToGround);
  }
  const [a, b, c, d, e, f, g, h, i] = target;
  return [a, b, 0, c, d, e, 0, f, 0, 0, 1, 0, g, h, 0, i];
}

/** The ground, in deck.gl's world of 512 units a side, to homogeneous clip coordinates (x, y, w). */
function groundToClip({viewProjectionMatrix: m}: WebMercatorViewport): Matrix3 {
  return new Matrix3([m[0], m[1], m[3], m[4], m[5], m[7], m[12], m[13], m[15]]);
}
