import { secondsOfBudget } from '../answer/budget.js';
import { DETECTORS, optionProblems } from '../checks/detectors.js';
import { nearestName } from '../nearestName.js';
import { readReferenceTable } from '../reference/readTable.js';
import { orderFeatures } from './featureOrder.js';
import { indexPatterns } from './patternIndex.js';
import { EMPTY_STORE, PatternTables } from './patternTables.js';
import { compilePhrase, PhraseError, type PhraseContext } from './phrases.js';
import { QUANTITY_KINDS } from './quantityKinds.js';
import { slotKinds } from './slotKinds.js';
import {
  SEVERITIES,
  type Amount,
  type BankQuestion,
  type Check,
  type Cue,
  type Example,
  type EvidenceKind,
  type Framework,
  type LabelPattern,
  type Level,
  type Pattern,
  type Rubric,
  type RubricProblem,
  type StandIn,
  type RubricSource,
  type SectionDefinition,
} from './types.js';
import { FieldReader, openRubricFile, type PlacedText } from './yamlReader.js';

/** A rubric with nothing in it. */
export const EMPTY_RUBRIC: Rubric = {
  frameworks: [],
  checks: [],
  kinds: [],
  cues: [],
  patterns: EMPTY_STORE,
  index: { levels: [], rows: [] },
  passedOverHeadings: [],
  questions: [],
  reference: [],
  lists: {},
  irregular: {},
};

/**
 * Reads rubric files over a base. What a file says of something that the base has (a framework by its id, a check, a kind) takes its
 * place; the rest is added. Mistakes are problems at their place in the file, and cost only the thing they stand in.
 */
export function compileRubric(
  sources: readonly RubricSource[],
  base: Rubric = EMPTY_RUBRIC,
): { rubric: Rubric; problems: RubricProblem[] } {
  const problems: RubricProblem[] = [];
  const files = sources.flatMap((source) => {
    const fields = openRubricFile(source, problems);
    return fields ? partsOf(source, fields) : [];
  });
  return { rubric: new Compiler(base).compile(files), problems };
}

type PartKind =
  | 'framework'
  | 'check'
  | 'kind'
  | 'cue'
  | 'words'
  | 'inflections'
  | 'passed-over'
  | 'question'
  | 'reference'
  | 'severity';

interface Part {
  readonly kind: PartKind;
  readonly id: string;
  readonly fields: FieldReader;
}

const FOLDERS: readonly [RegExp, PartKind][] = [
  [/(?:^|\/)frameworks\/([^/]+)\.ya?ml$/, 'framework'],
  [/(?:^|\/)checks\/([^/]+\/[^/]+)\.ya?ml$/, 'check'],
  [/(?:^|\/)evidence\/([^/]+)\.ya?ml$/, 'kind'],
  [/(?:^|\/)language\/(words|calculation-words)\.ya?ml$/, 'words'],
  [/(?:^|\/)language\/(inflections)\.ya?ml$/, 'inflections'],
  [/(?:^|\/)language\/(passed-over-headings)\.ya?ml$/, 'passed-over'],
  [/(?:^|\/)language\/([^/]+)\.ya?ml$/, 'cue'],
  [/(?:^|\/)questions\/([^/]+)\.ya?ml$/, 'question'],
  [/(?:^|\/)reference\/([^/]+)\.ya?ml$/, 'reference'],
];

const BUNDLE_FIELDS: readonly [string, PartKind][] = [
  ['frameworks', 'framework'],
  ['checks', 'check'],
  ['evidence', 'kind'],
  ['questions', 'question'],
  ['reference', 'reference'],
];

/** A file is one thing, by its folder; any other file is a bundle: `frameworks:`, `checks:`, `evidence:`, `questions:`, `reference:`, `words:`, `severity:`. */
function partsOf(source: RubricSource, fields: FieldReader): Part[] {
  const path = source.path.replace(/\\/g, '/');
  for (const [pattern, kind] of FOLDERS) {
    const match = pattern.exec(path);
    if (match) return [{ kind, id: match[1] ?? '', fields }];
  }
  const parts: Part[] = [];
  for (const [field, kind] of BUNDLE_FIELDS) {
    const inner = fields.fields(field);
    for (const key of inner?.keys() ?? []) {
      const part = inner?.fields(key.value);
      if (part) parts.push({ kind, id: key.value, fields: part });
    }
  }
  const words = fields.fields('words');
  if (words) parts.push({ kind: 'words', id: 'words', fields: words });
  const severity = fields.fields('severity');
  if (severity) parts.push({ kind: 'severity', id: 'severity', fields: severity });
  fields.closed([...BUNDLE_FIELDS.map(([field]) => field), 'words', 'severity']);
  return parts;
}

