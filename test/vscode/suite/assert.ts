/** Fails unless the value is there and true. `what` names it in the message. */
export function ok(value: unknown, what: string): asserts value {
  if (value === undefined || value === null || value === false || value === '') throw new Error(`Expected ${what}.`);
}

/** Fails unless both are the same value. */
export function equal(actual: unknown, expected: unknown, what = 'value'): void {
  if (actual !== expected) {
    throw new Error(`Expected ${what} to be ${JSON.stringify(expected)}, and it is ${JSON.stringify(actual)}.`);
  }
}

/** Fails unless the text holds the part. */
export function includes(text: string, part: string): void {
  if (!text.includes(part)) throw new Error(`Expected ${JSON.stringify(part)} in ${JSON.stringify(text)}.`);
}
