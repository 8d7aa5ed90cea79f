import type {RangeResponse, Source} from 'pmtiles';

/** An archive in memory as the pmtiles library wants it. */
export function memorySource(bytes: Uint8Array): Source {
  return {
    getKey: () => 'memory',
    getBytes: async (offset: number, length: number): Promise<RangeResponse> => ({
      data: Uint8Array.from(bytes.subarray(offset, offset + length)).buffer,
    }),
  };
}
