import { afterEach, describe, expect, test } from 'vitest';
import { LineIndex } from '../../server/src/core/index.js';
import { SECTIONS } from '../../server/src/protocol.js';
import { connect, type LspClient } from './lspClient.js';
import { ANSWER, FINDINGS, only, README, TWO_RULES } from './samples.js';

const URI = 'file:///work/notes.md';
const RUBRIC = 'file:///work/.design-answers/mine.yaml';

let client: LspClient;

afterEach(() => client.stop());

describe('settings', () => {
  test('take effect at once when they change', async () => {
    client = await connect({ settings: TWO_RULES });
    client.open(URI, ANSWER);
    expect(await client.findings(URI)).toEqual(FINDINGS);
    const refresh = client.nextRefresh();
    client.changeSettings(only('structure/missing-section'));
    await refresh;
    expect(await client.findings(URI)).toEqual(FINDINGS.slice(0, 1));
  });

  test('take effect for pushed findings too', async () => {
    client = await connect({ settings: TWO_RULES, pull: false });
    client.open(URI, ANSWER);
    await client.idle();
    const publication = client.nextPublication(URI);
    client.changeSettings(only('structure/missing-section'));
    await publication;
    expect(client.pushed(URI)).toEqual(FINDINGS.slice(0, 1));
  });

  test('change a severity', async () => {
    client = await connect({
      settings: {
        rules: { ...TWO_RULES.rules, 'structure/missing-section': 'hint', 'structure/unfilled-placeholder': 'off' },
      },
    });
    client.open(URI, ANSWER);
    expect(await client.pull(URI)).toMatchObject({ items: [{ severity: 4 }] });
  });

  test('come with the change where the client cannot be asked, and from the start', async () => {
    client = await connect({ configuration: false, initializationOptions: { settings: TWO_RULES } });
    client.open(URI, ANSWER);
    expect(await client.findings(URI)).toEqual(FINDINGS);
    client.changeSettings(only('structure/missing-section'));
    expect(await client.findings(URI)).toEqual(FINDINGS.slice(0, 1));
  });

  test('with mistakes are told once, in words, and the rest holds', async () => {
    const settings = {
      run: 'sometimes',
      rules: { ...TWO_RULES.rules, 'structure/mising-section': 'hint', 'cost/no-numbers': 'loud' },
      defaultFramework: 'six-step',
    };
    client = await connect({ settings });
    client.open(URI, ANSWER);
    client.open('file:///work/other.md', ANSWER);
    await client.findings('file:///work/other.md');
    await client.findings(URI);
    expect(client.shown).toHaveLength(4);
    expect(client.shown).toEqual(
      expect.arrayContaining([
        expect.stringContaining('designAnswers.run'),
        expect.stringContaining('did you mean "structure/missing-section"?'),
        expect.stringContaining('"loud"'),
        expect.stringContaining('five-step, pdrif'),
      ]),
    );
    expect(client.shown.join()).not.toMatch(/\bat .*\.ts:/);
    expect(await client.findings(URI)).toEqual(expect.arrayContaining(FINDINGS));
    client.changeSettings({ ...settings, defaultFramework: 'seven-step' });
    await client.findings(URI);
    expect(client.shown).toHaveLength(5);
  });

  test('name files that are answers whatever their headings say', async () => {
    client = await connect({ settings: { ...TWO_RULES, files: ['practice/**/*.md'] }, folders: ['file:///work'] });
    for (const [uri, isAnswer] of [
      ['file:///work/practice/one/README.md', true],
      ['file:///work/src/practice/README.md', false],
      ['file:///elsewhere/practice/README.md', true],
      ['file:///work/README.md', false],
    ] as const) {
      client.open(uri, README);
      expect([uri, (await client.ask(SECTIONS, { uri })) !== null]).toEqual([uri, isAnswer]);
    }
  });
});

describe('rubrics', () => {
  const mine = [
    'frameworks:',
    '  five-step:',
    '    extends: five-step',
    '    sections:',
    '      - id: failure-modes',
    '        aliases: [When it breaks]',
    '',
  ].join('\n');
  const broken = `${mine}        budgt: 4 min\n`;
  const text = `${ANSWER}\n## When it breaks\n\nThe model is down: the rep writes the note.\n`;

  test('come with the start', async () => {
    client = await connect({ settings: TWO_RULES, initializationOptions: { rubrics: [{ path: RUBRIC, text: mine }] } });
    client.open(URI, text);
    expect(await client.findings(URI)).toEqual(FINDINGS.slice(1));
  });

  test('refresh the findings when they come and go', async () => {
    client = await connect({ settings: TWO_RULES });
    client.open(URI, text);
    expect(await client.findings(URI)).toEqual(FINDINGS);
    const refresh = client.nextRefresh();
    client.sendRubrics([{ path: RUBRIC, text: mine }]);
    await refresh;
    expect(await client.findings(URI)).toEqual(FINDINGS.slice(1));
    client.sendRubrics([]);
    expect(await client.findings(URI)).toEqual(FINDINGS);
  });

  test('show their mistakes at the place, while their good parts work, until they are mended', async () => {
    client = await connect({ settings: TWO_RULES });
    client.open(URI, text);
    const publication = client.nextPublication(RUBRIC);
    client.sendRubrics([{ path: RUBRIC, text: broken }]);
    const { diagnostics } = await publication;
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({
      source: 'Design Answers',
      message: expect.stringContaining('budget') as string,
      range: { start: new LineIndex(broken).toPosition(broken.indexOf('budgt')) },
    });
    expect(await client.findings(URI)).toEqual(FINDINGS.slice(1));
    const cleared = client.nextPublication(RUBRIC);
    client.sendRubrics([{ path: RUBRIC, text: mine }]);
    expect((await cleared).diagnostics).toEqual([]);
  });

  test('are read by the folder they lie in, whatever lies above', async () => {
    const folder = 'file:///work/checks%20and/frameworks/.design-answers';
    const framework = mine
      .split('\n')
      .slice(2)
      .map((line) => line.slice(4))
      .join('\n');
    client = await connect({
      settings: TWO_RULES,
      initializationOptions: {
        rubrics: [
          { path: `${folder}/mine.yaml`, text: 'severity: { structure/unfilled-placeholder: off }\n' },
          { path: `${folder}/frameworks/five-step.yaml`, text: framework },
        ],
      },
    });
    client.open(URI, text);
    await client.findings(URI);
    expect(client.published).toEqual([]);
    expect(await client.findings(URI)).toEqual([]);
  });

  test('that are no rubrics at all lose nobody an answer', async () => {
    client = await connect({ settings: TWO_RULES });
    client.open(URI, ANSWER);
    for (const nonsense of ['\0\0', ': [', '', '- 1\n- 2\n', '{"sections": 7}', 'a: &a [*a]\n']) {
      client.sendRubrics([{ path: RUBRIC, text: nonsense }]);
      expect([nonsense, await client.findings(URI)]).toEqual([nonsense, FINDINGS]);
    }
  });
});
