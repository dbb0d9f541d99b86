import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { readBlocks } from '../../server/src/core/answer/blocks.js';
import { findCalculationsIn } from '../../server/src/core/calculations/findCalculations.js';

const root = join(import.meta.dirname, '../..');
const lists = parse(readFileSync(join(root, 'rubrics/language/calculation-words.yaml'), 'utf8')) as Record<
  string,
  string[]
>;

/** A text's calculations, as `verdict: what the operands give | what is stated (the mistake)`. */
function calculationsOf(text: string): string[] {
  return findCalculationsIn(readBlocks(text).blocks, lists).map(({ verdict, told, result, slip, isRounding }) => {
    const stated = verdict === 'holds' || verdict === 'open' ? '' : ` | ${result?.text ?? ''}`;
    const why = isRounding ? ' (rounding)' : slip === undefined ? '' : ` (${slip})`;
    return `${verdict}: ${told}${stated}${why}`;
  });
}

/** Each row is a text and the calculations in it. */
const READINGS: Readonly<Record<string, readonly (readonly [text: string, ...expected: string[]])[]>> = {
  products: [
    ['10,000 × 500 × $0.015/1K = $75', 'holds: 10,000 × 500 × $0.015/1K = $75'],
    [
      '10,000 queries/day × 500 tokens at $0.015 per 1K tokens = $75 a day.',
      'holds: 10,000 queries/day × 500 tokens × $0.015 per 1K tokens = $75 a day',
    ],
    ['10,000\\*500\\*$0.002/1K = \\$10', 'holds: 10,000 × 500 × $0.002/1K = $10'],
    ['**225M** x $3/M   = $675', 'holds: 225M × $3/M = $675'],
    ['225M x $3/M = $765', 'fails: 225M × $3/M = $675 | $765'],
    ['$1,350 / 500 = $2.70', 'holds: $1,350 ÷ 500 = $2.70'],
    [
      'A 128K-token prompt at $0.015 per 1K tokens comes to $19.20.',
      'fails: 128K-token × $0.015 per 1K tokens = $1.92 | $19.20 (magnitude)',
    ],
    ['$75/day (10,000 × 500 × $0.015/1K)', 'holds: 10,000 × 500 × $0.015/1K = $75/day'],
    ['$85/day (10,000 × 500 × $0.015/1K)', 'fails: 10,000 × 500 × $0.015/1K = $75/day | $85/day'],
    ['20% of 10k = 2k', 'holds: 20% × 10k = 2k'],
    ['20% of 10,000 users = 3,000 users', 'fails: 20% × 10,000 users = 2,000 users | 3,000 users'],
    ['It is 10 × (5 + 2) = 70, and (10 × 5) × 2 = 100', 'holds: 10 × (5 + 2) = 70', 'holds: 10 × 5 × 2 = 100'],
    ['10,000 × 500\n× $0.015/1K\n= $75', 'holds: 10,000 × 500 × $0.015/1K = $75'],
  ],
  'what each one has, shares and changes': [
    [
      'One run makes 7 calls of 3K tokens: 210K tokens.',
      'fails: 7 calls × 3K tokens = 21K tokens | 210K tokens (magnitude)',
    ],
    [
      'At 50 tokens per second, a 400-token answer needs 4 seconds.',
      'unclear: 400-token ÷ 50 tokens per second = 8 seconds | 4 seconds (rounding)',
    ],
    [
      'Three annotators label 400 items each, 1,600 altogether.',
      'unclear: Three annotators × 400 items = 1,200 | 1,600 (rounding)',
    ],
    ['2% of 30,000 answers is 6,000.', 'fails: 2% × 30,000 answers = 600 | 6,000 (magnitude)'],
    [
      '3% of 250,000 claims are flagged: 75,000 claims.',
      'unclear: 3% × 250,000 claims = 7,500 claims | 75,000 claims (magnitude)',
    ],
    ['Handle time falls 30%, from 10 min to 6 min.', 'unclear: (10 min − 6 min) ÷ 10 min = 40% | 30% (share)'],
    ['Handle time falls 40%, from 10 min to 6 min.'],
    [
      'At $49 a seat and $11 of model spend, the margin is 88%.',
      'unclear: ($49 a seat − $11) ÷ $49 a seat = 77.6% | 88% (share)',
    ],
    ['70B parameters × 2 bytes = 140 GB', 'holds: 70B × 2 bytes = 140 GB'],
    ['70B parameters × 2 bytes = 14 GB', 'fails: 70B × 2 bytes = 140 GB | 14 GB (magnitude)'],
    ['70B parameters × 2 bytes = 168 GB with the cache', 'fails: 70B × 2 bytes = 140 GB | 168 GB'],
    ['18 TB × 5 years = 900 TB', 'fails: 18 TB × 5 years = 90 TB | 900 TB (magnitude)'],
    ['2 TB × 12 months = 240 TB', 'fails: 2 TB × 12 months = 24 TB | 240 TB (magnitude)'],
    [
      'At 30 tokens per second a 600-token plan takes 12 seconds.',
      'unclear: 600-token ÷ 30 tokens per second = 20 seconds | 12 seconds (rounding)',
    ],
    [
      '- 800 calls × $0.05 = $40\n- 200 reviews × $2 = $400\n- Total: $540',
      'holds: 800 calls × $0.05 = $40',
      'holds: 200 reviews × $2 = $400',
      'fails: $40 + $400 = $440 | $540',
    ],
    ['We sell at $2 a report with $0.30 of tokens and people, for a 60% margin.'],
    ['1h30 × 20 interviews = 20 hours', 'fails: 1h30 × 20 interviews = 30 hours | 20 hours'],
    ['1M queries × 0.002 = $20,000', 'unclear: 1M queries × 0.002 = $2,000 | $20,000 (magnitude)'],
    [
      '$18,000 saves $6,000 a month, so it pays back in five months.',
      'unclear: $18,000 ÷ $6,000 a month = 3 months | five months (rounding)',
    ],
  ],
  'sums and chains': [
    ['$0.05 + $0.01 + $0.03 = $0.09', 'holds: $0.05 + $0.01 + $0.03 = $0.09'],
    ['$0.021 x 0.8 + $4.00 x 0.2 = $0.82/ticket', 'holds: $0.021 × 0.8 + $4.00 × 0.2 = $0.82/ticket'],
    ['$100 - $40 = $50', 'fails: $100 − $40 = $60 | $50'],
    ['$0.09 × 30 = $2.70 × 500 = $1,350', 'holds: $0.09 × 30 = $2.70', 'holds: $2.70 × 500 = $1,350'],
    [
      '10,000 × 500 = 5M tokens × $0.015/1K = $75',
      'holds: 10,000 × 500 = 5M tokens',
      'holds: 5M tokens × $0.015/1K = $75',
    ],
  ],
  units: [
    ['$75/day = $2,250/month = $27,000/year', 'holds: $75/day = $2,250/month', 'holds: $2,250/month = $27,000/year'],
    ['$75/day = $22,500/month', 'fails: $75/day = $2,250/month | $22,500/month (magnitude)'],
    ['$0.015/1K = $15/1M', 'holds: $0.015/1K = $15/1M'],
    ['$0.015/1K = $1.5/1M', 'fails: $0.015/1K = $15/1M | $1.5/1M (magnitude)'],
    ['10k queries/day × $0.0075 = $2,250/month', 'holds: 10k queries/day × $0.0075 = $2,250/month'],
    ['10k queries/day × 30 = 300k queries/month', 'holds: 10k queries/day × 30 = 300k queries/month'],
    ['10k queries/day × $0.0075 = $2,250', 'unclear: 10k queries/day × $0.0075 = $75 | $2,250 (period)'],
    ['Monthly: 10k queries/day × $0.0075 = $2,250', 'unclear: 10k queries/day × $0.0075 = $75 | $2,250'],
    ['$2/GPU-hour × 24 hours × 30 days × 4 GPUs = $5,760', 'holds: $2/GPU-hour × 24 hours × 30 days × 4 GPUs = $5,760'],
    ['20 ms/token × 500 tokens = 10 s', 'holds: 20 ms/token × 500 tokens = 10 s'],
    ['20 ms/token × 500 tokens = 1 s', 'fails: 20 ms/token × 500 tokens = 10 s | 1 s (magnitude)'],
    [
      '1 request per second = 2.5 million requests per month',
      'holds: 1 request per second = 2.5 million requests per month',
    ],
    ['2 minutes × 300 jobs a day = 10 hours', 'holds: 2 minutes × 300 jobs a day = 10 hours'],
    ['2 minutes × 300 jobs a day = 12 hours', 'fails: 2 minutes × 300 jobs a day = 10 hours | 12 hours'],
    ['2 minutes × 300 jobs a day = 300 hours a month', 'holds: 2 minutes × 300 jobs a day = 300 hours a month'],
    // Nobody knows how many hours a day they work.
    [
      '12 tickets an hour × 10 agents = 500 tickets a day',
      'unclear: 12 tickets an hour × 10 agents = 2,880 tickets a day | 500 tickets a day',
    ],
    ['5 × 3 cents = $15', 'fails: 5 × 3 cents = $0.15 | $15 (cents)'],
    ['10K sessions x ~10KB each = 100MB', 'holds: 10K sessions × ~10KB = 100MB'],
  ],
  rounding: [
    ['3 × $0.33 = $1.00', 'holds: 3 × $0.33 = $1.00'],
    // Cents add up to the cent; a product may come from what its operands were before they were rounded.
    ['$0.05 + $0.01 + $0.03 = $0.10', 'fails: $0.05 + $0.01 + $0.03 = $0.09 | $0.10'],
    ['$0.05 + 0.01 = $0.07', 'fails: $0.05 + 0.01 = $0.06 | $0.07'],
    ['$12.50 - $2.26 = $10.20', 'fails: $12.50 − $2.26 = $10.24 | $10.20'],
    ['$0.05 + $0.01 + $0.03 = about $0.10', 'holds: $0.05 + $0.01 + $0.03 = $0.10'],
    ['~$0.05 + $0.01 + $0.03 = $0.11', 'unclear: ~$0.05 + $0.01 + $0.03 = $0.09 | $0.11 (rounding)'],
    ['$1.2M + $0.3M = $1.6M', 'unclear: $1.2M + $0.3M = $1.5M | $1.6M (rounding)'],
    ['500 × $0.021 = $10.70', 'unclear: 500 × $0.021 = $10.50 | $10.70 (rounding)'],
    ['250 × $1.37 = $343', 'holds: 250 × $1.37 = $343'],
    ['250 × $1.37 = $344', 'unclear: 250 × $1.37 = $343 | $344 (rounding)'],
    ['250 × $1.37 = $345', 'fails: 250 × $1.37 = $343 | $345'],
    ['33% of 10,000 = 3,333', 'holds: 33% × 10,000 = 3,333'],
    // The writer went on with the figure before it was rounded.
    ['100M / 86,400 = 1,157 QPS and 1,157 × 3 = 3,472', 'holds: 100M ÷ 86,400 = 1,157 QPS', 'holds: 1,157 × 3 = 3,472'],
    ['1,157 × 3 = 3,472', 'unclear: 1,157 × 3 = 3,471 | 3,472 (rounding)'],
    ['10,000 × $0.0075 ≈ $80', 'holds: 10,000 × $0.0075 = ≈ $80'],
    ['10,000 × $0.0075 = $80', 'fails: 10,000 × $0.0075 = $75 | $80'],
    ['1M requests/day ÷ 86,400 = 12 req/s', 'holds: 1M requests/day ÷ 86,400 = 12 req/s'],
  ],
  slips: [
    [
      '8,000 queries × 500 tokens × $0.015/1K = $6 a day',
      'fails: 8,000 queries × 500 tokens × $0.015/1K = $60 a day | $6 a day (magnitude)',
    ],
    ['2,000 GB × $0.03 = $600 a month', 'fails: 2,000 GB × $0.03 = $60 a month | $600 a month (magnitude)'],
    ['100 QPS / 50 = 20 GPUs', 'fails: 100 QPS ÷ 50 = 2 GPUs | 20 GPUs (magnitude)'],
    ['$60 a day is $600 a month', 'fails: $60 a day = $1,800 a month | $600 a month'],
    ['$20,000/day → $60,000/month', 'fails: $20,000/day = $600,000/month | $60,000/month (magnitude)'],
    ['43,200 calls a day = 30 QPS', 'fails: 43,200 calls a day = 0.5 QPS | 30 QPS (period)'],
    ['600 tokens at $0.01 = $60', 'fails: 600 tokens × $0.01 = $6 | $60 (magnitude)'],
    // So far off, nobody knows what was meant.
    ['3,000 × 5,000 × $2 = $30', 'unclear: 3,000 × 5,000 × $2 = $30,000,000 | $30 (bulk-price)'],
    ['10,000 × 500 × $0.015/1K = $75,000', 'fails: 10,000 × 500 × $0.015/1K = $75 | $75,000 (denominator)'],
    [
      '10,000 × 500 × $0.015/1K = $750 per day',
      'fails: 10,000 × 500 × $0.015/1K = $75 per day | $750 per day (magnitude)',
    ],
    ['10,000 calls × 8 steps × $0.002 = $20', 'fails: 10,000 calls × 8 steps × $0.002 = $160 | $20 (missing-operand)'],
  ],
  tables: [
    [
      '| Step | Cost |\n|---|---|\n| Transcribe | $0.05 |\n| Cluster | $0.01 |\n| Draft | $0.03 |\n| **Total** | **$0.19** |',
      'fails: $0.05 + $0.01 + $0.03 = $0.09 | $0.19',
    ],
    [
      '| Step | Tokens | Cost |\n|---|---|---|\n| Draft | 500 tokens | $5 |\n| Check | 200 tokens | $2 |\n| Total | 700 tokens | $7 |',
      'holds: 500 tokens + 200 tokens = 700 tokens',
      'holds: $5 + $2 = $7',
    ],
    // Shares weigh the tiers.
    ['| Tier | Share | Cost |\n|---|---|---|\n| Small | 80% | $10 |\n| Large | 20% | $75 |\n| Total | 100% | $23 |'],
    // A price list, a mean, the last month, one row left out, a discount, a year's total of months.
    ['| Tier | Price |\n|---|---|\n| Small | $10 |\n| Large | $75 |\n| Total | $23 |'],
    ['| Tier | Cost |\n|---|---|\n| Small | $10 |\n| Large | $30 |\n| Overall | $20 |'],
    ['| Step | Cost |\n|---|---|\n| Setup | $100 |\n| Model | $30 |\n| Disk | $5 |\n| Total | $35 |'],
    ['| Step | Cost |\n|---|---|\n| Model | $30 |\n| Disk | $5 |\n| Discount | $3 |\n| Total | $32 |'],
    ['| Step | Cost |\n|---|---|\n| Model | $30 |\n| Disk | $5 |\n| Total | $420 |'],
    // Stages that run side by side.
    ['| Stage | p95 |\n|---|---|\n| A | 200 ms |\n| B | 300 ms |\n| Total | 350 ms |'],
    [
      '| Queries | Tokens | Price | Cost |\n|---|---|---|---|\n| 10,000 | 500 | $0.015/1K | $75 |\n| 20,000 | 500 | $0.015/1K | $150 |\n| 10,000 | 500 | $0.002/1K | $10 |\n| 10,000 | 800 | $0.002/1K | $26 |',
      'holds: 10,000 × 500 × $0.015/1K = $75',
      'holds: 20,000 × 500 × $0.015/1K = $150',
      'holds: 10,000 × 500 × $0.002/1K = $10',
      'fails: 10,000 × 800 × $0.002/1K = $16 | $26',
    ],
  ],
  lists: [
    ['- Input: $675\n- Output: $375\n- **Total:** $1,150 a day', 'fails: $675 + $375 = $1,050 a day | $1,150 a day'],
    [
      '```\nInput: 225M x $3/M = $675\nOutput: 25M x $15/M = $375\nTotal: $1,050/day\n```',
      'holds: 225M × $3/M = $675',
      'holds: 25M × $15/M = $375',
      'holds: $675 + $375 = $1,050/day',
    ],
    // The total follows from a wrong line: first that line.
    [
      '- Input: 225M x $3/M = $675\n- Output: 25M x $15/M = $3,750\n- Total: $1,050',
      'holds: 225M × $3/M = $675',
      'fails: 25M × $15/M = $375 | $3,750 (magnitude)',
    ],
    ['- One query: $0.0075\n- One day: $75\n- Total: $2,250'],
    [
      '- Embedding: $20/month\n- Storage: $30/month\n- Total: $600 a year',
      'holds: $20/month + $30/month = $600 a year',
    ],
  ],
  'told in words': [
    [
      "Total cost per interview: $0.09. At 30 interviews a month, that's $2.70 per PM. At 500 PMs, that's $1,350 a month.",
      'holds: $0.09 × 30 interviews a month = $2.70 per PM',
      'holds: $2.70 per PM × 500 PMs = $1,350 a month',
    ],
    [
      "Total cost per interview: $0.09. At 30 interviews a month, that's $27 per PM. At 500 PMs, that's $1,350 a month.",
      'fails: $0.09 × 30 interviews a month = $2.70 per PM | $27 per PM (magnitude)',
    ],
    [
      'Large costs $0.015 per 1K tokens, Small $0.002 per 1K tokens.\n\n10,000 queries per day at 500 tokens each costs $75/day on Large versus $100/day on Small.',
      'holds: 10,000 queries per day × 500 tokens × $0.015 per 1K tokens = $75/day',
      'fails: 10,000 queries per day × 500 tokens × $0.002 per 1K tokens = $10/day | $100/day (magnitude)',
    ],
    [
      'At $0.0075 per query, 10,000 queries a day cost $75 a day.',
      'holds: $0.0075 per query × 10,000 queries a day = $75 a day',
    ],
    // What "that" is was worked out right before.
    [
      "Total cost per interview: $0.09. At 30 interviews a month, that's $2.70 per PM. At 500 PMs, that's $13,500 a month.",
      'holds: $0.09 × 30 interviews a month = $2.70 per PM',
      'fails: $2.70 per PM × 500 PMs = $1,350 a month | $13,500 a month (magnitude)',
    ],
    ["The host is $900 a month. At 300 users, that's $3 per user.", 'holds: $900 a month ÷ 300 users = $3 per user'],
    [
      "A search costs $0.04. At 6,000 searches, that's $2,400.",
      'fails: $0.04 × 6,000 searches = $240 | $2,400 (magnitude)',
    ],
    // Nobody knows what "that" is.
    ["Large costs $75/day, Small costs $10/day. At 30 days, that's $2,550 a month."],
    ['Small costs $0.002 per query, 10,000 queries on Large cost $75.'],
    [
      'Storing 1M vectors at $0.10/GB costs $70 a month.',
      'unclear: 1M vectors × $0.10/GB = $0.0001 a month | $70 a month',
    ],
  ],
  'told in words, without money': [
    [
      "A query has 500 tokens. At 10,000 queries a day, that's 5M tokens.",
      'holds: 500 tokens × 10,000 queries a day = 5M tokens',
    ],
    [
      "A query has 500 tokens. At 10,000 queries a day, that's 50M tokens a day.",
      'fails: 500 tokens × 10,000 queries a day = 5M tokens a day | 50M tokens a day (magnitude)',
    ],
    [
      "10,000 queries a day. At 500 tokens each, that's 50M tokens a day.",
      'fails: 10,000 queries a day × 500 tokens = 5M tokens a day | 50M tokens a day (magnitude)',
    ],
    [
      "Each user sends 5 queries a day. With 200k users, that's 10M queries a day.",
      'fails: 5 queries a day × 200k users = 1M queries a day | 10M queries a day (magnitude)',
    ],
    [
      "Each job takes 2 GPU hours. At 300 jobs a month, that's 6,000 GPU hours a month.",
      'fails: 2 GPU hours × 300 jobs a month = 600 GPU hours a month | 6,000 GPU hours a month (magnitude)',
    ],
    [
      "Each job takes 2 GPU hours. At 300 jobs a month, that's 900 GPU hours a month.",
      'unclear: 2 GPU hours × 300 jobs a month = 600 GPU hours a month | 900 GPU hours a month (rounding)',
    ],
    ["Each vector takes 6 KB. For 1M vectors, that's 60 GB.", 'fails: 6 KB × 1M vectors = 6 GB | 60 GB (magnitude)'],
    [
      "Each job takes 2 minutes. At 300 jobs a day, that's 12 hours a day.",
      'unclear: 2 minutes × 300 jobs a day = 10 hours a day | 12 hours a day (rounding)',
    ],
    // Side by side, shared out, or by hours that nobody states.
    ["Each call takes 80 ms. With 3 parallel calls, that's 100 ms."],
    ["Each epoch takes 2 hours. With 3 GPUs, that's 45 minutes."],
    ["Peak is 300 requests per second. Across 5 regions, that's 60 requests per second."],
    ["Each job takes 2 minutes. At 30 jobs, that's 6 minutes on 10 workers."],
    ["Each reviewer handles 12 tickets an hour. With 10 reviewers, that's 500 tickets a day."],
  ],
  'products told by their units': [
    [
      'We expect 40,000 daily active users with 3 questions each, so 120K questions a day.',
      'holds: 40,000 daily active users × 3 questions = 120K questions a day',
    ],
    [
      'We expect 40,000 daily active users with 3 questions each, so 1.2M questions a day.',
      'fails: 40,000 daily active users × 3 questions = 0.12M questions a day | 1.2M questions a day (magnitude)',
    ],
    [
      'At 3¢ per answer and 50,000 answers a day we spend $15,000 a day.',
      'fails: 3¢ per answer × 50,000 answers a day = $1,500 a day | $15,000 a day (magnitude)',
    ],
    [
      '$0.09 per interview, 30 interviews per PM per month, 500 PMs: $13,500 a month.',
      'fails: $0.09 per interview × 30 interviews per PM per month × 500 PMs = $1,350 a month | $13,500 a month (magnitude)',
    ],
    [
      'A team of 500 PMs, 30 interviews each a month at $0.09: $1,350 a month.',
      'holds: 500 PMs × 30 interviews × $0.09 = $1,350 a month',
    ],
    ['Each call is 5 cents, so 1,000 calls cost $5.', 'fails: 5 cents × 1,000 calls = $50 | $5 (magnitude)'],
    [
      'A 40-page brief at 500 tokens a page is 200,000 tokens.',
      'fails: 40-page × 500 tokens a page = 20,000 tokens | 200,000 tokens (magnitude)',
    ],
    [
      '12,000 tickets a day at 5 minutes each is 10,000 hours a day.',
      'fails: 12,000 tickets a day × 5 minutes = 1,000 hours a day | 10,000 hours a day (magnitude)',
    ],
    ['Average 116 QPS, peak 3x → 700 QPS.', 'unclear: 116 QPS × 3x = 348 QPS | 700 QPS (rounding)'],
    // Nothing says of what there are 40,000.
    [
      'A query costs $0.012 and there are 40,000 a day, so $4,800 a day.',
      'unclear: $0.012 × 40,000 a day = $480 a day | $4,800 a day (magnitude)',
    ],
    // A share, another figure, or another model's price.
    ['At 3¢ per answer and 50,000 answers a day, a tenth of which need the model, we spend $150 a day.'],
    ['At 3¢ per answer, 50,000 answers a day and 10% cached, we spend $150 a day.'],
    ['With 8 reviewers, at 3¢ per answer and 50,000 answers a day we spend $15,000 a day.'],
    ['Small costs $0.002 per query, 10,000 queries on Large cost $200.'],
    ['Small costs $0.002 per query, 10,000 queries cost $200 on Large.'],
    ['Small costs $0.002 per query, so 10,000 queries cost $200 with the large model.'],
    ['It takes 2 people per shift and 12 shifts, so 240 hours.'],
  ],
  'rates told in words': [
    ['36,000 calls a day is 25 QPS.', 'fails: 36,000 calls a day = 0.417 QPS | 25 QPS (period)'],
    ['So 10M requests a day comes to 116 QPS.', 'holds: 10M requests a day = 116 QPS'],
    ['120K questions a day is about 14 QPS.', 'unclear: 120K questions a day = 1.39 QPS | 14 QPS (magnitude)'],
    ['The limit for 10M requests a day is 1,157 QPS.'],
    ["1,000 agents, 8 hours, 6 calls an hour, that's 48,000 calls a day."],
  ],
  'what comes out, said once more': [
    [
      '32 GPUs × $2/h = $64/h = $15,360/day',
      'holds: 32 GPUs × $2/h = $64/h',
      'fails: $64/h = $1,536/day | $15,360/day (magnitude)',
    ],
    [
      '1,000 drafts × 2 min = 2,000 min = 333 hours',
      'holds: 1,000 drafts × 2 min = 2,000 min',
      'fails: 2,000 min = 33.3 hours | 333 hours (magnitude)',
    ],
    [
      'An L4 at $0.70 an hour is $16.80 a day and $5,040 a month.',
      'holds: $0.70 an hour = $16.80 a day',
      'fails: $16.80 a day = $504 a month | $5,040 a month (magnitude)',
    ],
    ['An L4 at $0.70 an hour is $16.80 a day and $5,040 a month for storage.', 'holds: $0.70 an hour = $16.80 a day'],
  ],
  'divisions that are written out': [
    ['300 tokens / 60 tok/s = 0.5 s', 'fails: 300 tokens ÷ 60 tok/s = 5 s | 0.5 s (magnitude)'],
    ['8M docs / 500 docs/s = 16,000 s', 'holds: 8M docs ÷ 500 docs/s = 16,000 s'],
    [
      '20M prompts a month / 30 days = 6.67M prompts a day',
      'fails: 20M prompts a month ÷ 30 days = 0.667M prompts a day | 6.67M prompts a day (magnitude)',
    ],
    [
      '140,000 tokens/s / 2,500 tokens/s = 5.6 GPUs',
      'fails: 140,000 tokens/s ÷ 2,500 tokens/s = 56 GPUs | 5.6 GPUs (magnitude)',
    ],
    ['$64k / 4M = 1.6 cents', 'holds: $64k ÷ 4M = 1.6 cents'],
    ['$3 / 1M tokens × 2M tokens = $6', 'holds: $3 / 1M tokens × 2M tokens = $6'],
  ],
  'what a column head says': [
    [
      '| Part | Tokens |\n| --- | --- |\n| System | 600 |\n| Chunks | 3,200 |\n| Total | 4,800 |',
      'fails: 600 + 3,200 = 3,800 | 4,800',
    ],
    [
      '| Step | Tokens (K) | Cost ($) |\n|---|---|---|\n| Draft | 6 | 0.033 |\n| Check | 4 | 0.0195 |\n| Total | 10 | 0.525 |',
      'holds: 6 + 4 = 10',
      'fails: 0.033 + 0.0195 = 0.0525 | 0.525 (magnitude)',
    ],
    [
      '| Tier | Queries/day | $/query | $/day |\n|---|---|---|---|\n| S | 70,000 | 0.0005 | 35 |\n| M | 20,000 | 0.004 | 80 |\n| L | 10,000 | 0.02 | 2,000 |',
      'holds: 70,000 × 0.0005 = 35',
      'holds: 20,000 × 0.004 = 80',
      'fails: 10,000 × 0.02 = 200 | 2,000 (magnitude)',
    ],
    // Stages may go side by side, so that their sum may be less, and is no more than doubted where it is more.
    ['| Stage | Time |\n|---|---|\n| ASR | 300 ms |\n| LLM | 400 ms |\n| TTS | 150 ms |\n| Sum | 500 ms |'],
    [
      '| Stage | Time |\n|---|---|\n| ASR | 300 ms |\n| LLM | 400 ms |\n| TTS | 150 ms |\n| Sum | 950 ms |',
      'unclear: 300 ms + 400 ms + 150 ms = 850 ms | 950 ms (rounding)',
    ],
    ['```\nLLM        $600\nSearch     $120\nTotal      $900\n```', 'fails: $600 + $120 = $720 | $900'],
  ],
  'totals told in a paragraph': [
    [
      '1,500 in × $3/M = $0.0045; 400 out × $15/M = $0.006; total $0.0150.',
      'holds: 1,500 × $3/M = $0.0045',
      'holds: 400 × $15/M = $0.006',
      'fails: $0.0045 + $0.006 = $0.0105 | $0.0150',
    ],
    // Shares of the load, and another cost.
    [
      '80% go to Small: 10,000 × $0.001 = $10. Large: 10,000 × $0.0075 = $75. Total: $23.',
      'holds: 10,000 × $0.001 = $10',
      'holds: 10,000 × $0.0075 = $75',
    ],
    [
      'Search is $5. Small: 10,000 × $0.001 = $10. Large: 10,000 × $0.0075 = $75. Total: $90.',
      'holds: 10,000 × $0.001 = $10',
      'holds: 10,000 × $0.0075 = $75',
    ],
  ],
  'prices that may be for a thousand': [
    ['1M emails × $0.10 = $100', 'unclear: 1M emails × $0.10 = $100,000 | $100 (bulk-price)'],
    ['1M emails × $0.10 each = $100', 'fails: 1M emails × $0.10 each = $100,000 | $100 (magnitude)'],
  ],
  'shares and hours': [
    [
      '25% of 80,000 tickets × $6 = $12,000 a month',
      'fails: 25% × 80,000 tickets × $6 = $120,000 a month | $12,000 a month (magnitude)',
    ],
    ['1,200 hours/day × $25 = $30K/day', 'holds: 1,200 hours/day × $25 = $30K/day'],
    [
      '10 hours a week × 48 weeks × $60 = $288,000',
      'fails: 10 hours a week × 48 weeks × $60 = $28,800 | $288,000 (magnitude)',
    ],
    ['2K in × $2.50/M + 1K out × $10/M = $0.15', 'fails: 2K × $2.50/M + 1K × $10/M = $0.015 | $0.15 (magnitude)'],
  ],
  open: [
    ['10,000 × 500 tokens × $0.002/1K =', 'open: 10,000 × 500 tokens × $0.002/1K = $10'],
    ['3 × 400 ms =', 'open: 3 × 400 ms = 1,200 ms'],
    ['12 × 4,000 tokens = ?', 'open: 12 × 4,000 tokens = 48,000 tokens'],
    ['8 GPUs × $2.50/h × 730 h =', 'open: 8 GPUs × $2.50/h × 730 h = $14,600'],
    ['40,000 queries a day at 3¢ each =', 'open: 40,000 queries a day × 3¢ each = $1,200'],
    ['1M × 1536 × 4 bytes =', 'open: 1M × 1536 × 4 bytes = 6.14 GB'],
    ['50M events × 1 KB =', 'open: 50M events × 1 KB = 50 GB'],
    ['300 tokens / 60 tok/s =', 'open: 300 tokens ÷ 60 tok/s = 5 s'],
    ['$2.50 × 730 h =', 'open: $2.50 × 730 h = $1,825'],
    ['10 hours × 3 days ='],
    ['1,000 users × 3 = growth'],
  ],
  'no calculation, or none to judge': [
    ['$75/day → $10/day after routing'],
    ['top_k = 5, temperature = 0.2, threshold 0.7 and recall = 0.9'],
    ['2 models × 3 prompts → 5 finalists'],
    ['1 234 × 2 = 2 468', 'unclear: 234 × 2 = 468 | 2'],
    ['N × 10 × 5 = 150', 'unclear: 10 × 5 = 50 | 150'],
    ['10 × 5 = $60 + tax', 'unclear: 10 × 5 = $50 | $60'],
    ['1 req/s = 2.5 百万 req/m', 'unclear: 1 req/s = 60 百万 req/m | 2.5 百万 req/m'],
    ['$5 = €6'],
    // Markdown reads the stars as emphasis.
    ['2 + 2*3*4 = 26', 'unclear: 2 + 234 = 236 | 26'],
  ],
};

for (const [group, rows] of Object.entries(READINGS)) {
  describe(group, () => {
    test.each(rows.map(([text, ...expected]) => ({ text, expected })))('$text', ({ text, expected }) => {
      expect(calculationsOf(text)).toEqual(expected);
    });
  });
}
