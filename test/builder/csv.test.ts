import {expect, test} from 'vitest';
import {csvRows} from '../../builder/csv.ts';

test('fields are parted by commas, rows by any line break', () => {
  expect(csvRows('a,b,c\n1,,3\r\n4,5,\r7')).toEqual([['a', 'b', 'c'], ['1', '', '3'], ['4', '5', ''], ['7']]);
  expect(csvRows('\ufeffa,b\n\n\n1,2\n')).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ]);
  expect(csvRows('')).toEqual([]);
});

test('quotes hold separators, line breaks and doubled quotes', () => {
  expect(csvRows('a,"b, ""c""\nd",e\n"","x"y,z')).toEqual([
    ['a', 'b, "c"\nd', 'e'],
    ['', 'xy', 'z'],
  ]);
  expect(csvRows('a,"never closed\n1,2')).toEqual([['a', 'never closed\n1,2']]);
});

test('semicolons and tabs part fields where the first line has more of them', () => {
  expect(csvRows('a;b,c;d\n1;2;3')).toEqual([
    ['a', 'b,c', 'd'],
    ['1', '2', '3'],
  ]);
  expect(csvRows('a\tb\n1\t2')).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ]);
});
