import type { CodeAction, MarkupContent, TextEdit } from 'vscode-languageserver';
import { afterEach, describe, expect, test } from 'vitest';
import { LineIndex, plainText } from '../../server/src/core/index.js';
import { CHOICES, COMMANDS, INSERTION, SECTIONS, TEMPLATE } from '../../server/src/protocol.js';
import { connect, type ClientOptions, type LspClient } from './lspClient.js';
import { ANSWER, README, TWO_RULES } from './samples.js';

const URI = 'file:///work/notes.md';
const OURS = { commands: Object.values(COMMANDS), state: true };
const LAST = 'Constraints and failure modes';

let client: LspClient;

async function open(text: string, options: ClientOptions = {}, uri = URI): Promise<void> {
  client = await connect({ settings: TWO_RULES, ...options });
  client.open(uri, text);
  await client.findings(uri);
}

afterEach(() => client.stop());

describe('hover', () => {
  test('says of a finding why it matters and what a strong answer does', async () => {
    await open(ANSWER);
    const hover = await client.hover(URI, 'TBD');
    const contents = hover?.contents as MarkupContent;
    expect(contents.kind).toBe('markdown');
    expect(contents.value).toContain('Why it matters');
    expect(contents.value).toContain('structure/unfilled-placeholder');
    expect(hover?.range).toEqual(client.rangeOf(URI, 'TBD'));
  });

  test('follows a finding that moved', async () => {
    await open(ANSWER);
    client.replace(URI, '# Notes', 'Above.\n\n# Notes');
    expect((await client.hover(URI, 'TBD'))?.range).toEqual(client.rangeOf(URI, 'TBD'));
  });

  test('does not speak of a finding that is not shown yet', async () => {
    await open(ANSWER);
    client.replace(URI, 'its transcript', 'XXX here');
    expect(await client.hover(URI, 'XXX')).toBeNull();
    client.save(URI);
    expect(await client.hover(URI, 'XXX')).not.toBeNull();
  });

  test('says of a heading what its section is for', async () => {
    await open(ANSWER);
    const hover = await client.hover(URI, 'Core interaction');
    expect((hover?.contents as MarkupContent).value).toContain('5 min');
  });

  test('is silent elsewhere, and in files that are no answers', async () => {
    await open(ANSWER);
    expect(await client.hover(URI, 'Sales reps')).toBeNull();
    client.open('file:///work/README.md', README);
    expect(await client.hover('file:///work/README.md', 'Requirements')).toBeNull();
    expect(await client.hover('file:///work/README.md', 'TODO')).toBeNull();
  });

  test('is plain for clients that show no markdown', async () => {
    await open(ANSWER, { textDocument: { hover: { contentFormat: ['plaintext'] } } });
    expect((await client.hover(URI, 'TBD'))?.contents).toMatchObject({ kind: 'plaintext' });
  });
});