/** The list of the forms of Han characters: an entry holds those of one character, such as the simplified and the traditional one. */
const HAN_FORMS = 'han-form';

class Compiler {
  private readonly tables: PatternTables;
  private readonly lists: Record<string, readonly string[]>;
  private readonly irregular: Record<string, readonly string[]>;
  private readonly kindIds: Set<string>;
  private readonly checkIds: Set<string>;
  private readonly cueIds: Set<string>;
  /** Han characters that have several forms, with all of them. */
  private readonly hanForms = new Map<string, readonly string[]>();

  constructor(private readonly base: Rubric) {
    this.tables = new PatternTables(base.patterns);
    this.lists = { ...base.lists };
    this.irregular = { ...base.irregular };
    this.kindIds = new Set([...QUANTITY_KINDS, ...base.kinds.map((kind) => kind.id)]);
    this.checkIds = new Set(base.checks.map((check) => check.id));
    this.cueIds = new Set(base.cues.map((cue) => cue.id));
  }

  compile(parts: readonly Part[]): Rubric {
    const of = (kind: PartKind) => parts.filter((part) => part.kind === kind);
    for (const part of of('inflections')) {
      for (const key of part.fields.keys()) {
        const forms = part.fields.texts(key.value).map((form) => form.value.toLowerCase());
        this.irregular[key.value] = forms;
      }
    }
    for (const part of of('words')) {
      for (const key of part.fields.keys())
        this.lists[key.value] = part.fields.texts(key.value).map((entry) => entry.value);
    }
    for (const entry of this.lists[HAN_FORMS] ?? []) {
      for (const character of entry) this.hanForms.set(character, [...entry]);
    }
    for (const part of of('kind')) this.kindIds.add(part.id);
    for (const part of of('check')) this.checkIds.add(part.id);
    for (const part of of('cue')) this.cueIds.add(part.id);

    const cues = merge(
      this.base.cues,
      of('cue').map((part) => this.readCue(part)),
    );
    const kinds = this.inOrder(
      merge(
        this.base.kinds,
        of('kind').map((part) => this.readKind(part)),
      ),
      parts,
    );
    const frameworks = merge(
      this.base.frameworks,
      of('framework').flatMap((part) => this.readFramework(part) ?? []),
    );
    const checks = this.withSeverities(
      merge(
        this.base.checks,
        of('check').flatMap((part) => this.readCheck(part, frameworks) ?? []),
      ),
      of('severity'),
    );
    const questions = merge(
      this.base.questions,
      of('question').flatMap((part) => this.readQuestion(part) ?? []),
    );
    const passedOver = of('passed-over').flatMap((part) => this.phrases(part.fields, 'patterns', part.fields));
    const passedOverHeadings = [...this.base.passedOverHeadings, ...passedOver];
    const { patterns, index } = this.linkable(kinds, cues, passedOverHeadings);
    const knownFigures = this.base.reference.flatMap(({ figures }) => figures);
    return {
      frameworks,
      checks,
      kinds,
      cues,
      patterns,
      index,
      passedOverHeadings,
      questions,
      reference: merge(
        this.base.reference,
        of('reference').map((part) => readReferenceTable(part.id, part.fields, knownFigures)),
      ),
      lists: this.lists,
      irregular: this.irregular,
    };
  }

  private context(fields: FieldReader): PhraseContext {
    // In a cue file `words` is a number: how far the cue reaches.
    const own = fields.isMapping('words') ? fields.fields('words') : null;
    return {
      tables: this.tables,
      list: (name) => (own?.has(name) ? own.texts(name).map((entry) => entry.value) : this.lists[name]),
      isKind: (kind) => this.kindIds.has(kind),
      formsOf: (character) => this.hanForms.get(character) ?? [character],
    };
  }

