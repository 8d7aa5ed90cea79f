import {isFiltered} from '../../core/filter.ts';
import {element} from '../element.ts';
import {freeArea} from '../map/free-area.ts';
import {everything} from '../map/home-view.ts';
import type {PageContext, PagePart} from '../page-context.ts';
import {make} from '../panel/activities/make.ts';
import {formatDistance} from '../units.ts';
import {allBounds} from './all-bounds.ts';
import {dropReport, filesText} from './drop-report.ts';
import {createDropTarget} from './drop-target.ts';
import type {Dropped} from './read-dropped.ts';
import {safeName} from './safe-name.ts';

/** How long it is said that all went well, and what did not, ms; the latter is also listed beside the button. */
const readingMilliseconds = {good: 8000, faults: 30_000};

/** How often it is said how far reading has come, ms. */
const progressMilliseconds = 500;

/**
 * Shows files of the person's own, dropped onto the page or chosen, as heat over that of the archive, until they are taken away. They are read
 * here, sent nowhere and stored nowhere.
 */
export function createDroppedFiles(context: PageContext): PagePart {
  const {archive, map, status} = context;
  const add = element('drop-add', HTMLButtonElement);
  const input = element('drop-files', HTMLInputElement);
  const chip = element('drop-chip', HTMLDivElement);
  const faultList = element('drop-faults', HTMLUListElement);
  const removes = [element('drop-remove', HTMLButtonElement), element('drop-clear', HTMLButtonElement)];
  /** The files that are shown, by what tells them apart. */
  const shown = new Map<string, Dropped>();
  /** Counts the times that all was taken away: what is read for an earlier one is dropped. */
  let round = 0;
  let reading = Promise.resolve();
  let readingEnd = 0;
  /** Says what came of the last files, as long as that is said. */
  let report: (() => void) | undefined;

  async function read(files: File[], mine: number): Promise<void> {
    if (mine !== round) return;
    endReport();
    status.set('drop', `Reading ${filesText(files.length)} …`);
    const faults: string[] = [];
    const added: Dropped[] = [];
    const {readDropped} = await import('./read-dropped.ts');
    let said = performance.now();
    for (const [i, file] of files.entries()) {
      const key = `${file.name}/${file.size}/${file.lastModified}`;
      const result = shown.has(key) ? 'found a file that is shown already, expected another.' : await readDropped(file);
      if (mine !== round) return;
      if (typeof result === 'string') faults.push(`${safeName(file.name)}: ${result}`);
      else {
        shown.set(key, result);
        added.push(result);
      }
      if (performance.now() - said < progressMilliseconds) continue;
      said = performance.now();
      status.set('drop', `Reading ${filesText(files.length)}, ${i + 1} read …`);
      show();
      // Lets the page be drawn and used in between.
      await new Promise((resolve) => setTimeout(resolve));
    }
    faultList.replaceChildren(...faults.map((textContent) => make('li', {textContent})));
    faultList.hidden = faults.length === 0;
    if (added.length > 0) await showHeat(added, mine);
    if (mine !== round) return;
    report = () => status.set('drop', dropReport(added.length, faults, isFiltered(context.style)));
    report();
    readingEnd = window.setTimeout(endReport, readingMilliseconds[faults.length > 0 ? 'faults' : 'good']);
  }

  function endReport(): void {
    clearTimeout(readingEnd);
    report = undefined;
    status.set('drop', '');
  }

  async function showHeat(added: Dropped[], mine: number): Promise<void> {
    const {droppedTiles} = await import('./dropped-tiles.ts');
    if (mine !== round) return;
    const all = [...shown.values()];
    const activities = all.flatMap(({activities}) => activities);
    context.drop(droppedTiles(activities, allBounds(all.map(({bounds}) => bounds)), archive));
    show();
    if (isFiltered(context.style)) return;
    const bounds = allBounds(added.map(({bounds}) => bounds));
    map.show(everything({bounds, center: undefined}, freeArea()), true);
  }

  function addFiles(files: File[]): void {
    const mine = round;
    if (files.length > 0) reading = reading.then(() => read(files, mine)).catch(sayFault);
  }

  function removeAll(): void {
    round++;
    shown.clear();
    faultList.hidden = true;
    endReport();
    context.drop(undefined);
    show();
    add.focus({preventScroll: true});
    // Nothing in a panel that is closed can have the focus.
    if (document.activeElement !== add) element('panel-toggle', HTMLButtonElement).focus();
  }

  function sayFault(error: unknown): void {
    status.set('drop', `Files could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }

  function show(): void {
    const isShown = shown.size > 0;
    chip.hidden = !isShown;
    removes[0].hidden = !isShown;
    const meters = [...shown.values()].reduce((sum, {meters}) => sum + meters, 0);
    const rest = isFiltered(context.style) ? 'hidden by the filter' : formatDistance(meters);
    element('drop-text', HTMLSpanElement).textContent = `${filesText(shown.size)} · ${rest}`;
    report?.();
  }

  createDropTarget(addFiles);
  add.addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    addFiles([...(input.files ?? [])]);
    // So that the same file may be chosen again.
    input.value = '';
  });
  for (const remove of removes) remove.addEventListener('click', removeAll);
  return {show};
}