describe('code actions', () => {
  test('insert a missing section by an edit, after which the finding is gone', async () => {
    await open(ANSWER);
    const [insert] = await client.actions(URI, 'Notes after');
    expect(insert).toMatchObject({ title: `Insert “${LAST}”`, kind: 'quickfix', isPreferred: true });
    expect(insert?.command).toBeUndefined();
    expect(insert?.diagnostics).toMatchObject([{ code: 'structure/missing-section' }]);
    const text = apply(ANSWER, insert);
    expect(text).toContain(`## ${LAST} (3 min)`);
    client.replaceAll(URI, text);
    client.save(URI);
    expect(await client.findings(URI)).not.toContainEqual(expect.stringContaining('missing-section'));
  });

  test('insert it by our command where the client has it', async () => {
    await open(ANSWER, { initializationOptions: OURS });
    const [insert] = await client.actions(URI, 'Notes after');
    expect(insert?.edit).toBeUndefined();
    expect(insert?.command).toMatchObject({
      command: COMMANDS.insertSection,
      arguments: [{ uri: URI, section: 'failure-modes' }],
    });
  });

  test('silence a rule here and in the file, after which the finding is gone', async () => {
    for (const title of [/here$/, /in this file$/]) {
      await open(ANSWER);
      const actions = await client.actions(URI, 'TBD');
      const action = actions.find((candidate) => title.test(candidate.title));
      client.replaceAll(URI, apply(ANSWER, action));
      client.save(URI);
      expect(await client.findings(URI)).not.toContain('structure/unfilled-placeholder: TBD');
    }
  });

  test("open a rule's page in our client only", async () => {
    await open(ANSWER);
    expect((await client.actions(URI, 'TBD')).filter(({ command }) => command)).toEqual([]);
    await client.stop();
    await open(ANSWER, { initializationOptions: OURS });
    const page = (await client.actions(URI, 'TBD')).at(-1);
    expect(page?.command).toMatchObject({
      command: COMMANDS.openRulePage,
      arguments: [
        {
          rule: 'structure/unfilled-placeholder',
          url: expect.stringMatching(/^https:.*unfilled-placeholder\.md$/) as string,
        },
      ],
    });
  });

  test('are none where nothing is shown, or for another kind', async () => {
    await open(ANSWER);
    expect(await client.actions(URI, 'corrects')).toEqual([]);
    expect(await client.actions(URI, 'TBD', ['refactor'])).toEqual([]);
    expect(await client.actions(URI, 'TBD', ['quickfix'])).not.toEqual([]);
  });

  test('fit the text as it is now, also before it is saved', async () => {
    await open(ANSWER);
    client.replace(URI, '# Notes', 'Above.\n\n# Notes');
    const [insert] = await client.actions(URI, 'Notes after');
    const text = apply(client.textOf(URI), insert);
    expect(text.startsWith('Above.\n\n# Notes')).toBe(true);
    expect(text.indexOf(LAST)).toBeGreaterThan(text.indexOf('Cost and latency'));
  });

  test('repair nothing that was mended meanwhile', async () => {
    await open(ANSWER);
    client.replaceAll(URI, `${ANSWER}\n## ${LAST}\n\nThe model is down: the rep writes the note.\n`);
    expect(await client.findings(URI)).toContainEqual(expect.stringContaining('missing-section'));
    expect((await client.actions(URI, 'Notes after')).filter(({ title }) => title.startsWith('Insert'))).toEqual([]);
  });

  test('fit CRLF', async () => {
    const text = ANSWER.replace(/\n/g, '\r\n');
    await open(text);
    const [insert] = await client.actions(URI, 'Notes after');
    expect(apply(text, insert)).not.toMatch(/[^\r]\n/);
  });
});

describe('completion', () => {
  test('offers the missing sections first, as snippets', async () => {
    await open(`${ANSWER}\n#`);
    expect(client.initialized.capabilities.completionProvider?.triggerCharacters).toEqual(['#']);
    const items = await client.completions(URI, { line: ANSWER.split('\n').length, character: 1 });
    const [first] = [...items].sort((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1));
    expect(first).toMatchObject({ label: `## ${LAST}`, insertTextFormat: 2, documentation: { kind: 'markdown' } });
    expect((first?.textEdit as TextEdit).newText).toContain('${1:');
  });

  test('is plain text for clients without snippets', async () => {
    await open(`${ANSWER}\n#`, { textDocument: { completion: {} } });
    const items = await client.completions(URI, { line: ANSWER.split('\n').length, character: 1 });
    expect(items[0]).toMatchObject({ insertTextFormat: 1 });
    expect((items[0]?.textEdit as TextEdit).newText).not.toContain('${');
  });

  test('does not meddle with headings of other documents, and starts an answer in a blank one', async () => {
    await open(`${README}\n#`);
    const typed = { triggerKind: 2, triggerCharacter: '#' } as const;
    const at = { line: README.split('\n').length, character: 1 };
    expect(await client.completions(URI, at, typed)).toEqual([]);
    expect(await client.completions(URI, at)).not.toEqual([]);
    client.open('untitled:Untitled-1', '#');
    expect(await client.completions('untitled:Untitled-1', { line: 0, character: 1 }, typed)).not.toEqual([]);
  });
});

