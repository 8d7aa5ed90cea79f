import {expect, test} from 'vitest';
import {parse, UsageError} from '../../cli/command.ts';

const options = {center: {type: 'string'}, bbox: {type: 'string'}, json: {type: 'boolean'}} as const;

test('parse takes a negative number for the value of the option before it', () => {
  const {values, positionals} = parse(['--center', '-122.4,37.8', 'map', '--bbox', '-.5,-1,0,1', '--json'], options);
  expect(values).toEqual({center: '-122.4,37.8', bbox: '-.5,-1,0,1', json: true});
  expect(positionals).toEqual(['map']);
  expect(parse(['--center=-1,2'], options).values).toEqual({center: '-1,2'});
});

test.each([
  [['--center', '--json'], "Option '--center' argument is ambiguous"],
  [['--json', '-5'], "Unknown option '-5'"],
  [['-5'], "Unknown option '-5'"],
])('parse refuses %j', (args, sentence) => {
  const refused = () => parse(args, options);
  expect(refused).toThrow(UsageError);
  expect(refused).toThrow(sentence);
});
