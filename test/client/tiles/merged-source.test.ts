import type {RangeResponse, Source} from 'pmtiles';
import {expect, test} from 'vitest';
import {MergedSource, mergeRanges} from '../../../client/tiles/merged-source.ts';

/** A source of 1 MB of numbered bytes that writes down what it is asked for. */
function bytesSource() {
  const asked: {offset: number; length: number; signal?: AbortSignal}[] = [];
  const bytes = Uint8Array.from({length: 1_000_000}, (_, i) => i % 251);
  const source: Source = {
    getKey: () => 'bytes',
    getBytes(offset, length, signal): Promise<RangeResponse> {
      asked.push({offset, length, signal});
      return new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
        setTimeout(() => resolve({data: bytes.slice(offset, offset + length).buffer}), 5);
      });
    },
  };
  return {source, asked};
}

test('mergeRanges joins neighbours and ranges with a small gap, in order of offset', () => {
  const ranges = [
    {offset: 900_000, length: 10},
    {offset: 100, length: 50},
    {offset: 150, length: 20},
    {offset: 20_000, length: 5},
  ];
  expect(mergeRanges(ranges)).toEqual([[ranges[1], ranges[2], ranges[3]], [ranges[0]]]);
});

test('mergeRanges keeps ranges of another version of the file apart', () => {
  const ranges = [
    {offset: 0, length: 100, etag: undefined},
    {offset: 100, length: 50, etag: '"old"'},
    {offset: 150, length: 20, etag: '"old"'},
  ];
  expect(mergeRanges(ranges)).toEqual([[ranges[0]], [ranges[1], ranges[2]]]);
});

test('mergeRanges makes no range longer than two megabytes of several', () => {
  const ranges = Array.from({length: 5}, (_, i) => ({offset: i * 900_000, length: 900_000}));
  expect(mergeRanges(ranges).map((group) => group.length)).toEqual([2, 2, 1]);
});

test('ranges asked for at once are one request, and each gets its own bytes', async () => {
  const {source, asked} = bytesSource();
  const merged = new MergedSource(source);
  const [first, second] = await Promise.all([merged.getBytes(1000, 3), merged.getBytes(300, 4)]);
  expect([...new Uint8Array(first.data)]).toEqual([1000 % 251, 1001 % 251, 1002 % 251]);
  expect([...new Uint8Array(second.data)]).toEqual([49, 50, 51, 52]);
  expect(asked).toMatchObject([{offset: 300, length: 703}]);
  expect(merged.requests).toBe(1);
});

test('a request is aborted when the last of those who wait for it gives up, not before', async () => {
  const {source, asked} = bytesSource();
  const merged = new MergedSource(source);
  const [one, other] = [new AbortController(), new AbortController()];
  const first = merged.getBytes(0, 10, one.signal);
  const second = merged.getBytes(10, 10, other.signal);
  const results = Promise.allSettled([first, second]);
  await new Promise((resolve) => setTimeout(resolve, 1));
  one.abort();
  expect(asked[0].signal?.aborted).toBe(false);
  other.abort();
  expect(asked[0].signal?.aborted).toBe(true);
  expect((await results).map(({status}) => status)).toEqual(['rejected', 'rejected']);
});

test('what was given up before it was fetched is not fetched', async () => {
  const {source, asked} = bytesSource();
  const merged = new MergedSource(source);
  const gone = new AbortController();
  const request = merged.getBytes(0, 10, gone.signal);
  gone.abort();
  await expect(request).rejects.toThrow();
  expect(asked).toEqual([]);
});
