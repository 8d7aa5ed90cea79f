/*
 * The two passes of a separable blur with symmetric taps, in the shapes that run fast: along a row the window stays in
 * local variables, columns are taken four rows at a time, so that a pixel is read once or little more. Loops over the
 * taps take three times as long.
 */

/** Writes `count` pixels of a row of `source` from `at` on, blurred along the row, to the same place in `target`. */
export function blurAlong(
  source: Float32Array,
  target: Float32Array,
  at: number,
  count: number,
  weights: Float64Array,
): void {
  if (weights.length > 5) blurAlong17(source, target, at, count, weights);
  else blurAlong9(source, target, at, count, weights);
}

/**
 * Adds four rows of `source`, blurred along the columns and times `gain`, to `target`: `count` pixels from `at` on
 * (`stride` columns) to those from `to` on (`targetStride` columns).
 */
export function blurDown(
  source: Float32Array,
  at: number,
  stride: number,
  target: Float32Array,
  to: number,
  targetStride: number,
  count: number,
  weights: Float64Array,
  gain: number,
): void {
  if (weights.length > 5) blurDown17(source, at, stride, target, to, targetStride, count, weights, gain);
  else blurDown9(source, at, stride, target, to, targetStride, count, weights, gain);
}

function blurAlong9(
  source: Float32Array,
  target: Float32Array,
  at: number,
  count: number,
  weights: Float64Array,
): void {
  const w0 = weights[0];
  const w1 = weights[1];
  const w2 = weights[2];
  const w3 = weights[3];
  const w4 = weights[4];
  let a = source[at - 4];
  let b = source[at - 3];
  let c = source[at - 2];
  let d = source[at - 1];
  let e = source[at];
  let f = source[at + 1];
  let g = source[at + 2];
  let h = source[at + 3];
  for (let p = at; p < at + count; p++) {
    const i = source[p + 4];
    target[p] = w0 * e + w1 * (d + f) + w2 * (c + g) + w3 * (b + h) + w4 * (a + i);
    a = b;
    b = c;
    c = d;
    d = e;
    e = f;
    f = g;
    g = h;
    h = i;
  }
}

function blurAlong17(
  source: Float32Array,
  target: Float32Array,
  at: number,
  count: number,
  weights: Float64Array,
): void {
  const w0 = weights[0];
  const w1 = weights[1];
  const w2 = weights[2];
  const w3 = weights[3];
  const w4 = weights[4];
  const w5 = weights[5];
  const w6 = weights[6];
  const w7 = weights[7];
  const w8 = weights[8];
  let a = source[at - 8];
  let b = source[at - 7];
  let c = source[at - 6];
  let d = source[at - 5];
  let e = source[at - 4];
  let f = source[at - 3];
  let g = source[at - 2];
  let h = source[at - 1];
  let i = source[at];
  let j = source[at + 1];
  let k = source[at + 2];
  let l = source[at + 3];
  let m = source[at + 4];
  let n = source[at + 5];
  let o = source[at + 6];
  let q = source[at + 7];
  for (let p = at; p < at + count; p++) {
    const r = source[p + 8];
    const near = w0 * i + w1 * (h + j) + w2 * (g + k) + w3 * (f + l) + w4 * (e + m);
    target[p] = near + w5 * (d + n) + w6 * (c + o) + w7 * (b + q) + w8 * (a + r);
    a = b;
    b = c;
    c = d;
    d = e;
    e = f;
    f = g;
    g = h;
    h = i;
    i = j;
    j = k;
    k = l;
    l = m;
    m = n;
    n = o;
    o = q;
    q = r;
  }
}

