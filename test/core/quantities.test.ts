import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { growthOf, millisecondsOf } from '../support/growth.js';
import { readQuantities, type Quantity } from '../../server/src/core/evidence/quantities.js';

/**
 * Each row is a text and the quantities in it, as `kind value unit bound /denominator = the words`. A range is
 * `low..high`; a denominator's amount stands before its unit where it is not 1.
 */
const READINGS: Readonly<Record<string, readonly (readonly [text: string, ...expected: string[]])[]>> = {
  money: [
    ['$0.10', 'money 0.1 USD = $0.10'],
    [
      '$10 a seat, $20 each, $12 apiece',
      'money 10 USD /seat = $10 a seat',
      'money 20 USD /item = $20 each',
      'money 12 USD /item = $12 apiece',
    ],
    [
      '€5, 5€, £3.50, ¥500, ₹5 lakh, ₹2,00,000',
      'money 5 EUR = €5',
      'money 5 EUR = 5€',
      'money 3.5 GBP = £3.50',
      'money 500 JPY = ¥500',
      'money 500000 INR = ₹5 lakh',
      'money 200000 INR = ₹2,00,000',
    ],
    [
      'US$5, A$10, USD 5, 5 EUR, $5 CAD',
      'money 5 USD = US$5',
      'money 10 AUD = A$10',
      'money 5 USD = USD 5',
      'money 5 EUR = 5 EUR',
      'money 5 CAD = $5 CAD',
    ],
    [
      'about 300 $ a month, ~0.10 $ each',
      'money 300 USD about /month = 300 $ a month',
      'money 0.1 USD about /item = ~0.10 $ each',
    ],
    ['we pay 5 $x$ for it', 'number 5 = 5'],
    ['30 pence', 'money 0.3 GBP = 30 pence'],
    ['2.5 dollars, 3 cents, 5¢', 'money 2.5 USD = 2.5 dollars', 'money 0.03 USD = 3 cents', 'money 0.05 USD = 5¢'],
    [
      '$1.2M, $5k, $5bn, $5 million, $.05',
      'money 1200000 USD = $1.2M',
      'money 5000 USD = $5k',
      'money 5000000000 USD = $5bn',
      'money 5000000 USD = $5 million',
      'money 0.05 USD = $.05',
    ],
    [
      '$5-10, $5–$10, $5 to $10, $5k-10k, $1-2M',
      'money 5..10 USD = $5-10',
      'money 5..10 USD = $5–$10',
      'money 5..10 USD = $5 to $10',
      'money 5000..10000 USD = $5k-10k',
      'money 1000000..2000000 USD = $1-2M',
    ],
    [
      'between $5 and $10, ~$0.5k, $5M+, <$0.01, up to $5',
      'money 5..10 USD = $5 and $10',
      'money 500 USD about = ~$0.5k',
      'money 5000000 USD at-least = $5M+',
      'money 0.01 USD at-most = <$0.01',
      'money 5 USD at-most = $5',
    ],
    ['we give $5 to 10 users', 'money 5 USD = $5', 'count 10 user = 10 users'],
    ['-$5', 'money -5 USD = -$5'],
  ],
  denominators: [
    ['$1.2M/month', 'money 1200000 USD /month = $1.2M/month'],
    ['$0.015 per 1K tokens', 'money 0.015 USD /1000 token = $0.015 per 1K tokens'],
    ['$0.015/1K = $1.92', 'money 0.015 USD /1000 token = $0.015/1K', 'money 1.92 USD = $1.92'],
    ['$2.70/PM/month', 'money 2.7 USD /pm /month = $2.70/PM/month'],
    ['$5-10 per user', 'money 5..10 USD /user = $5-10 per user'],
    [
      '$3/$15 per million tokens',
      'money 3 USD /1000000 token = $3',
      'money 15 USD /1000000 token = $15 per million tokens',
    ],
    [
      '$3/MTok, $2.5/M tokens, $3 per 1M input',
      'money 3 USD /1000000 token = $3/MTok',
      'money 2.5 USD /1000000 token = $2.5/M tokens',
      'money 3 USD /1000000 token = $3 per 1M',
    ],
    [
      '$1 per thousand calls, $10 per 1,000 pages, $5 for every 1,000 queries',
      'money 1 USD /1000 call = $1 per thousand calls',
      'money 10 USD /1000 page = $10 per 1,000 pages',
      'money 5 USD /1000 query = $5 for every 1,000 queries',
    ],
    [
      '$12 per resolved support ticket, $5/active user/month, $2 per GPU-hour, $2/GPU hour',
      'money 12 USD /ticket = $12 per resolved support ticket',
      'money 5 USD /user /month = $5/active user/month',
      'money 2 USD /gpu-hour = $2 per GPU-hour',
      'money 2 USD /gpu-hour = $2/GPU hour',
    ],
    [
      'less than 5 cents a query, $500 monthly',
      'money 0.05 USD at-most /query = 5 cents a query',
      'money 500 USD /month = $500 monthly',
    ],
    [
      '$1,350/1000 = $1.35, $75 / 10,000 = $0.0075',
      'money 1350 USD = $1,350',
      'number 1000 = 1000',
      'money 1.35 USD = $1.35',
      'money 75 USD = $75',
      'number 10000 = 10,000',
      'money 0.0075 USD = $0.0075',
    ],
    [
      '20-50 ms per token, 20 ms/token, 2 hours a week',
      'duration 0.02..0.05 s /token = 20-50 ms per token',
      'duration 0.02 s /token = 20 ms/token',
      'duration 7200 s /week = 2 hours a week',
    ],
    [
      '3 reviewers per 500 documents, 5 per 1,000 requests',
      'count 3 reviewer /500 document = 3 reviewers per 500 documents',
      'number 5 /1000 request = 5 per 1,000 requests',
    ],
  ],
  tokens: [
    [
      '500 tokens, 128K tokens, 1.5M tok',
      'tokens 500 token = 500 tokens',
      'tokens 128000 token = 128K tokens',
      'tokens 1500000 token = 1.5M tok',
    ],
    [
      '500 input tokens, 300 input and output tokens',
      'tokens 500 token = 500 input tokens',
      'tokens 300 token = 300 input and output tokens',
    ],
    ['500-token chunks, a 128K-token prompt', 'tokens 500 token = 500-token', 'tokens 128000 token = 128K-token'],
    ['a 128K context window, a 32K window', 'tokens 128000 token = 128K', 'tokens 32000 token = 32K'],
    ['7B tokens, 1-2k tokens', 'tokens 7000000000 token = 7B tokens', 'tokens 1000..2000 token = 1-2k tokens'],
    ['500\ntokens', 'tokens 500 token = 500\ntokens'],
  ],
  durations: [
    ['200–400 ms', 'duration 0.2..0.4 s = 200–400 ms'],
    ['p95 < 2s', 'duration 2 s at-most = < 2s'],
    [
      '1.5 seconds, two seconds, 3 min, 24h, 90 d, 6 mo',
      'duration 1.5 s = 1.5 seconds',
      'duration 2 s = two seconds',
      'duration 180 s = 3 min',
      'duration 86400 s = 24h',
      'duration 7776000 s = 90 d',
      'duration 15552000 s = 6 mo',
    ],
    [
      'sub-second, sub-200ms, under 300ms',
      'duration 1 s at-most = sub-second',
      'duration 0.2 s at-most = sub-200ms',
      'duration 0.3 s at-most = 300ms',
    ],
    [
      'within 5 minutes, within a second, in about a minute',
      'duration 300 s at-most = 5 minutes',
      'duration 1 s at-most = a second',
      'duration 60 s about = a minute',
    ],
    ['100ms–2s, 500 ms - 2 s', 'duration 0.1..2 s = 100ms–2s', 'duration 0.5..2 s = 500 ms - 2 s'],
    [
      'half a second, a half hour, two and a half seconds, 3½ hours, a couple of seconds',
      'duration 0.5 s = half a second',
      'duration 1800 s = a half hour',
      'duration 2.5 s = two and a half seconds',
      'duration 12600 s = 3½ hours',
      'duration 2 s about = a couple of seconds',
    ],
    [
      '1h30m, 2 min 30 s, 1 hour and 30 minutes',
      'duration 5400 s = 1h30m',
      'duration 150 s = 2 min 30 s',
      'duration 5400 s = 1 hour and 30 minutes',
    ],
    [
      'a 5-minute window, 30-day retention, two-second budget, 5 business days',
      'duration 300 s = 5-minute',
      'duration 2592000 s = 30-day',
      'duration 2 s = two-second',
      'duration 432000 s = 5 business days',
    ],
    ['5m TTL, 200 ms/800 ms', 'duration 300 s = 5m', 'duration 0.2 s = 200 ms', 'duration 0.8 s = 800 ms'],
    [
      'from 14 hours to 2 hours, from 40 to 10 minutes',
      'duration 50400 s = 14 hours',
      'duration 7200 s = 2 hours',
      'duration 2400 s = 40',
      'duration 600 s = 10 minutes',
    ],
    ['two or three seconds', 'duration 2..3 s = two or three seconds'],
    [
      'at 5 s or less, 5 s at most, 5 s max, no longer than 3 seconds',
      'duration 5 s at-most = 5 s',
      'duration 5 s at-most = 5 s',
      'duration 5 s at-most = 5 s',
      'duration 3 s at-most = 3 seconds',
    ],
    ['a second model in the minute'],
  ],
  rates: [
    [
      '40 req/s, 100 requests per second, 40 tokens/s',
      'rate 40 request /second = 40 req/s',
      'rate 100 request /second = 100 requests per second',
      'rate 40 token /second = 40 tokens/s',
    ],
    [
      '10k queries a day, 10,000 queries/day, 10k daily queries',
      'rate 10000 query /day = 10k queries a day',
      'rate 10000 query /day = 10,000 queries/day',
      'rate 10000 query /day = 10k daily queries',
    ],
    [
      '500 QPS, 100 RPM, 10K TPM',
      'rate 500 query /second = 500 QPS',
      'rate 100 request /minute = 100 RPM',
      'rate 10000 token /minute = 10K TPM',
    ],
    [
      '30 interviews per month, 5 queries per user per day',
      'rate 30 interview /month = 30 interviews per month',
      'rate 5 query /user /day = 5 queries per user per day',
    ],
    [
      '100 requests per 10 seconds per tenant, 10 requests/5 min',
      'rate 100 request /10 second /tenant = 100 requests per 10 seconds per tenant',
      'rate 10 request /5 minute = 10 requests/5 min',
    ],
    ['10 MB/s, 100 Mbps', 'rate 10000000 byte /second = 10 MB/s', 'rate 12500000 byte /second = 100 Mbps'],
    ['10k/day, 3 per day', 'rate 10000 /day = 10k/day', 'rate 3 /day = 3 per day'],
    [
      'twice a week, once a month, 3 times a day',
      'rate 2 time /week = twice a week',
      'rate 1 time /month = once a month',
      'rate 3 time /day = 3 times a day',
    ],
    ['100-200 req/s', 'rate 100..200 request /second = 100-200 req/s'],
    ['10,000\nqueries/day', 'rate 10000 query /day = 10,000\nqueries/day'],
    ['two thousand requests per day', 'rate 2000 request /day = two thousand requests per day'],
  ],
  percentages: [
    [
      '95%, 95 percent, 99.9 %, ninety-five percent',
      'percentage 95 % = 95%',
      'percentage 95 % = 95 percent',
      'percentage 99.9 % = 99.9 %',
      'percentage 95 % = ninety-five percent',
    ],
    [
      '10 percentage points, 50 basis points',
      'percentage 10 % = 10 percentage points',
      'percentage 0.5 % = 50 basis points',
    ],
    [
      '5–10%, 5-10 percent, 5% to 10%',
      'percentage 5..10 % = 5–10%',
      'percentage 5..10 % = 5-10 percent',
      'percentage 5..10 % = 5% to 10%',
    ],
    ['-5% churn, +5%', 'percentage -5 % = -5%', 'percentage 5 % = +5%'],
    [
      '50%+, ≥5%, over 5%',
      'percentage 50 % at-least = 50%+',
      'percentage 5 % at-least = ≥5%',
      'percentage 5 % at-least = 5%',
    ],
  ],
  'data sizes': [
    [
      '5 KB, 10MB, 1.5 GB, 2TB, 64 KiB, 4 bytes',
      'data-size 5000 byte = 5 KB',
      'data-size 10000000 byte = 10MB',
      'data-size 1500000000 byte = 1.5 GB',
      'data-size 2000000000000 byte = 2TB',
      'data-size 65536 byte = 64 KiB',
      'data-size 4 byte = 4 bytes',
    ],
    ['16GB of memory', 'data-size 16000000000 byte = 16GB'],
  ],
  multipliers: [
    [
      '3x, 5×, 2.5X, 10-fold, tenfold',
      'multiplier 3 x = 3x',
      'multiplier 5 x = 5×',
      'multiplier 2.5 x = 2.5X',
      'multiplier 10 x = 10-fold',
      'multiplier 10 x = tenfold',
    ],
    ['2–3x, 5x to 10x', 'multiplier 2..3 x = 2–3x', 'multiplier 5..10 x = 5x to 10x'],
    [
      '3 times faster, twice as fast, twice the cost',
      'multiplier 3 x = 3 times',
      'multiplier 2 x = twice',
      'multiplier 2 x = twice',
    ],
    [
      '2 x $5, 3×$0.09, 500 × 30',
      'number 2 = 2',
      'money 5 USD = $5',
      'number 3 = 3',
      'money 0.09 USD = $0.09',
      'number 500 = 500',
      'number 30 = 30',
    ],
  ],
  counts: [
    [
      '500 PMs, 10k users, 1.2M documents, 3 billion photos, 3B photos',
      'count 500 pm = 500 PMs',
      'count 10000 user = 10k users',
      'count 1200000 document = 1.2M documents',
      'count 3000000000 photo = 3 billion photos',
      'count 3000000000 photo = 3B photos',
    ],
    [
      '50,000 daily active users, 10k+ concurrent users, 1M MAU',
      'count 50000 user = 50,000 daily active users',
      'count 10000 user at-least = 10k+ concurrent users',
      'count 1000000 user = 1M MAU',
    ],
    [
      '8 H100s, 12 follow-ups, 3 A/B tests, 3 things, 200 people',
      'count 8 h100 = 8 H100s',
      'count 12 follow-up = 12 follow-ups',
      'count 3 test = 3 A/B tests',
      'count 3 thing = 3 things',
      'count 200 person = 200 people',
    ],
    [
      '2,000 labelled contracts, 5 active support agents, 3 sales calls',
      'count 2000 contract = 2,000 labelled contracts',
      'count 5 agent = 5 active support agents',
      'count 3 call = 3 sales calls',
    ],
    ['a 10-page brief, a 3-person team', 'count 10 page = 10-page', 'count 3 person = 3-person'],
    [
      'one user, 1 page, two hundred and fifty users, a hundred users, a dozen users, half a million documents',
      'count 1 user = one user',
      'count 1 page = 1 page',
      'count 250 user = two hundred and fifty users',
      'count 100 user = a hundred users',
      'count 12 user = a dozen users',
      'count 500000 document = half a million documents',
    ],
    [
      '500-1k users, 900–1.2k users, between 5 and 10 users',
      'count 500..1000 user = 500-1k users',
      'count 900..1200 user = 900–1.2k users',
      'count 5..10 user = 5 and 10 users',
    ],
    [
      '1e6 users, 10^6 users, 10⁶ users, 10_000 users',
      'count 1000000 user = 1e6 users',
      'count 1000000 user = 10^6 users',
      'count 1000000 user = 10⁶ users',
      'count 10000 user = 10_000 users',
    ],
    ['2000 documents', 'count 2000 document = 2000 documents'],
    ['5m users', 'count 5000000 user = 5m users'],
    [
      '3 queries, 4 batches, 5 classes, 6 caches, 7 responses, 8 criteria, 9 GPUs',
      'count 3 query = 3 queries',
      'count 4 batch = 4 batches',
      'count 5 class = 5 classes',
      'count 6 cache = 6 caches',
      'count 7 response = 7 responses',
      'count 8 criterion = 8 criteria',
      'count 9 gpu = 9 GPUs',
    ],
  ],
  bounds: [
    // Words that every object knows are no bounds.
    ['constructor 5 users', 'count 5 user = 5 users'],
    ['valueOf 3 users', 'count 3 user = 3 users'],
    [
      'at most 5 users, ≤ 5 ms, <5 ms, up to 5 users, less than 5 s, no more than 5 s',
      'count 5 user at-most = 5 users',
      'duration 0.005 s at-most = ≤ 5 ms',
      'duration 0.005 s at-most = <5 ms',
      'count 5 user at-most = 5 users',
      'duration 5 s at-most = 5 s',
      'duration 5 s at-most = 5 s',
    ],
    [
      'at least 5 s, ≥5%, >5%, over 5%, more than 5 s, 100+ users, 5 or more users',
      'duration 5 s at-least = 5 s',
      'percentage 5 % at-least = ≥5%',
      'percentage 5 % at-least = >5%',
      'percentage 5 % at-least = 5%',
      'duration 5 s at-least = 5 s',
      'count 100 user at-least = 100+ users',
      'count 5 user at-least = 5 or more users',
    ],
    [
      '~5 s, about 5 s, around 5, roughly 5%, approx. 5%, ≈5%, 200-ish ms',
      'duration 5 s about = ~5 s',
      'duration 5 s about = 5 s',
      'number 5 about = 5',
      'percentage 5 % about = 5%',
      'percentage 5 % about = 5%',
      'percentage 5 % about = ≈5%',
      'duration 0.2 s about = 200-ish ms',
    ],
    [
      'should not exceed 2 s, never drops below 90%, cannot exceed $5',
      'duration 2 s at-most = 2 s',
      'percentage 90 % at-least = 90%',
      'money 5 USD at-most = $5',
    ],
    [
      'max 5 retries, maximum of 5 retries, 3 users minimum, min 3 users',
      'count 5 retry at-most = 5 retries',
      'count 5 retry at-most = 5 retries',
      'count 3 user at-least = 3 users',
      'count 3 user at-least = 3 users',
    ],
    ['less than about 5 s, <~5 s', 'duration 5 s at-most = 5 s', 'duration 5 s at-most = <~5 s'],
    ['under the 2 s target', 'duration 2 s at-most = 2 s'],
  ],
  'bare numbers': [
    [
      'an F1 of 0.87, a score of 4.2/5, CSAT >= 4.5/5',
      'number 0.87 = 0.87',
      'number 4.2 = 4.2/5',
      'number 4.5 at-least = >= 4.5/5',
    ],
    ['below 0.7 routes to a human', 'number 0.7 at-most = 0.7'],
    ['10,000 | 500 tokens | $75', 'number 10000 = 10,000', 'tokens 500 token = 500 tokens', 'money 75 USD = $75'],
    ['NPS from 20 to 45', 'number 20..45 = 20 to 45'],
    ['Queries: 10,000\nTokens: 500\nCost: $75', 'number 10000 = 10,000', 'number 500 = 500', 'money 75 USD = $75'],
  ],
  'not a quantity': [
    ['2026-01-05, 1/5/2026, in 2024, May 3, 3 May 2024, Q3 2025, Jan. 5, FY24, 2024–2025, the 2024 reports'],
    ['In 2025 users expect more'],
    ['10:30, 9am, 5 PM, 5 p.m., 14:00 UTC'],
    ['v1.2, 1.91.1, 192.168.1.1, localhost:8080'],
    ['GPT-4, gpt-3.5-turbo-16k, Claude 3.5, Claude 3.5 Sonnet, Llama 3, Python 3.11, iOS 17 users, Mistral Large 2'],
    ['Step 2, Steps 3–5, section 3.1, #5, Day 1, phase 2, page 12, fig. 3, day one'],
    ['1. First\n2) second; (3) third, 4) fourth'],
    ['7B, 70B model, 1B-parameter, 8x7B, 7B and 70B models, 175 billion parameters, 300M parameters'],
    ['K-5, p95, p99.9, F1, top-5, top 10, A/B, 24/7, S3, EC2, H100, 1:1, 3-way, 5-star, 4-bit, 4K video, 3D, 2FA'],
    ['HTTP 500, a 404 error, 429s, the 1990s'],
    ['$N$, $x + 1$, $O(n)$, $10^6$, $5$, $$x^2 + 5$$'],
    ['$N per query, $…, US$, ${1:<hint>}'],
    ['2nd, 90th percentile, 80/20, 2/3, 1024×768, precision@5, k=5, top_k = 5'],
    ['two-tower model, one-shot, one of them, two-thirds, one more'],
    ['within seconds, a few minutes, hundreds of users'],
    ['Option 2 costs more'],
  ],
};

