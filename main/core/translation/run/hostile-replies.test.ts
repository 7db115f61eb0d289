import { expect, test } from 'vitest';
import type { Answer } from '../../__fixtures__/upstream.ts';
import { linesOf, testProject } from '../__fixtures__/game.ts';
import {
  lineUpstream,
  reply,
  replyText,
  translated,
  type NumberedLine,
} from '../__fixtures__/line-upstream.ts';

type BadReply = (lines: NumberedLine[], n: number) => Answer | undefined;

const numbered = (lines: NumberedLine[]) => lines.map(({ id, text }) => `${id}|${translated(text)}`);
const asJson = (lines: string[]) => reply(JSON.stringify({ lines }));
/** Whole groups get a bad reply; follow-up requests get a good one. */
const once =
  (bad: (lines: NumberedLine[]) => Answer): BadReply =>
  (lines) =>
    lines.length >= 20 ? bad(lines) : undefined;

const hostile: Record<string, { bad: BadReply; requests: number; flagged?: number }> = {
  'leaves a line out': { bad: once((lines) => asJson(numbered(lines).toSpliced(6, 1))), requests: 2 },
  'leaves five lines out': { bad: once((lines) => asJson(numbered(lines).toSpliced(6, 5))), requests: 3 },
  'answers a line twice, differently': {
    bad: once((lines) => asJson([...numbered(lines), '7|訳 something else'])),
    requests: 2,
  },
  'answers in another order': { bad: once((lines) => asJson(numbered(lines).toReversed())), requests: 1 },
  'adds numbers that were not requested': {
    bad: once((lines) => asJson([...numbered(lines), '98|訳 a', '99|訳 b'])),
    requests: 1,
  },
  'counts from zero': {
    bad: once((lines) => asJson(lines.map(({ id, text }) => `${id - 1}|${translated(text)}`))),
    requests: 3,
  },
  'counts from two': {
    bad: once((lines) => asJson(lines.map(({ id, text }) => `${id + 1}|${translated(text)}`))),
    requests: 3,
  },
  'gives another number to one line': {
    bad: once((lines) => asJson(numbered(lines).map((line) => line.replace(/^7\|/, '77|')))),
    requests: 2,
  },
  'joins two lines in one string': {
    bad: once((lines) => {
      const all = numbered(lines);
      return asJson([...all.slice(0, 4), `${all[4]} ${all[5]}`, ...all.slice(6)]);
    }),
    requests: 3,
  },
  'puts all lines into one string': {
    bad: once((lines) => asJson([numbered(lines).join('\n')])),
    requests: 1,
  },
  'leaves a line empty': {
    bad: once((lines) => asJson(numbered(lines).with(2, '3|  '))),
    requests: 2,
  },
  'is truncated in the middle': {
    bad: once((lines) => reply(replyText(lines).slice(0, 420), 'length')),
    requests: 3,
  },
  'is truncated without saying so': {
    bad: once((lines) => reply(replyText(lines).slice(0, 420))),
    requests: 3,
  },
  'answers with truncated plain lines': {
    bad: once((lines) => reply(numbered(lines).join('\n').slice(0, 420), 'length')),
    requests: 3,
  },
  'is truncated within the closing brackets': {
    bad: once((lines) => reply(replyText(lines).slice(0, -2))),
    requests: 1,
  },
  'thinks aloud before it answers': {
    bad: once((lines) => reply(`<think>1|is hard\n2|is harder</think>\n${replyText(lines)}`)),
    requests: 1,
  },
  'puts its answer into a code fence': {
    bad: once((lines) => reply(`Sure, here you are:\n\`\`\`json\n${replyText(lines)}\n\`\`\``)),
    requests: 1,
  },
  'answers with plain lines': { bad: once((lines) => reply(numbered(lines).join('\n'))), requests: 1 },
  'answers with objects': {
    bad: once((lines) =>
      reply(JSON.stringify({ lines: lines.map(({ id, text }) => ({ id, text: translated(text) })) })),
    ),
    requests: 1,
  },
  'returns no lines': { bad: once(() => reply('{"lines":[]}')), requests: 3 },
  'fails with 500 and then answers': {
    bad: (_, n) => (n === 0 ? { status: 500, body: { error: { message: 'oops' } } } : undefined),
    requests: 2,
  },
};

