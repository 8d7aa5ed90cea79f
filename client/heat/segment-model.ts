import type {Device, RenderPass, Texture} from '@luma.gl/core';
import {Model} from '@luma.gl/engine';
import type {ShaderModule} from '@luma.gl/shadertools';
import type {TileSegments} from '../tiles/tile-segments.ts';
import {baseSigma, footprintReach} from './blur-plan.ts';
import {releaseModel} from './release.ts';
import {weightColumns} from './weight-texture.ts';

/** One tile's segments on the GPU. */
export type SegmentModel = {
  extent: number;
  /** Adds the segments' footprints to the target of a pass; false where the GPU is not ready yet. */
  draw(renderPass: RenderPass, uniforms: SegmentUniforms, weights: Texture): boolean;
  destroy(): void;
};

/** What a tile's segments need to find their place and weight. */
export type SegmentUniforms = {
  /** Tile units to the target's clip space. */
  tileToClip: number[];
  /** Half the target's size, target pixels. */
  halfSize: [width: number, height: number];
  /** Weight of all lines of the tile. */
  share: number;
  /** Weight of repeated passes. */
  laps: number;
};

// luma.gl reads this text: one field a line.
const uniformBlock = `layout(std140) uniform segmentUniforms {
  mat4 tileToClip;
  vec2 halfSize;
  float share;
  float laps;
} segment;
`;

const segmentModule = {
  name: 'segment',
  vs: uniformBlock,
  uniformTypes: {tileToClip: 'mat4x4<f32>', halfSize: 'vec2<f32>', share: 'f32', laps: 'f32'},
} as const satisfies ShaderModule;

/**
 * A quad around each segment, in target pixels. Segments are cut where they pass behind the camera; those without weight
 * collapse to nothing.
 */
const vertexShader = `#version 300 es
#define SHADER_NAME heat-segments-vertex
in vec4 ends;
in uvec2 rows;
uniform sampler2D weights;
flat out vec2 from;
flat out vec2 direction;
flat out float segmentLength;
flat out float weight;

const float nearest = 0.01;
const float reach = ${footprintReach.toFixed(4)};

void main() {
  int row = int(rows.x & 0x7fffffffu);
  weight = texelFetch(weights, ivec2(row % ${weightColumns}, row / ${weightColumns}), 0).r * float(rows.y) * segment.share;
  if (rows.x > 0x7fffffffu) weight *= segment.laps;
  vec4 start = segment.tileToClip * vec4(ends.xy, 0.0, 1.0);
  vec4 end = segment.tileToClip * vec4(ends.zw, 0.0, 1.0);
  if (weight == 0.0 || max(start.w, end.w) < nearest) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  if (start.w < nearest) start = mix(end, start, (end.w - nearest) / (end.w - start.w));
  if (end.w < nearest) end = mix(start, end, (start.w - nearest) / (start.w - end.w));
  from = start.xy / start.w * segment.halfSize;
  vec2 along = end.xy / end.w * segment.halfSize - from;
  segmentLength = length(along);
  direction = segmentLength > 0.0 ? along / segmentLength : vec2(1.0, 0.0);
  float ahead = (gl_VertexID & 1) == 0 ? -reach : segmentLength + reach;
  float aside = gl_VertexID < 2 ? -reach : reach;
  vec2 pixel = from + direction * ahead + vec2(-direction.y, direction.x) * aside;
  gl_Position = vec4(pixel / segment.halfSize, 0.0, 1.0);
  // From the target's corner, as the fragments count.
  from += segment.halfSize;
}
`;

/**
 * The segment convolved with a Gaussian: a Gaussian across, a difference of two error functions along. The parts of a cut
 * segment add up to the whole whatever the error function's approximation (Abramowitz and Stegun, 7.1.27), since it cancels out. Nothing is
 * interpolated between the quad's corners: where those come to lie depends on how finely a GPU divides its pixels.
 */
const fragmentShader = `#version 300 es
#define SHADER_NAME heat-segments-fragment
precision highp float;
flat in vec2 from;
flat in vec2 direction;
flat in float segmentLength;
flat in float weight;
out vec4 heat;

float erf(float x) {
  float a = abs(x);
  float q = 1.0 + a * (0.278393 + a * (0.230389 + a * (0.000972 + a * 0.078108)));
  q *= q;
  return sign(x) * (1.0 - 1.0 / (q * q));
}

void main() {
  const float scale = ${(Math.SQRT1_2 / baseSigma).toFixed(7)};
  vec2 offset = gl_FragCoord.xy - from;
  float ahead = dot(offset, direction) * scale;
  float aside = dot(offset, vec2(-direction.y, direction.x)) * scale;
  float across = exp(-aside * aside);
  float along = 0.5 * (erf(ahead) - erf(ahead - segmentLength * scale));
  heat = vec4(weight * across * along, 0.0, 0.0, 1.0);
}
`;

/** Uploads a tile's segments: 16 bytes each. */
export function createSegmentModel(device: Device, {count, extent, ends, rows}: TileSegments): SegmentModel {
  const endsBuffer = device.createBuffer({data: ends});
  const rowsBuffer = device.createBuffer({data: rows});
  const model = new Model(device, {
    id: 'heat-segments',
    vs: vertexShader,
    fs: fragmentShader,
    modules: [segmentModule],
    topology: 'triangle-strip',
    vertexCount: 4,
    isInstanced: true,
    instanceCount: count,
    bufferLayout: [
      {name: 'ends', format: 'sint16x4', stepMode: 'instance'},
      {name: 'rows', format: 'uint32x2', stepMode: 'instance'},
    ],
    attributes: {ends: endsBuffer, rows: rowsBuffer},
    parameters: {
      blend: true,
      blendColorOperation: 'add',
      blendAlphaOperation: 'add',
      blendColorSrcFactor: 'one',
      blendColorDstFactor: 'one',
      blendAlphaSrcFactor: 'one',
      blendAlphaDstFactor: 'one',
      depthCompare: 'always',
      depthWriteEnabled: false,
      cullMode: 'none',
    },
  });
  return {
    extent,
    draw(renderPass, uniforms, weights) {
      model.shaderInputs.setProps({segment: uniforms});
      model.setBindings({weights});
      return model.draw(renderPass);
    },
    destroy() {
      releaseModel(model);
      endsBuffer.destroy();
      rowsBuffer.destroy();
    },
  };
}
