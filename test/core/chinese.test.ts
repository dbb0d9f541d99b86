import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { isHan } from '../../server/src/core/answer/letters.js';
import { evidenceFinder } from '../../server/src/core/evidence/findEvidence.js';
import { readQuantities } from '../../server/src/core/evidence/quantities.js';
import { tokenize } from '../../server/src/core/evidence/tokens.js';
import { DEFAULT_SETTINGS, extendRubric, review, type RubricSource } from '../../server/src/core/index.js';
import { compileRubric } from '../../server/src/core/rubric/compileRubric.js';
import { builtInRubric, compileForTest } from '../support/rubric.js';

const rubric = builtInRubric();
const HAN = /[\u3400-\u9fff]/;

/** A kind of one's own with this in its file. */
function kindOf(content: string): RubricSource {
  return {
    path: '.design-answers/evidence/thing.yaml',
    text: `title: Thing\nis: A thing.\nis-not: Another one.\n${content}`,
  };
}

/** The texts of what a kind with this in its file finds. */
function found(content: string, text: string): string[] {
  return evidenceFinder(compileForTest(kindOf(content)))
    .find(text, [])
    .evidence.filter(({ kind }) => kind === 'thing')
    .map(({ start, end }) => text.slice(start, end));
}

/** What a rubric says of a kind that it cannot read. */
function problemOf(pattern: string): string | undefined {
  return extendRubric(builtInRubric(), [kindOf(`patterns:\n  - ${pattern}\n`)]).problems[0]?.message;
}

function sentencesOf(text: string): string[] {
  return tokenize(text).sentenceList.map(({ start, end }) => text.slice(start, end));
}

describe('tokens of a Chinese text', () => {
  it('are single characters, and words of other scripts whole', () => {
    expect(tokenize('用Redis缓存v2.1的key').words).toEqual(['用', 'redis', '缓', '存', 'v2.1', '的', 'key']);
    expect(tokenize('1.支持3.5秒').words).toEqual(['1', '支', '持', '3.5', '秒']);
  });

  it('stand in sentences and clauses that full-width signs part', () => {
    expect(sentencesOf('先写日志。再回应！够快吗？够。')).toEqual(['先写日志。', '再回应！', '够快吗？', '够。']);
    expect(tokenize('先写日志。够快吗？').sentenceList.map(({ isQuestion }) => isQuestion)).toEqual([false, true]);
    const { words, clauses, afterComma } = tokenize('慢，贵；旧（坏）：新、好');
    expect(words).toEqual(['慢', '贵', '旧', '坏', ':', '新', '好']);
    expect(new Set(clauses.slice(0, 5)).size).toBe(5);
    expect(clauses[5]).toBe(clauses[6]);
    expect(afterComma).toEqual([false, true, false, false, false, false, false]);
  });

  it('end a sentence at an ASCII sign without a blank, but not at a dot', () => {
    expect(sentencesOf('够快吗?够快!真的')).toEqual(['够快吗?', '够快!', '真的']);
    expect(sentencesOf('见 2.延迟')).toEqual(['见 2.延迟']);
  });

  it('are in order, each Han character one of them, whatever the text', () => {
    const piece = fc.constantFrom(
      '数',
      '据',
      '移',
      'a',
      'B',
      '7',
      ' ',
      '.',
      '，',
      '。',
      '？',
      '：',
      '、',
      '-',
      '/',
      '|',
      '\n',
      "'",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        const { count, starts, ends, words, sentences, sentenceList } = tokenize(text);
        const han = [...text].filter((character) => isHan(character.charCodeAt(0)));
        expect(words.filter((word) => HAN.test(word))).toEqual(han);
        for (let token = 0; token < count; token++) {
          expect(starts[token]).toBeGreaterThanOrEqual(token === 0 ? 0 : ends[token - 1]!);
          const sentence = sentenceList[sentences[token]!]!;
          expect(token >= sentence.from && token < sentence.to).toBe(true);
        }
      }),
    );
  });

  it('leave numbers and units to the quantities', () => {
    const kinds = readQuantities('100ms以内，占30%以上，每天2TB').map(({ kind }) => kind);
    expect(kinds).toEqual(['duration', 'percentage', 'data-size']);
  });
});