test.each(Object.entries(hostile))(
  'a model that %s: each translation belongs to its own line',
  async (_, { bad, requests }) => {
    const upstream = await lineUpstream(bad);
    const { core, id } = await testProject(upstream.url, { 'a.txt': linesOf(20) });
    const { run } = await core.ask('translate.run', { project: id, wait: true });
    expect(run.state).toBe('done');
    const { units } = await core.ask('translate.units', { project: id });
    expect(units.map(({ source, target, state }) => [source, target, state])).toEqual(
      units.map(({ source }) => [source, translated(source), 'draft']),
    );
    expect(upstream.requests).toHaveLength(requests);
  },
);

test('a line that no request answers keeps its source and is flagged with the reason, and the others are translated', async () => {
  const upstream = await lineUpstream((lines) =>
    asJson(numbered(lines).filter((line) => !line.includes('number 7 of'))),
  );
  const { core, id } = await testProject(upstream.url, { 'a.txt': linesOf(20) });
  const { run } = await core.ask('translate.run', { project: id, wait: true });
  expect(run.state).toBe('done');
  const { units } = await core.ask('translate.units', { project: id, state: ['flagged'] });
  expect(units).toMatchObject([
    {
      source: 'Line number 7 of the story.',
      target: null,
      problems: [{ code: 'missing', severity: 'error' }],
    },
  ]);
  const { project } = await core.ask('translate.get', { project: id });
  expect(project.units).toMatchObject({ unanswered: 1, by_state: { draft: 19, flagged: 1 } });
  expect(upstream.requests).toHaveLength(2);
  const report = await core.ask('translate.export', { project: id });
  expect(report).toMatchObject({ written_units: 19, left_out: { untranslated: 1 } });
});

test.each([
  ['refuses', "I'm sorry, but I can't assist with that request.", 'refusal'],
  ['answers in the wrong language', 'Das ist die Zeile mit der Nummer in der Geschichte.', 'untranslated'],
  ['repeats itself endlessly', `訳 ${'はい、'.repeat(60)}`, 'repetition'],
  ['explains itself', '以下は翻訳です：物語の行。', 'explanation'],
  ['invents a tag', '訳 {b}物語{/b}の行。', 'code'],
])('a model that %s in a line: the line is flagged and not exported', async (_, text, code) => {
  const upstream = await lineUpstream((lines) => asJson(numbered(lines).with(4, `5|${text}`)));
  const { core, id } = await testProject(upstream.url, { 'a.txt': linesOf(20) });
  await core.ask('translate.run', { project: id, wait: true });
  const { units } = await core.ask('translate.units', { project: id, state: ['flagged'] });
  expect(units.map(({ source, problems }) => [source, problems[0]?.code])).toEqual([
    ['Line number 5 of the story.', code],
  ]);
  const report = await core.ask('translate.export', { project: id });
  expect(report).toMatchObject({ written_units: 19, left_out: { flagged: 1 } });
});

test('with every twentieth reply bad, a group takes at most 1.3 requests', async () => {
  const kinds = Object.values(hostile).map(({ bad }) => bad);
  const upstream = await lineUpstream((lines, n) =>
    n % 20 === 7 ? kinds[(n / 20) | 0]?.(lines, 0) : undefined,
  );
  const { core, id } = await testProject(upstream.url, { 'a.txt': linesOf(4000) });
  const { run } = await core.ask('translate.run', { project: id, wait: true });
  expect(run).toMatchObject({ state: 'done', groups: 100 });
  expect(upstream.requests.length).toBeLessThanOrEqual(130);
  const { units } = await core.ask('translate.units', { project: id, limit: 1000, state: ['draft'] });
  for (const { source, target } of units) expect(target).toBe(translated(source));
});

test('ten requests in a row without a translation pause the run, with the reason', async () => {
  const upstream = await lineUpstream(() => reply('{"lines":["I will not."]}'));
  const { core, id, view } = await testProject(upstream.url, { 'a.txt': linesOf(2000) }, { concurrency: 1 });
  const { run } = await core.ask('translate.run', { project: id, wait: true });
  expect(run).toMatchObject({ state: 'waiting', code: 'failed_groups' });
  expect(run.reason).toContain('10 requests in a row');
  expect(upstream.requests).toHaveLength(10);
  expect((await view()).units.by_state).toEqual({ new: 2000 });
});