  private phrase(text: PlacedText, fields: FieldReader, context: PhraseContext, isOfLabel = false): Pattern | null {
    try {
      return compilePhrase(text.value, context, isOfLabel);
    } catch (error) {
      if (error instanceof RangeError) {
        fields.problem(error.message, text);
        return null;
      }
      if (!(error instanceof PhraseError)) throw error;
      // A quoted YAML text begins with its quotation mark.
      const shift = text.end - text.start > text.value.length ? 1 : 0;
      const start = Math.min(text.start + shift + error.span.start, Math.max(text.start, text.end - 1));
      fields.problem(
        `${error.message} in the phrase "${text.value.length > 80 ? `${text.value.slice(0, 77)}…` : text.value}"`,
        {
          start,
          end: Math.min(Math.max(start + 1, text.start + shift + error.span.end), text.end),
        },
      );
      return null;
    }
  }

  private phrases(fields: FieldReader, key: string, owner: FieldReader): Pattern[] {
    const context = this.context(owner);
    return fields.texts(key).flatMap((text) => {
      const pattern = this.phrase(text, fields, context);
      return pattern === null ? [] : [pattern];
    });
  }

  /** The patterns and their index. Those that extend others keep the numbers of these, since texts of the store hold them. */
  private linkable(
    kinds: readonly EvidenceKind[],
    cues: readonly Cue[],
    passedOver: readonly Pattern[],
  ): Pick<Rubric, 'patterns' | 'index'> {
    const patterns = this.tables.store;
    const index = indexPatterns(kinds, cues, passedOver, patterns);
    return this.base.patterns.featureCount === 0 ? orderFeatures(patterns, index) : { patterns, index };
  }

  private readCue(part: Part): Cue {
    const { fields } = part;
    fields.closed(['title', 'reach', 'words', 'patterns', 'except']);
    const reach = fields.text('reach') ?? 'after';
    const known = ['after', 'around', 'sentence', 'block'];
    if (!known.includes(reach)) fields.problem(`"reach" is one of ${known.join(', ')}`, fields.spanOfField('reach'));
    return {
      id: part.id,
      patterns: this.phrases(fields, 'patterns', fields),
      except: this.phrases(fields, 'except', fields),
      reach: known.includes(reach) ? (reach as Cue['reach']) : 'after',
      words: fields.number('words') ?? 5,
    };
  }

  private readKind(part: Part): EvidenceKind {
    const { fields } = part;
    fields.closed(KIND_FIELDS);
    const context = this.context(fields);
    const together = fields.textLists('together').flatMap((group) => {
      const patterns = group.map((text) => this.phrase(text, fields, context));
      return patterns.every((pattern) => pattern !== null) && patterns.length > 1 ? [patterns as Pattern[]] : [];
    });
    const labels = fields.items('labels').flatMap((item): LabelPattern[] => {
      if (!(item instanceof FieldReader)) {
        const label = this.phrase(item, fields, context, true);
        return label === null ? [] : [{ label }];
      }
      item.closed(['label', 'has']);
      const label = item.requiredText('label');
      const has = item.requiredText('has');
      if (label === null || has === null) return [];
      const labelPattern = this.phrase({ value: label, ...item.spanOfField('label') }, item, context, true);
      const hasPattern = this.phrase({ value: has, ...item.spanOfField('has') }, item, context, true);
      return labelPattern === null || hasPattern === null ? [] : [{ label: labelPattern, has: hasPattern }];
    });
    const notUnder = fields.has('not-under') ? fields.texts('not-under') : null;
    for (const cue of notUnder ?? []) {
      if (!this.cueIds.has(cue.value)) fields.problem(unknown('cue', cue.value, [...this.cueIds]), cue);
    }
    return {
      id: part.id,
      title: fields.requiredText('title') ?? part.id,
      is: fields.requiredText('is') ?? '',
      isNot: fields.text('is-not') ?? '',
      patterns: this.phrases(fields, 'patterns', fields),
      together,
      labels,
      except: this.phrases(fields, 'except', fields),
      exceptInSentence: this.phrases(fields, 'except-in-sentence', fields),
      notUnder: notUnder ? notUnder.map((cue) => cue.value) : DEFAULT_NOT_UNDER,
      onlyQuestions: fields.flag('only-questions', false),
      bare: fields.flag('bare', false),
      helper: fields.flag('helper', false),
      models: fields.flag('models', false),
      itemized: fields.flag('itemized', false),
      otherwise: this.readOtherwise(part),
    };
  }

