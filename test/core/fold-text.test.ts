import {expect, test} from 'vitest';
import {foldText} from '../../core/fold-text.ts';

test.each([
  ['über', 'UBER'],
  ['Straße', 'strasse'],
  ['Çeşme', 'cesme'],
  ['e\u0301tape', 'Étape'],
  ['ΟΔΟΣ', 'οδος'],
  ['İzmir', 'izmir'],
])("'%s' and '%s' are one for a search", (one, other) => expect(foldText(one)).toBe(foldText(other)));

test('different letters stay different', () => {
  expect(foldText('ride')).not.toBe(foldText('rida'));
  expect(foldText('骑行')).toBe('骑行');
});