for (const [group, rows] of Object.entries(READINGS)) {
  describe(group, () => {
    test.each(rows.map(([text, ...expected]) => ({ text, expected })))('$text', ({ text, expected }) => {
      expect(readQuantities(text).map((quantity) => describeQuantity(quantity, text))).toEqual(expected);
    });
  });
}

describe('digits', () => {
  test.each([
    ['$0.015', 2],
    ['$2.70', 3],
    ['10,000 queries', 5],
    ['1.2M users', 2],
    ['0 users', 1],
    ['$1,350.00', 6],
  ])('%s has %d', (text, digits) => {
    expect(readQuantities(text).map((quantity) => quantity.digits)).toEqual([digits]);
  });

  test('numbers in words have none', () => {
    expect(readQuantities('two seconds')[0]).not.toHaveProperty('digits');
  });
});

test('a worked example is read whole, in order', () => {
  const text = '10,000 queries/day × 500 tokens at $0.015/1K = $75/day,\nat $0.002 that is $10/day.';
  expect(readQuantities(text).map((quantity) => describeQuantity(quantity, text))).toEqual([
    'rate 10000 query /day = 10,000 queries/day',
    'tokens 500 token = 500 tokens',
    'money 0.015 USD /1000 token = $0.015/1K',
    'money 75 USD /day = $75/day',
    'money 0.002 USD = $0.002',
    'money 10 USD /day = $10/day',
  ]);
});

