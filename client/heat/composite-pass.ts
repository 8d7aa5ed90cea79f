import type {Device, RenderPass, Texture} from '@luma.gl/core';
import {ClipSpace} from '@luma.gl/engine';
import type {ShaderModule} from '@luma.gl/shadertools';
import {releaseModel} from './release.ts';
import {toneEntries} from './tone-table.ts';

/** What the last step needs: where the screen lies in the target, and how heat becomes colour. */
export type CompositeUniforms = {
  /** Where the screen lies in the target: see `screenInTarget`. */
  screen: number[];
  /** Side of a texel of the line's and the glow's texture, target pixels. */
  cells: [line: number, glow: number];
  gains: [line: number, glow: number];
  toneLow: number;
  tonePerOctave: number;
  opacity: number;
};

/** The textures it reads. */
export type CompositeTextures = {line: Texture; glow: Texture; tones: Texture; ramp: Texture};

// luma.gl reads this text: one field a line.
const uniformBlock = `layout(std140) uniform compositeUniforms {
  mat4 screen;
  vec2 cells;
  vec2 gains;
  float toneLow;
  float tonePerOctave;
  float opacity;
} composite;
`;

const compositeModule = {
  name: 'composite',
  fs: uniformBlock,
  uniformTypes: {
    screen: 'mat4x4<f32>',
    cells: 'vec2<f32>',
    gains: 'vec2<f32>',
    toneLow: 'f32',
    tonePerOctave: 'f32',
    opacity: 'f32',
  },
} as const satisfies ShaderModule;

/**
 * Heat at a pixel: the line's texture plus the glow's. A shrunk texture is read through the quadratic B-spline, two texels a read,
 * so that cells do not show.
 */
const heatShader = `
precision highp float;
uniform sampler2D line;
uniform sampler2D glow;
in vec2 coordinate;

float readCells(sampler2D cells, vec2 at) {
  vec2 unit = 1.0 / vec2(textureSize(cells, 0));
  vec2 whole = floor(at);
  vec2 part = at - whole;
  vec2 after = 0.5 * part * part;
  vec2 before = 0.5 * (1.0 - part) * (1.0 - part);
  vec2 low = (whole - 0.5 + (1.0 - before - after) / (1.0 - after)) * unit;
  vec2 high = (whole + 1.5) * unit;
  float south = mix(texture(cells, low).r, texture(cells, vec2(high.x, low.y)).r, after.x);
  float north = mix(texture(cells, vec2(low.x, high.y)).r, texture(cells, high).r, after.x);
  return mix(south, north, after.y);
}

float readBlurred(sampler2D blurred, vec2 pixel, float cell) {
  if (cell > 1.0) return readCells(blurred, pixel / cell);
  return texture(blurred, pixel / vec2(textureSize(blurred, 0))).r;
}

float heatHere() {
  vec4 place = composite.screen * vec4(coordinate, 0.0, 1.0);
  vec2 pixel = place.xy / place.w;
  vec2 beyond = pixel - vec2(textureSize(line, 0)) * composite.cells.x;
  if (place.w <= 0.0 || min(pixel.x, pixel.y) < 0.0 || max(beyond.x, beyond.y) > 0.0) return 0.0;
  float heat = composite.gains.x * readBlurred(line, pixel, composite.cells.x);
  if (composite.gains.y > 0.0) heat += composite.gains.y * readBlurred(glow, pixel, composite.cells.y);
  return heat;
}
`;

const colourShader = `#version 300 es
#define SHADER_NAME heat-composite
${heatShader}
uniform sampler2D tones;
uniform sampler2D ramp;
out vec4 color;

float toneOf(float heat) {
  float at = (log2(heat) - composite.toneLow) * composite.tonePerOctave;
  if (at <= 0.0) return texelFetch(tones, ivec2(0), 0).r * heat * exp2(-composite.toneLow);
  float entry = min(floor(at), ${(toneEntries - 2).toFixed(1)});
  float low = texelFetch(tones, ivec2(int(entry), 0), 0).r;
  float high = texelFetch(tones, ivec2(int(entry) + 1, 0), 0).r;
  return mix(low, high, min(1.0, at - entry));
}

void main() {
  float heat = heatHere();
  if (heat <= 0.0) discard;
  vec4 rgba = texture(ramp, vec2((toneOf(heat) * 255.0 + 0.5) / 256.0, 0.5));
  color = vec4(rgba.rgb * rgba.a, rgba.a) * composite.opacity;
}
`;

const rawShader = `#version 300 es
#define SHADER_NAME heat-read
${heatShader}
out vec4 color;

void main() {
  color = vec4(heatHere(), 0.0, 0.0, 1.0);
}
`;

/** Draws the heat's colours over what is there, premultiplied; false where the GPU is not ready yet. */
export class CompositePass {
  private readonly model: ClipSpace;
  private readonly isRaw: boolean;

  /** `isRaw`: writes heat itself to a float target instead. */
  constructor(device: Device, {isRaw = false} = {}) {
    this.isRaw = isRaw;
    this.model = new ClipSpace(device, {
      id: isRaw ? 'heat-read' : 'heat-composite',
      fs: isRaw ? rawShader : colourShader,
      modules: [compositeModule],
      disableWarnings: true,
      parameters: {
        blend: !isRaw,
        blendColorOperation: 'add',
        blendAlphaOperation: 'add',
        blendColorSrcFactor: 'one',
        blendColorDstFactor: 'one-minus-src-alpha',
        blendAlphaSrcFactor: 'one',
        blendAlphaDstFactor: 'one-minus-src-alpha',
        depthCompare: 'always',
        depthWriteEnabled: false,
        cullMode: 'none',
      },
    });
  }

  draw(renderPass: RenderPass, uniforms: CompositeUniforms, textures: CompositeTextures): boolean {
    this.model.shaderInputs.setProps({composite: uniforms});
    const {line, glow} = textures;
    this.model.setBindings(this.isRaw ? {line, glow} : textures);
    return this.model.draw(renderPass);
  }

  destroy(): void {
    releaseModel(this.model);
  }
}