describe('own requests', () => {
  test('list the sections in order, missing ones too', async () => {
    await open(ANSWER);
    const answer = await client.ask(SECTIONS, { uri: URI });
    expect(answer?.framework).toMatchObject({ id: 'five-step' });
    expect(answer?.sections.map(({ id, range }) => `${id}${range ? '' : ' (missing)'}`)).toEqual([
      'problem-framing',
      'core-interaction',
      'data-feedback',
      'cost-latency',
      'failure-modes (missing)',
    ]);
    expect(answer?.sections[0]).toMatchObject({ budgetSeconds: 120, words: expect.any(Number) as number });
    client.open('file:///work/README.md', README);
    expect(await client.ask(SECTIONS, { uri: 'file:///work/README.md' })).toBeNull();
  });

  test('say where a section goes', async () => {
    await open(ANSWER);
    const insertion = await client.ask(INSERTION, { uri: URI, section: 'failure-modes' });
    expect(insertion?.place).toEqual(new LineIndex(ANSWER).toPosition(ANSWER.length));
    expect(plainText(insertion?.snippet ?? '')).toMatch(/^\n## Constraints and failure modes \(3 min\)\n/);
    expect(insertion?.version).toBe(1);
    expect(await client.ask(INSERTION, { uri: URI, section: 'no-such' })).toBeNull();
  });

  test('give frameworks, questions and templates', async () => {
    await open(ANSWER);
    const { frameworks, questions } = await client.ask(CHOICES, null);
    expect(frameworks.map(({ id }) => id)).toEqual(expect.arrayContaining(['five-step', 'pdrif']));
    expect(questions.length).toBeGreaterThan(0);
    const template = await client.ask(TEMPLATE, { framework: 'pdrif', question: 'Design a "spam" filter for $5?' });
    expect(template?.snippet).toMatch(/^---\nframework: pdrif\n/);
    expect(template?.snippet).toContain('# Design a "spam" filter for \\$5?');
    expect(template?.snippet).toContain('${1:');
    const dated = await client.ask(TEMPLATE, { framework: 'pdrif', question: 'Why?', date: '2026-11-21' });
    expect(dated?.snippet).toMatch(/^---\nframework: pdrif\nquestion: "Why\?"\ndate: 2026-11-21\n---\n\n# Why\?\n/);
    expect(await client.ask(TEMPLATE, { framework: 'no-such' })).toBeNull();
  });

  test('a new answer is recognized and shows no flood', async () => {
    await open(ANSWER, { settings: {} });
    for (const framework of ['five-step', 'pdrif']) {
      const template = await client.ask(TEMPLATE, { framework });
      const uri = `untitled:${framework}`;
      client.open(uri, plainText(template?.snippet ?? ''));
      const sections = await client.ask(SECTIONS, { uri });
      expect(sections?.framework.id).toBe(framework);
      expect((await client.findings(uri)).length).toBeLessThanOrEqual(sections?.sections.length ?? 0);
    }
  });
});

function apply(text: string, action: CodeAction | undefined): string {
  const edits = action?.edit?.changes?.[URI];
  if (!edits) throw new Error(`No edit in ${JSON.stringify(action)}.`);
  const lines = new LineIndex(text);
  const inOrder = [...edits].sort((a, b) => lines.toOffset(b.range.start) - lines.toOffset(a.range.start));
  return inOrder.reduce(
    (result, { range, newText }) =>
      result.slice(0, lines.toOffset(range.start)) + newText + result.slice(lines.toOffset(range.end)),
    text,
  );
}