test('offsets count UTF-16 units, also where lowering a letter makes it longer', () => {
  const text = 'İstanbul 🚀 serves 10K Users';
  const [quantity] = readQuantities(text);
  expect(quantity).toMatchObject({
    kind: 'count',
    value: 10_000,
    unit: 'user',
    start: text.indexOf('10K'),
    end: text.length,
  });
});

describe('any text', () => {
  /** Pieces that the grammar knows, in any order, find more than random letters do. */
  const piece = fc.constantFrom(
    ...(
      '$ 5 10 1,000 2.5 0.7 k M B % x × - – — / per a an each every and or to between at most least more than less < ~ + ' +
      'tokens token ms s min h days users user daily half twice sub hundred twenty three million GPT May 2024 Step # ( ) ' +
      '[ ] | . , : = cents USD US € ¢ MB QPS input output PM 1K ½ 10^6 1e9 1.2.3 p95 🚀 İ $$ \\'
    ).split(' '),
  );
  const soup = fc
    .array(fc.tuple(piece, fc.constantFrom('', ' ', '\n', '-', '/')), { maxLength: 40 })
    .map((pieces) => pieces.map(([word, gap]) => word + gap).join(''));

  test.each([
    ['strings', fc.string({ unit: 'binary', maxLength: 200 })],
    ['soups of known words', soup],
  ])('gives ordered spans inside the text: %s', (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        let last = 0;
        for (const quantity of readQuantities(text)) {
          expect(quantity.start).toBeGreaterThanOrEqual(last);
          expect(quantity.end).toBeGreaterThan(quantity.start);
          expect(quantity.end).toBeLessThanOrEqual(text.length);
          expect(Number.isFinite(quantity.value)).toBe(true);
          if (quantity.max !== undefined) expect(quantity.max).toBeGreaterThanOrEqual(quantity.value);
          expect(text.slice(quantity.start, quantity.end)).toMatch(/^\S(?:[^]*\S)?$/u);
          last = quantity.end;
        }
      }),
      { numRuns: 1500 },
    );
  });
});

