import type {TrackheatMetadata} from '../../core/metadata.ts';
import type {PictureFormat, StoredView} from '../stored-view.ts';

/** Archives that a worker remembers: the one in use, and those whose last pictures are still being drawn. */
export const archivesKept = 4;

/** What a worker must know of an archive before it draws from it; `archive` is a number that the pool gives it. */
export type FactsMessage = {
  kind: 'facts';
  archive: number;
  metadata: Pick<TrackheatMetadata, 'activities' | 'sports' | 'quantiles'>;
};

/** Asks for a picture of a view in a style (text form). */
export type DrawMessage = StoredView & {
  kind: 'draw';
  id: number;
  archive: number;
  style: string;
  format: PictureFormat;
};

/** A picture, or nothing where nothing in it is visible. */
export type Drawn = {bytes: Uint8Array<ArrayBuffer> | undefined};

/** The answer to a {@link DrawMessage}. */
export type AnswerMessage = {id: number; drawn?: Drawn; error?: Error};
