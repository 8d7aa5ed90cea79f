import {UsageError} from './command.ts';

const most = 1_000_000;

/** Activity numbers of arguments such as `17` and `20-25`, rising, each once. */
export function activityNumbers(args: string[]): number[] {
  const numbers = new Set<number>();
  for (const arg of args) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(arg);
    const first = Number(match?.[1]);
    const last = Number(match?.[2] ?? match?.[1]);
    if (!(first <= last) || last - first >= most) {
      throw new UsageError(`'${arg}': expected the number of an activity, or a range such as 20-25`);
    }
    for (let number = first; number <= last; number++) numbers.add(number);
  }
  if (numbers.size === 0) throw new UsageError('which activities? trackheat list shows their numbers');
  return [...numbers].sort((a, b) => a - b);
}