  /** One stand-in, or a list of them. */
  private readOtherwise({ id, fields }: Part): StandIn[] {
    const one = fields.isMapping('otherwise') ? fields.fields('otherwise') : null;
    return (one ? [one] : fields.items('otherwise')).flatMap((inner) => {
      if (!(inner instanceof FieldReader)) {
        fields.problem('A stand-in is written as "{ kind: …, least: … }"', inner);
        return [];
      }
      inner.closed(['kind', 'least', 'beside']);
      const amount = this.readAmount(inner, id);
      const beside = inner.fields('beside');
      beside?.closed(['kind', 'least']);
      const condition = beside && this.readAmount(beside, id);
      // Without the condition that was meant it would count far too often.
      if (!amount || (beside && !condition)) return [];
      return [{ ...amount, beside: condition }];
    });
  }

  private readAmount(fields: FieldReader, ofKind: string): Amount | null {
    const kind = fields.requiredText('kind');
    const least = fields.number('least') ?? 1;
    if (!Number.isInteger(least) || least < 1)
      fields.problem('"least" is a number of sentences, from 1 on', fields.spanOfField('least'));
    if (kind === null) return null;
    if (this.kindIds.has(kind) && kind !== ofKind) return { kind, least };
    fields.problem(
      kind === ofKind ? 'A kind cannot stand in for itself' : unknown('evidence kind', kind, [...this.kindIds]),
      fields.spanOfField('kind'),
    );
    return null;
  }

  /** Kinds after the kinds that their patterns use as slots. A circle is reported, and broken where it was found. */
  private inOrder(kinds: readonly EvidenceKind[], parts: readonly Part[]): EvidenceKind[] {
    const byId = new Map(kinds.map((kind) => [kind.id, kind]));
    const state = new Map<string, 'open' | 'done'>();
    const ordered: EvidenceKind[] = [];
    const visit = (kind: EvidenceKind, path: readonly string[]): void => {
      if (state.get(kind.id) === 'done') return;
      if (state.get(kind.id) === 'open') {
        const circle = [...path.slice(path.indexOf(kind.id)), kind.id].join(' → ');
        const fields = parts.find((part) => part.kind === 'kind' && path.includes(part.id))?.fields;
        fields?.problem(`Evidence kinds use each other in a circle: ${circle}`, fields.span);
        return;
      }
      state.set(kind.id, 'open');
      for (const used of slotKinds(kind, this.tables.store)) {
        const other = byId.get(used);
        if (other && other.id !== kind.id) visit(other, [...path, kind.id]);
      }
      state.set(kind.id, 'done');
      ordered.push(kind);
    };
    for (const kind of kinds) visit(kind, []);
    return ordered;
  }

  private readFramework(part: Part): Framework | null {
    const { fields } = part;
    fields.closed(['extends', 'title', 'description', 'sections', 'levels']);
    const parentId =
      fields.text('extends') ?? (this.base.frameworks.some((framework) => framework.id === part.id) ? part.id : null);
    const parent = this.base.frameworks.find((framework) => framework.id === parentId) ?? null;
    if (parentId !== null && !parent) {
      fields.problem(
        unknown(
          'framework',
          parentId,
          this.base.frameworks.map((framework) => framework.id),
        ),
        fields.spanOfField('extends'),
      );
    }
    const given = fields.items('sections').flatMap((item) => {
      if (item instanceof FieldReader) {
        const section = this.readSection(item, parent);
        return section ? [section] : [];
      }
      const inherited = parent?.sections.find((section) => section.id === item.value);
      if (!inherited) fields.problem(`There is no section "${item.value}" to take over`, item);
      return inherited ? [inherited] : [];
    });
    // With `extends`, sections that are given change those of the same id in place, and new ones come last; without, the list is the framework.
    const sections = parent ? merge(parent.sections, given) : given;
    if (sections.length === 0) {
      fields.problem('A framework needs at least one section', fields.spanOfField('sections'));
      return null;
    }
    return {
      id: part.id,
      title: fields.text('title') ?? parent?.title ?? part.id,
      description: fields.text('description') ?? parent?.description ?? '',
      sections,
      levels: this.readLevels(fields, parent),
    };
  }

  /** Levels of the framework's own change those of the same name that it extends. */
  private readLevels(fields: FieldReader, parent: Framework | null): Framework['levels'] {
    const own = fields.textMap('levels').flatMap(({ name, value }) => {
      const budgetSeconds = secondsOfBudget(value.value);
      if (budgetSeconds === null) fields.problem(`"${name.value}" is a time such as "45 min"`, value);
      return budgetSeconds === null ? [] : [{ name: name.value, budgetSeconds }];
    });
    const inherited = (parent?.levels ?? []).filter(({ name }) => !own.some((level) => level.name === name));
    return [...inherited, ...own];
  }

