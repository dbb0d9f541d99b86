/**
 * Writes whatever a text of JavaScript or JSON has beyond ASCII as an escape, in its strings and regular expressions, which is where they have it once a bundler is done with it.
 * A file of ASCII is read without being decoded, and held in half the room.
 */
export function escapeNonAscii(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
