import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {FeatureRun} from './cut/pieces.ts';

/** Cut lines that are too many to keep in memory until they are encoded. */
export class Spill {
  private readonly limit: number;
  private readonly parent: string;
  private folder: string | undefined;
  private kept = 0;
  private files = 0;

  constructor(parent: string, limit: number) {
    this.parent = parent;
    this.limit = limit;
  }

  /** The run itself while there is room, else the run with its geometry in a file. */
  add(run: FeatureRun): FeatureRun {
    if (!(run.bytes instanceof Uint8Array)) return run;
    this.kept += run.bytes.length;
    if (this.kept <= this.limit) return run;
    this.folder ??= mkdtempSync(path.join(this.parent, 'spill-'));
    const file = path.join(this.folder, `${this.files++}.bin`);
    writeFileSync(file, run.bytes);
    return {...run, bytes: {file}};
  }

  close(): void {
    if (this.folder) rmSync(this.folder, {recursive: true, force: true});
  }
}