  private readSection(fields: FieldReader, parent: Framework | null): SectionDefinition | null {
    fields.closed([
      'id',
      'title',
      'budget',
      'caution',
      'ordinary',
      'purpose',
      'aliases',
      'ordinary-aliases',
      'template',
    ]);
    const id = fields.requiredText('id');
    if (id === null) return null;
    const inherited = parent?.sections.find((section) => section.id === id);
    const title = fields.text('title') ?? inherited?.title;
    if (!title) {
      fields.problem('"title" is missing', fields.spanOfField('id'));
      return null;
    }
    const budget = this.readMinutes(fields, 'budget');
    const caution = this.readMinutes(fields, 'caution') ?? inherited?.cautionSeconds;
    const texts = (key: string) => fields.texts(key).map((text) => text.value);
    return {
      id,
      title,
      budgetSeconds: budget ?? inherited?.budgetSeconds ?? 300,
      ...(caution === undefined ? {} : { cautionSeconds: caution }),
      purpose: fields.text('purpose') ?? inherited?.purpose ?? '',
      aliases: [...(inherited?.aliases ?? []), ...texts('aliases')],
      ordinary: fields.flag('ordinary', inherited?.ordinary ?? false),
      ordinaryAliases: [...(inherited?.ordinaryAliases ?? []), ...texts('ordinary-aliases')],
      template: fields.text('template') ?? inherited?.template ?? '${1:‹your answer›}',
    };
  }

  /** A time in seconds. */
  private readMinutes(fields: FieldReader, key: string): number | null {
    const text = fields.text(key);
    if (text === null) return null;
    const seconds = secondsOfBudget(text);
    if (seconds !== null) return seconds;
    fields.problem(`"${key}" is a time such as "5 min"`, fields.spanOfField(key));
    return null;
  }

  private readCheck({ id, fields }: Part, frameworks: readonly Framework[]): Check | null {
    fields.closed(CHECK_FIELDS);
    const detector = fields.requiredText('detector');
    if (detector === null) return null;
    if (!DETECTORS.has(detector)) {
      fields.problem(unknown('detector', detector, [...DETECTORS.keys()]), fields.spanOfField('detector'));
      return null;
    }
    const optionFields = fields.fields('options');
    const options = (fields.plain('options') ?? {}) as Record<string, unknown>;
    for (const problem of optionProblems(detector, options, this.kindIds)) {
      (optionFields ?? fields).problem(
        problem.message,
        optionFields && problem.option ? optionFields.spanOfField(problem.option) : fields.spanOfField('detector'),
      );
    }
    const owner: Record<string, string> = {};
    for (const { name, value } of fields.textMap('owner')) {
      const framework = frameworks.find((candidate) => candidate.id === name.value);
      if (!framework)
        fields.problem(
          unknown(
            'framework',
            name.value,
            frameworks.map((candidate) => candidate.id),
          ),
          name,
        );
      else if (!framework.sections.some((section) => section.id === value.value)) {
        fields.problem(
          unknown(
            'section',
            value.value,
            framework.sections.map((section) => section.id),
          ),
          value,
        );
      } else owner[name.value] = value.value;
    }
    const part = fields.texts('part');
    const onlyWith = fields.texts('only-with');
    for (const kind of [...part, ...onlyWith]) {
      if (!this.kindIds.has(kind.value)) fields.problem(unknown('evidence kind', kind.value, [...this.kindIds]), kind);
    }
    const unlessTold = fields.texts('unless-told');
    for (const rule of unlessTold) {
      if (!this.checkIds.has(rule.value)) fields.problem(unknown('rule', rule.value, [...this.checkIds]), rule);
      else if (rule.value === id) fields.problem('A check cannot take its own place', rule);
    }
    const message = fields.requiredText('message');
    if (message === null) return null;
    const examples = fields.fields('examples');
    return {
      id,
      formerly: fields.texts('formerly').map((text) => text.value),
      title: fields.text('title') ?? id,
      detector,
      options,
      severity: this.readSeverity(fields),
      owner,
      part: part.map((kind) => kind.value),
      onlyWith: onlyWith.map((kind) => kind.value),
      unlessTold: unlessTold.map((rule) => rule.value),
      message,
      why: fields.requiredText('why') ?? '',
      next: fields.requiredText('next') ?? '',
      questions: fields.texts('questions').map((text) => text.value),
      examples: {
        bad: this.readExamples(examples, 'bad'),
        good: this.readExamples(examples, 'good'),
      },
    };
  }

