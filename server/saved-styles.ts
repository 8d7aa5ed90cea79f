import {readFileSync, statSync} from 'node:fs';
import {type NamedStyles, savedStyles} from '../core/named-styles.ts';

/**
 * Gives the styles that a person has saved in a styles.json, read again whenever the file has changed; none where there is
 * no such file. What is wrong with it is told once, through `report`.
 */
export function savedStylesOf(file: string | undefined, report: (sentence: string) => void): () => NamedStyles {
  let stamp = '';
  let styles: NamedStyles = {};
  return () => {
    if (file === undefined) return {};
    // Synchronous: a look at a local file takes microseconds, and the way through the thread pool ten times that.
    const info = statSync(file, {throwIfNoEntry: false});
    const now = info ? `${info.ino} ${info.size} ${info.mtimeMs}` : '';
    if (now === stamp) return styles;
    stamp = now;
    const read = info ? readStyles(file) : {styles: {}, faults: []};
    for (const fault of read.faults) report(`${file}: ${fault}`);
    styles = read.styles;
    return styles;
  };
}

function readStyles(file: string): ReturnType<typeof savedStyles> {
  try {
    return savedStyles(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    return {styles: {}, faults: [(error as Error).message]};
  }
}