describe('what is written is read back', () => {
  const whole = fc.integer({ min: 1, max: 9_999_999 });
  const price = fc.integer({ min: 1, max: 9_999_999 }).map((cents) => cents / 1000);
  const noun = fc.constantFrom('query', 'user', 'request', 'document', 'interview', 'page', 'call');
  const bound = fc.constantFrom(
    ['at most ', 'at-most'],
    ['≥ ', 'at-least'],
    ['about ', 'about'],
    ['under ', 'at-most'],
  );
  const plural = (word: string) => (word === 'query' ? 'queries' : `${word}s`);

  test('prices', () => {
    fc.assert(
      fc.property(price, noun, fc.constantFrom('1K', '1M'), (value, one, thousand) => {
        const amount = thousand === '1K' ? 1e3 : 1e6;
        expectOne(`It costs $${value} per ${thousand} tokens.`, {
          kind: 'money',
          value,
          unit: 'USD',
          per: [{ unit: 'token', amount }],
        });
        expectOne(`It costs $${value}/${thousand}.`, {
          kind: 'money',
          value,
          unit: 'USD',
          per: [{ unit: 'token', amount }],
        });
        expectOne(`It costs $${value}/${one}.`, { kind: 'money', value, unit: 'USD', per: [{ unit: one, amount: 1 }] });
        expectOne(`It costs €${value} a month.`, {
          kind: 'money',
          value,
          unit: 'EUR',
          per: [{ unit: 'month', amount: 1 }],
        });
      }),
    );
  });

  test('ranges of time', () => {
    fc.assert(
      fc.property(whole, whole, fc.constantFrom('–', '-', ' to ', ' – '), (low, more, link) => {
        const expected = { kind: 'duration', value: low / 1000, max: (low + more) / 1000, unit: 's', per: [] };
        expectOne(`A reply takes ${low}${link}${low + more} ms.`, expected);
        expectOne(`A reply takes ${low} ms${link}${low + more} ms.`, expected);
      }),
    );
  });

  test('counts and rates, with their bounds', () => {
    fc.assert(
      fc.property(whole, noun, bound, fc.constantFrom('day', 'month', 'second'), (value, one, [words, name], unit) => {
        const written = value.toLocaleString('en-US');
        const things = plural(one);
        expectOne(`We serve ${words}${written} ${things}.`, { kind: 'count', value, unit: one, bound: name, per: [] });
        expectOne(`We serve ${words}${written} ${things} per ${unit}.`, {
          kind: 'rate',
          value,
          unit: one,
          bound: name,
          per: [{ unit, amount: 1 }],
        });
        expectOne(`We serve ${written} ${things}/${unit}.`, {
          kind: 'rate',
          value,
          unit: one,
          per: [{ unit, amount: 1 }],
        });
      }),
    );
  });

  test('tokens, shares and sizes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), (value) => {
        expectOne(`A prompt of ${value}K tokens.`, { kind: 'tokens', value: value * 1000, unit: 'token' });
        expectOne(`A ${value}-token prompt.`, { kind: 'tokens', value, unit: 'token' });
        expectOne(`It holds for ${value / 10}% of them.`, { kind: 'percentage', value: value / 10, unit: '%' });
        expectOne(`The index takes ${value} GB.`, { kind: 'data-size', value: value * 1e9, unit: 'byte' });
      }),
    );
  });
});

