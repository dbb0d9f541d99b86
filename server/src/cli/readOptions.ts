import { parseArgs } from 'node:util';
import { nearestName } from '../core/index.js';
import { UsageError } from './usageError.js';

/** A command that takes options. */
export type Command = 'lint' | 'report' | 'rules' | 'new';

/** An option of a command: `flag` takes no value, `one` takes one, `many` may be repeated. */
export type OptionKind = 'flag' | 'one' | 'many';

/** The arguments of a command, read. */
export interface ReadOptions {
  readonly positionals: readonly string[];
  readonly has: (name: string) => boolean;
  /** The last value given. */
  readonly one: (name: string) => string | undefined;
  readonly many: (name: string) => readonly string[];
}

/**
 * Reads a command's arguments. `-` is a file name, `--` ends the options, and `--help` is known to all commands.
 *
 * @throws UsageError for an option that the command does not know, or whose value is missing.
 */
export function readOptions(
  args: readonly string[],
  command: Command,
  kinds: Readonly<Record<string, OptionKind>>,
): ReadOptions {
  const options = Object.fromEntries(
    Object.entries({ ...kinds, help: 'flag' as const }).map(([name, kind]) => [
      name,
      {
        type: kind === 'flag' ? ('boolean' as const) : ('string' as const),
        multiple: kind !== 'flag',
        ...(name === 'help' ? { short: 'h' } : {}),
      },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    const many = (name: string): string[] => [values[name] ?? []].flat().filter((value) => typeof value === 'string');
    return { positionals, has: (name) => values[name] === true, one: (name) => many(name).at(-1), many };
  } catch (error) {
    // Node's own words name the option well; only its advice about `--` is cut off.
    const message = error instanceof Error ? (error.message.split('. To specify')[0] ?? '') : String(error);
    throw new UsageError(message.endsWith('.') ? message : `${message}.`, command);
  }
}

/**
 * The value of an option that takes one of a few names.
 *
 * @throws UsageError that lists them, with the nearest.
 */
export function oneOf<T extends string>(command: Command, option: string, given: string, known: readonly T[]): T {
  const found = known.find((each) => each === given);
  if (found !== undefined) return found;
  const nearest = nearestName(given, known);
  const guess = nearest ? ` Did you mean "${nearest}"?` : '';
  throw new UsageError(`--${option} "${given}" is not known; there are ${known.join(', ')}.${guess}`, command);
}
