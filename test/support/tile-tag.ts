import type {HeatStyle} from '../../core/style.ts';
import type {HeatArchive} from '../../raster-fallback/archive.ts';
import {PictureService} from '../../raster-fallback/picture-service.ts';
import type {TileRequest} from '../../raster-fallback/view.ts';

/** Starts no worker: it only prepares. */
const service = new PictureService();

/** The entity tag of a PNG tile of an archive in a style. */
export async function tileTag(archive: HeatArchive, request: TileRequest, style: HeatStyle): Promise<string> {
  return (await service.prepare(archive, request, style, 'png')).tag;
}
