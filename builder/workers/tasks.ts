import {cutBatch} from '../cut-batch.ts';
import {encodeTiles} from '../encode-tiles.ts';
import {importBatch} from '../import-batch.ts';
import {measureBeyond} from '../quantiles.ts';

/** What worker threads do: plain data in, bytes and plain data out. */
export const tasks = {importBatch, cutBatch, encodeTiles, measureBeyond};

export type Tasks = typeof tasks;
export type TaskName = keyof Tasks;