  /** Examples are texts, or texts with the timing of the round that they were written in. */
  private readExamples(fields: FieldReader | null, key: 'bad' | 'good'): Example[] {
    if (!fields?.has(key)) return [];
    const items = fields.isText(key) ? fields.texts(key) : fields.items(key);
    return items.flatMap((item): Example[] => {
      if (!(item instanceof FieldReader)) return [{ text: item.value }];
      item.closed(['text', 'timing']);
      const text = item.requiredText('text');
      if (text === null) return [];
      const timing = item.fields('timing');
      if (!timing) return [{ text }];
      timing.closed(['used', 'finished']);
      const used = timing.fields('used');
      const usedSeconds: Record<string, number> = {};
      for (const { value: section } of used?.keys() ?? []) {
        const seconds = used && this.readMinutes(used, section);
        if (seconds !== null && seconds !== undefined) usedSeconds[section] = seconds;
      }
      return [{ text, timing: { usedSeconds, finished: timing.flag('finished', false) } }];
    });
  }

  private readSeverity(fields: FieldReader): Record<string, Level> {
    if (!fields.has('severity')) return { '*': 'warning' };
    const entries = fields.isText('severity')
      ? [{ name: '*', value: { value: fields.text('severity') ?? '', ...fields.spanOfField('severity') } }]
      : fields.textMap('severity').map(({ name, value }) => ({ name: name.value, value }));
    const severity: Record<string, Level> = {};
    for (const { name, value } of entries) {
      if (isLevel(value.value)) severity[name] = value.value;
      else fields.problem(`A severity is one of ${SEVERITIES.join(', ')} or off`, value);
    }
    return severity;
  }

  private withSeverities(checks: readonly Check[], parts: readonly Part[]): Check[] {
    let changed = [...checks];
    for (const part of parts) {
      for (const { name, value } of part.fields.entries()) {
        const known = changed.some((check) => check.id === name.value);
        if (!known)
          part.fields.problem(
            unknown(
              'rule',
              name.value,
              changed.map((check) => check.id),
            ),
            name,
          );
        else if (!isLevel(value.value))
          part.fields.problem(`A severity is one of ${SEVERITIES.join(', ')} or off`, value);
        else {
          const level = value.value;
          changed = changed.map((check) => (check.id === name.value ? { ...check, severity: { '*': level } } : check));
        }
      }
    }
    return changed;
  }

  private readQuestion(part: Part): BankQuestion | null {
    const { fields } = part;
    fields.closed(['title', 'text', 'category', 'framework', 'traps']);
    const text = fields.requiredText('text');
    if (text === null) return null;
    return {
      id: part.id,
      title: fields.text('title') ?? part.id,
      text,
      category: fields.text('category') ?? '',
      framework: fields.text('framework') ?? '',
      traps: fields.texts('traps').map((trap) => trap.value),
    };
  }
}

const KIND_FIELDS = [
  'title',
  'is',
  'is-not',
  'words',
  'patterns',
  'together',
  'labels',
  'except',
  'except-in-sentence',
  'not-under',
  'only-questions',
  'bare',
  'helper',
  'models',
  'itemized',
  'otherwise',
  'is-examples',
  'is-not-examples',
];
const CHECK_FIELDS = [
  'title',
  'formerly',
  'detector',
  'options',
  'owner',
  'part',
  'only-with',
  'unless-told',
  'severity',
  'message',
  'why',
  'next',
  'questions',
  'examples',
];
const DEFAULT_NOT_UNDER: readonly string[] = [
  'negation',
  'deferral',
  'question',
  'delegation',
  'talking-point',
  'someone-else',
];

/** The base's items with those of the same id replaced in place, and new ones after them. */
function merge<T extends { readonly id: string }>(base: readonly T[], added: readonly T[]): T[] {
  const replaced = base.map((item) => added.findLast((candidate) => candidate.id === item.id) ?? item);
  const known = new Set(base.map((item) => item.id));
  const fresh = added.filter(
    (item, index) => !known.has(item.id) && added.findLastIndex((other) => other.id === item.id) === index,
  );
  return [...replaced, ...fresh];
}

function isLevel(value: string): value is Level {
  return value === 'off' || SEVERITIES.some((severity) => severity === value);
}

function unknown(what: string, name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return `There is no ${what} "${name}"${nearest ? `; did you mean "${nearest}"?` : known.length > 0 && known.length <= 12 ? `; known are ${known.join(', ')}` : ''}`;
}
