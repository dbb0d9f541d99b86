/** What the YAML reader says of a mistake, for a person: without the place, which an editor shows beside it. */
export function yamlMessage(error: { code: string; message: string; pos: readonly number[] }, text: string): string {
  if (error.code === 'DUPLICATE_KEY') {
    const at = error.pos[0] ?? 0;
    const [, quoted, plain] = /^(?:["']([^"'\r\n]*)["']|([^:\r\n]*?)[ \t]*:)/.exec(text.slice(at, at + 200)) ?? [];
    const key = quoted ?? plain;
    if (key) return `"${key}" stands here twice; the first one counts`;
  }
  return (error.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');
}
