import {type ParseArgsConfig, parseArgs} from 'node:util';

/** A command: takes its arguments and gives its exit code. */
export type Command = (args: string[]) => Promise<number>;

/** A command line that asks for what there is not. */
export class UsageError extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>;

/** Parses a command's arguments; what is unknown is a {@link UsageError}. */
export function parse<T extends Options>(args: string[], options: T) {
  try {
    return parseArgs({args: joinNegative(args, options), options, allowPositionals: true, strict: true});
  } catch (error) {
    throw new UsageError((error as Error).message.split('. To specify')[0]);
  }
}

/** `--at -33.9,18.4` would be taken for two options: south of the equator and west of Greenwich it is one and its value, too. */
function joinNegative(args: string[], options: Options): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const before = joined.at(-1) ?? '';
    const takesValue = before.startsWith('--') && options[before.slice(2)]?.type === 'string';
    if (takesValue && /^-[\d.]/.test(arg)) joined[joined.length - 1] = `${before}=${arg}`;
    else joined.push(arg);
  }
  return joined;
}

/** A whole number of an option within limits; `fallback` where the option is not given. */
export function wholeNumber(
  name: string,
  text: string | undefined,
  min: number,
  max: number,
  fallback: number,
): number {
  if (text === undefined) return fallback;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new UsageError(`--${name} ${text}: expected a whole number from ${min} to ${max}`);
}
