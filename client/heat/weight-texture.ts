import type {Device, Texture} from '@luma.gl/core';

/** Rows of the activity table in one row of the weight texture. */
export const weightColumns = 4096;

/** The weight of each row (dense index) as a texture of {@link weightColumns} columns. */
export function createWeightTexture(device: Device, weights: Float32Array): Texture {
  const height = Math.max(1, Math.ceil((weights.length + 1) / weightColumns));
  const texels = new Float32Array(weightColumns * height);
  texels.set(weights);
  return createTable(device, {id: 'heat-weights', format: 'r32float', width: weightColumns, height}, texels);
}

/** A texture that is read texel by texel, or between them where `isSmooth`. */
export function createTable(
  device: Device,
  props: {id: string; format: 'r32float' | 'rgba8unorm'; width: number; height: number},
  data: Float32Array | Uint8Array,
  isSmooth = false,
): Texture {
  const filter = isSmooth ? 'linear' : 'nearest';
  const texture = device.createTexture({
    ...props,
    sampler: {minFilter: filter, magFilter: filter, addressModeU: 'clamp-to-edge', addressModeV: 'clamp-to-edge'},
  });
  texture.writeData(data);
  return texture;
}
