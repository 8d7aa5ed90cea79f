import {expect, test} from 'vitest';
import {pictureLimit} from '../../../client/heat/picture-limit.ts';

test('pictureLimit(size, ratio, margin, largest) says what is too much for a GPU or a browser', () => {
  const page = {width: 1280, height: 800};
  expect(pictureLimit(page, 4, 64, 8192)).toBe('');
  expect(pictureLimit(page, 4, 64, 4096)).toMatch(/^needs 5632 pixels in a row .* draws 4096\.$/);
  expect(pictureLimit({width: 3400, height: 2000}, 4, 64, 16_384)).toMatch(/^has 109 million pixels/);
});
