import type {Device} from '@luma.gl/core';
import {ClipSpace} from '@luma.gl/engine';
import type {ShaderModule} from '@luma.gl/shadertools';
import type {Taps} from '../../core/heat/gaussian.ts';
import {pairTaps} from './pair-taps.ts';
import {releaseModel} from './release.ts';
import type {RenderTarget} from './render-targets.ts';

// luma.gl reads this text: one field a line.
const uniformBlock = `layout(std140) uniform blurUniforms {
  vec4 weights;
  vec4 offsets;
  vec2 direction;
  float middle;
} blur;
`;

const blurModule = {
  name: 'blur',
  fs: uniformBlock,
  uniformTypes: {weights: 'vec4<f32>', offsets: 'vec4<f32>', direction: 'vec2<f32>', middle: 'f32'},
} as const satisfies ShaderModule;

/** Two taps a read: between two texels the GPU mixes them by the distance to each. */
const blurShader = `#version 300 es
#define SHADER_NAME heat-blur
precision highp float;
uniform sampler2D source;
out vec4 heat;

void main() {
  vec2 unit = 1.0 / vec2(textureSize(source, 0));
  vec2 at = gl_FragCoord.xy * unit;
  float sum = blur.middle * texture(source, at).r;
  for (int i = 0; i < 4; i++) {
    if (blur.weights[i] == 0.0) break;
    vec2 offset = blur.direction * blur.offsets[i] * unit;
    sum += blur.weights[i] * (texture(source, at + offset).r + texture(source, at - offset).r);
  }
  heat = vec4(sum, 0.0, 0.0, 1.0);
}
`;

/**
 * Four texels along x and y with weights 1, 3, 3, 1, in four reads of two by two: one step after the other makes the quadratic
 * B-spline of the cell. Plain means would let what lies between cells through.
 */
const halvingShader = `#version 300 es
#define SHADER_NAME heat-halving
precision highp float;
uniform sampler2D source;
out vec4 heat;

void main() {
  vec2 unit = 1.0 / vec2(textureSize(source, 0));
  vec2 low = (gl_FragCoord.xy * 2.0 - 0.75) * unit;
  vec2 high = (gl_FragCoord.xy * 2.0 + 0.75) * unit;
  float sum = texture(source, low).r + texture(source, high).r
    + texture(source, vec2(low.x, high.y)).r + texture(source, vec2(high.x, low.y)).r;
  heat = vec4(0.25 * sum, 0.0, 0.0, 1.0);
}
`;

const parameters = {blend: false, depthCompare: 'always', depthWriteEnabled: false, cullMode: 'none'} as const;

/** The steps of a blur from target to target; each is false where the GPU is not ready yet. */
export class BlurPasses {
  private readonly device: Device;
  private readonly blurring: ClipSpace;
  private readonly halving: ClipSpace;

  constructor(device: Device) {
    this.device = device;
    this.blurring = new ClipSpace(device, {id: 'heat-blur', fs: blurShader, modules: [blurModule], parameters});
    this.halving = new ClipSpace(device, {id: 'heat-halving', fs: halvingShader, parameters});
  }

  /** Blurs along x, then y. */
  blur(source: RenderTarget, between: RenderTarget, target: RenderTarget, taps: Taps): boolean {
    const pairs = pairTaps(taps);
    this.blurring.shaderInputs.setProps({blur: {...pairs, direction: [1, 0]}});
    const isReady = this.run(this.blurring, source, between);
    this.blurring.shaderInputs.setProps({blur: {...pairs, direction: [0, 1]}});
    return this.run(this.blurring, between, target) && isReady;
  }

  /** Shrinks to half the size. */
  halve(source: RenderTarget, target: RenderTarget): boolean {
    return this.run(this.halving, source, target);
  }

  destroy(): void {
    releaseModel(this.blurring);
    releaseModel(this.halving);
  }

  private run(model: ClipSpace, source: RenderTarget, {framebuffer, width, height}: RenderTarget): boolean {
    model.setBindings({source: source.texture});
    const renderPass = this.device.beginRenderPass({
      framebuffer,
      parameters: {viewport: [0, 0, width, height]},
      clearColor: false,
      clearDepth: false,
      clearStencil: false,
    });
    const isReady = model.draw(renderPass);
    renderPass.end();
    return isReady;
  }
}
