import {expect, test} from 'vitest';
import {ignoredInLink} from '../../client/ignored-in-link.ts';
import {parseStyle} from '../../core/style.ts';

test('ignoredInLink names what is wrong, without the lists of all that would be right', () => {
  expect(ignoredInLink([])).toBe('');
  const {faults} = parseStyle('ramp=fyre&sport=swimm&foo=1&width=99');
  expect(ignoredInLink(faults)).toBe(
    "Ignored in this link: ramp: 'fyre'; sport: 'swimm'; 'foo' is no key of a style; width: '99', expected 0.7 to 12.",
  );
});