describe('a phrase in Chinese', () => {
  it('reads the traditional characters too, and blanks in it say nothing', () => {
    expect(found('patterns:\n  - 数据漂移\n', '我们每周看数据漂移。')).toEqual(['数据漂移']);
    expect(found('patterns:\n  - 数据 漂移\n', '我們每週看數據漂移。')).toEqual(['數據漂移']);
  });

  it('counts characters in its gaps', () => {
    expect(found('patterns:\n  - 避免 ..4 超卖\n', '用锁避免库存的超卖。')).toEqual(['避免库存的超卖']);
    expect(found('patterns:\n  - 避免 ..4 超卖\n', '用锁避免热门商品的超卖。')).toEqual([]);
  });

  it('takes a whole word for optional', () => {
    expect(found('patterns:\n  - 功能(性)?需求\n', '功能需求和功能性需求。')).toEqual(['功能需求', '功能性需求']);
    expect(found('patterns:\n  - 自动? 重试\n', '先自动重试，再重试。')).toEqual(['自动重试', '重试']);
  });

  it('has no inflections and no prefixes', () => {
    expect(problemOf('重试~')).toMatch(/^A Han character has no inflections/);
    expect(problemOf('重试*')).toMatch(/^A prefix needs at least two letters/);
  });

  it('is taken back by a cue, and goes on behind its clause', () => {
    const thing = 'patterns:\n  - (监控|告警)\n';
    expect(found(thing, '目前没有监控。')).toEqual([]);
    expect(found(thing, '没有监控、告警。')).toEqual([]);
    expect(found(thing, '没有值班，监控由平台做。')).toEqual(['监控']);
    expect(found(thing, '要加监控吗？')).toEqual([]);
  });
});

describe('a label in Chinese', () => {
  const thing = 'patterns:\n  - 某物\nlabels:\n  - 应对措施\n';

  it.each([
    ['a full-width colon', '应对措施：切换到备用机房'],
    ['a colon without a blank', '应对措施:切换到备用机房'],
    ['a bold run', '**应对措施**：切换到备用机房'],
    ['a colon inside of a bold run', '**应对措施：** 切换到备用机房'],
    ['a number before it', '二、应对措施：切换到备用机房'],
  ])('may have %s', (_, text) => {
    expect(found(thing, text)).toEqual(['切换到备用机房']);
  });

  it('leads in a list, and a line of a paragraph', () => {
    expect(found(thing, '**应对措施：**\n\n- 切换到备用机房\n')).toEqual(['切换到备用机房']);
    expect(found(thing, '风险：机房断电\n应对措施：切换到备用机房')).toEqual(['切换到备用机房']);
  });

  it('is none where it holds a clause', () => {
    expect(found(thing, '先说清楚，应对措施：切换到备用机房')).toEqual([]);
  });
});

describe('an answer in Chinese', () => {
  const answer =
    '---\nframework: pdrif\n---\n# 设计题\n\n## Problem\n\n帮助值班护士在十分钟内找到床位。假设每天有两千个用户查询。\n\n' +
    '## Data\n\n数据来自三家医院的挂号系统，由两位护士标注。\n\n## Infrastructure\n\n' +
    '- 接口超时就返回昨天缓存的结果。\n- 响应时间控制在 300 毫秒，每次查询约 0.02 元。\n- 拿不准的转给值班主任，线上监控错误率。\n';
  const { findings, evidence, sections } = review(answer, rubric, DEFAULT_SETTINGS);

  it('shows its evidence and gets the one finding', () => {
    const kinds = new Set(evidence.map(({ kind }) => kind));
    const expected = [
      'user',
      'assumption',
      'data-source',
      'labeling',
      'failure-mode',
      'fallback',
      'latency',
      'unit-cost',
      'monitoring',
    ];
    expect([...kinds]).toEqual(expect.arrayContaining(expected));
    expect(findings.map(({ rule }) => rule)).toEqual(['structure/unsupported-language']);
  });

  it('counts two characters for a word', () => {
    expect(sections.find(({ id }) => id === 'data')?.words).toBe(10);
  });
});

describe('the phrases in Chinese', () => {
  /** A rubric file's content without the items that hold Han characters. */
  function inEnglish(content: unknown): unknown {
    if (Array.isArray(content)) return content.filter((item) => !HAN.test(JSON.stringify(item)));
    if (typeof content !== 'object' || content === null) return content;
    return Object.fromEntries(Object.entries(content).map(([key, value]) => [key, inEnglish(value)]));
  }

  it('find nothing in English texts', () => {
    const root = join(import.meta.dirname, '../../rubrics');
    const files = ['evidence', 'language'].flatMap((folder) =>
      readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
    );
    const contents = files.map((path) => [path, inEnglish(parse(readFileSync(join(root, path), 'utf8')))] as const);
    const { rubric: english } = compileRubric(
      contents.map(([path, content]) => ({ path: join('rubrics', path), text: stringify(content) })),
    );
    expect(english.kinds.map(({ id }) => id)).toEqual(rubric.kinds.map(({ id }) => id));
    expect(english.patterns.featureCount).toBeLessThan(rubric.patterns.featureCount);
    // A part of them, as all take long.
    const examples = contents
      .flatMap(([, content]) => (content as { 'is-examples'?: string[] })['is-examples'] ?? [])
      .filter((_, index) => index % 2 === 0);
    expect(examples.length).toBeGreaterThan(800);
    for (let first = 0; first < examples.length; first += 100) {
      const text = examples.slice(first, first + 100).join('\n\n');
      expect(evidenceFinder(rubric).find(text, [])).toEqual(evidenceFinder(english).find(text, []));
    }
  });
});