describe('speed', () => {
  const hostile = [
    '1',
    '1 ',
    '$',
    '$1 ',
    '$$ ',
    '$x',
    '1,',
    '1.',
    '1-',
    '1/',
    '1:',
    '1h',
    '½',
    'one ',
    'hundred ',
    'twenty-',
    'a half ',
    'per ',
    '5 per ',
    '$5/',
    'at most ',
    'sub-',
    '1 or ',
    '1 to ',
    '5 input and ',
    '5 open-',
    '<',
    'x',
  ];
  /** As many characters of every hostile pattern, one after the other. */
  const hostileText = (length: number) =>
    hostile.map((pattern) => pattern.repeat(length / pattern.length / hostile.length)).join('\n\n');

  test('a megabyte of hostile text takes time in proportion to its length', () => {
    const growth = growthOf(readQuantities, { short: hostileText(62_500), long: hostileText(1_000_000), allowed: 40 });
    // Sixteen times the text; a quadratic reader would take 256 times as long.
    expect(growth).toBeLessThan(40);
  });

  test('a typical page of 8 KB takes a fraction of what parsing it does', () => {
    const page = (
      'We serve 10,000 queries a day for the support agents of one bank, who resolve billing disputes and look for the ' +
      'clause that applies. The answer must come within 2 s at p95, since the agent is on the phone meanwhile. A prompt ' +
      'holds 500 tokens, which costs $0.015 per 1K tokens; so we route what is simple to the small model, and what it is ' +
      'unsure of (below 70%) to a person. '
    )
      .repeat(30)
      .slice(0, 8192);
    expect(readQuantities(page).length).toBeGreaterThan(80);
    // Measured 0.4 ms with 109 quantities in it; the limit leaves room for a busy machine.
    const times = Array.from({ length: 300 }, () => millisecondsOf(() => readQuantities(page)));
    expect(Math.min(...times)).toBeLessThan(2);
  });
});

function describeQuantity(quantity: Quantity, text: string): string {
  const { kind, value, max, unit, bound, per } = quantity;
  const pers = per.map((one) => `/${one.amount === 1 ? '' : `${one.amount} `}${one.unit}`);
  const words = [kind, max === undefined ? `${value}` : `${value}..${max}`, unit, bound ?? '', ...pers].filter(
    (word) => word !== '',
  );
  return `${words.join(' ')} = ${text.slice(quantity.start, quantity.end)}`;
}

/** Expects exactly one quantity in the text, with these properties. */
function expectOne(text: string, expected: object): void {
  const found = readQuantities(text);
  expect(found, text).toHaveLength(1);
  expect(found[0], text).toMatchObject(expected);
}