function blurDown9(
  source: Float32Array,
  at: number,
  stride: number,
  target: Float32Array,
  to: number,
  targetStride: number,
  count: number,
  weights: Float64Array,
  gain: number,
): void {
  const w0 = weights[0] * gain;
  const w1 = weights[1] * gain;
  const w2 = weights[2] * gain;
  const w3 = weights[3] * gain;
  const w4 = weights[4] * gain;
  let q = to;
  for (let p = at - 4 * stride; q < to + count; p++, q++) {
    const a = source[p];
    const b = source[p + stride];
    const c = source[p + 2 * stride];
    const d = source[p + 3 * stride];
    const e = source[p + 4 * stride];
    const f = source[p + 5 * stride];
    const g = source[p + 6 * stride];
    const h = source[p + 7 * stride];
    const i = source[p + 8 * stride];
    const j = source[p + 9 * stride];
    const k = source[p + 10 * stride];
    const l = source[p + 11 * stride];
    let t = q;
    target[t] += w0 * e + w1 * (d + f) + w2 * (c + g) + w3 * (b + h) + w4 * (a + i);
    t += targetStride;
    target[t] += w0 * f + w1 * (e + g) + w2 * (d + h) + w3 * (c + i) + w4 * (b + j);
    t += targetStride;
    target[t] += w0 * g + w1 * (f + h) + w2 * (e + i) + w3 * (d + j) + w4 * (c + k);
    t += targetStride;
    target[t] += w0 * h + w1 * (g + i) + w2 * (f + j) + w3 * (e + k) + w4 * (d + l);
  }
}

function blurDown17(
  source: Float32Array,
  at: number,
  stride: number,
  target: Float32Array,
  to: number,
  targetStride: number,
  count: number,
  weights: Float64Array,
  gain: number,
): void {
  const w0 = weights[0] * gain;
  const w1 = weights[1] * gain;
  const w2 = weights[2] * gain;
  const w3 = weights[3] * gain;
  const w4 = weights[4] * gain;
  const w5 = weights[5] * gain;
  const w6 = weights[6] * gain;
  const w7 = weights[7] * gain;
  const w8 = weights[8] * gain;
  let q = to;
  for (let p = at - 8 * stride; q < to + count; p++, q++) {
    const a = source[p];
    const b = source[p + stride];
    const c = source[p + 2 * stride];
    const d = source[p + 3 * stride];
    const e = source[p + 4 * stride];
    const f = source[p + 5 * stride];
    const g = source[p + 6 * stride];
    const h = source[p + 7 * stride];
    const i = source[p + 8 * stride];
    const j = source[p + 9 * stride];
    const k = source[p + 10 * stride];
    const l = source[p + 11 * stride];
    const m = source[p + 12 * stride];
    const n = source[p + 13 * stride];
    const o = source[p + 14 * stride];
    const r = source[p + 15 * stride];
    const u = source[p + 16 * stride];
    const v = source[p + 17 * stride];
    const x = source[p + 18 * stride];
    const y = source[p + 19 * stride];
    let t = q;
    target[t] +=
      w0 * i +
      w1 * (h + j) +
      w2 * (g + k) +
      w3 * (f + l) +
      w4 * (e + m) +
      w5 * (d + n) +
      w6 * (c + o) +
      w7 * (b + r) +
      w8 * (a + u);
    t += targetStride;
    target[t] +=
      w0 * j +
      w1 * (i + k) +
      w2 * (h + l) +
      w3 * (g + m) +
      w4 * (f + n) +
      w5 * (e + o) +
      w6 * (d + r) +
      w7 * (c + u) +
      w8 * (b + v);
    t += targetStride;
    target[t] +=
      w0 * k +
      w1 * (j + l) +
      w2 * (i + m) +
      w3 * (h + n) +
      w4 * (g + o) +
      w5 * (f + r) +
      w6 * (e + u) +
      w7 * (d + v) +
      w8 * (c + x);
    t += targetStride;
    target[t] +=
      w0 * l +
      w1 * (k + m) +
      w2 * (j + n) +
      w3 * (i + o) +
      w4 * (h + r) +
      w5 * (g + u) +
      w6 * (f + v) +
      w7 * (e + x) +
      w8 * (d + y);
  }
}
