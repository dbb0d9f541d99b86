/**
 * Whether an address is matched by one of the `designAnswers.files` globs. A glob is read from each folder of the workspace,
 * and from any folder where the document lies in none: `practice/*.md` finds `practice/` at the top of a workspace.
 */
export function matchesGlobs(uri: string, globs: readonly string[], folders: readonly string[]): boolean {
  if (globs.length === 0) return false;
  const paths = relativePaths(uri, folders);
  return globs.some((glob) => {
    const patterns = expandBraces(glob.trim().replace(/^\.?\//, ''));
    return patterns.some((pattern) => paths.some((path) => matchesPath(pattern.split('/'), path.split('/'))));
  });
}

function relativePaths(uri: string, folders: readonly string[]): string[] {
  const path = pathOf(uri);
  const inside = folders
    .map((folder) => `${pathOf(folder).replace(/\/$/, '')}/`)
    .filter((folder) => path.startsWith(folder))
    .map((folder) => path.slice(folder.length));
  if (inside.length > 0) return inside;
  const segments = path.split('/').filter((segment) => segment !== '');
  return segments.map((_, index) => segments.slice(index).join('/'));
}

/** An address's path, decoded; addresses that cannot be decoded are taken as they are. */
function pathOf(uri: string): string {
  const path = uri.replace(/^[a-z][a-z0-9+.-]*:(\/\/[^/?#]*)?/i, '').replace(/[?#].*$/, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const MOST_ALTERNATIVES = 64;

/** `{a,b}` as one pattern per alternative; no more than a few dozen of them, since the glob comes from a settings file. */
function expandBraces(glob: string): string[] {
  const done: string[] = [];
  const open = [glob];
  while (open.length > 0 && done.length + open.length <= MOST_ALTERNATIVES) {
    const next = open.pop() ?? '';
    const braces = /\{([^{}]*)\}/.exec(next);
    if (!braces) done.push(next);
    else {
      const head = next.slice(0, braces.index);
      const rest = next.slice(braces.index + braces[0].length);
      open.push(...(braces[1] ?? '').split(',').map((alternative) => head + alternative + rest));
    }
  }
  return done;
}

/** Row by row over a table of "does this much of the pattern match this much of the path", so the time is their product. */
function matchesPath(pattern: readonly string[], path: readonly string[]): boolean {
  let row = path.map(() => false);
  row.unshift(true);
  for (const segment of pattern) {
    const next: boolean[] = [];
    for (let length = 0; length <= path.length; length++) {
      if (segment === '**') next.push((row[length] ?? false) || (length > 0 && (next[length - 1] ?? false)));
      else next.push(length > 0 && (row[length - 1] ?? false) && matchesSegment(segment, path[length - 1] ?? ''));
    }
    row = next;
  }
  return row[path.length] ?? false;
}

/** `*` is any characters, `?` is one, `[abc]` and `[!abc]` are sets; the same table, character by character. */
function matchesSegment(pattern: string, text: string): boolean {
  let row = Array.from({ length: text.length + 1 }, (_, index) => index === 0);
  for (const element of pattern.match(/\[[^\]]+\]|[^]/gu) ?? []) {
    const next: boolean[] = [];
    for (let length = 0; length <= text.length; length++) {
      if (element === '*') next.push((row[length] ?? false) || (length > 0 && (next[length - 1] ?? false)));
      else next.push(length > 0 && (row[length - 1] ?? false) && matchesCharacter(element, text[length - 1] ?? ''));
    }
    row = next;
  }
  return row[text.length] ?? false;
}

function matchesCharacter(element: string, character: string): boolean {
  if (element === '?') return true;
  if (!/^\[[^]+\]$/u.test(element)) return element === character;
  const isNegated = /^\[[!^]/.test(element);
  const set = element.slice(isNegated ? 2 : 1, -1);
  let holds = false;
  for (let index = 0; index < set.length; index++) {
    const from = set[index] ?? '';
    if (set[index + 1] === '-' && index + 2 < set.length) {
      holds ||= from <= character && character <= (set[index + 2] ?? '');
      index += 2;
    } else holds ||= from === character;
  }
  return holds !== isNegated;
}
