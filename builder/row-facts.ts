/** What the encoder needs of each row, by dense index, in memory that all threads share. */
export type RowFacts = {
  id: Float64Array;
  sport: Uint8Array;
  /** Days since 1970-01-01, `unknownDay` where there is no date. */
  day: Int32Array;
  unknownDay: number;
};
