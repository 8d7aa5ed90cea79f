/** Files that are named one by one in a sentence. */
const mostNamed = 2;

/** What came of files: how many are shown, unless a filter hides them, and what is wrong with the others. */
export function dropReport(shown: number, faults: string[], isFiltered: boolean): string {
  const those = `${filesText(shown)} ${shown === 1 ? 'is' : 'are'}`;
  const good = shown > 0 ? `${those} ${isFiltered ? 'read, and hidden by the filter' : 'shown'}.` : '';
  const bad = faults.length > 0 ? `Not shown: ${faults.slice(0, mostNamed).join(' ')}` : '';
  const left = faults.length - mostNamed;
  const more = left > 0 ? `And ${filesText(left)} more, listed under Activities.` : '';
  return [good, bad, more].filter(Boolean).join(' ');
}

/** A number of files for people to read. */
export function filesText(count: number): string {
  return count === 1 ? '1 file' : `${count.toLocaleString('en')} files`;
}
