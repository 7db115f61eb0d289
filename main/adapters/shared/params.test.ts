import { expect, it } from 'vitest';
import { ParameterReport } from './params.ts';

const noReason = () => 'no such parameter';

it('drops with a reason what no wire code decided on, instead of losing it', () => {
  const report = new ParameterReport({ temperature: 1, mystery: 2 });
  report.take('temperature');
  expect(report.close(noReason)).toEqual({
    applied: ['temperature'],
    dropped: [{ param: 'mystery', reason: 'no such parameter' }],
    rewritten: [],
  });
});

it('takes undefined and null as not set, also when asked for them', () => {
  const report = new ParameterReport({ seed: null, stop: undefined });
  expect(report.take('seed')).toBeUndefined();
  report.drop('stop', 'not here');
  expect(report.close(noReason)).toEqual({ applied: [], dropped: [], rewritten: [] });
});

it('keeps a parameter from replacing the model, the messages or a prototype', () => {
  const params = JSON.parse('{"model":"x","messages":[],"stream":true,"__proto__":{"a":1}}') as Record<
    string,
    unknown
  >;
  const { dropped } = new ParameterReport(params).close(noReason);
  expect(dropped.map(({ param }) => param)).toEqual(['model', 'messages', 'stream', '__proto__']);
});

it('does not find names that every object has', () => {
  expect(new ParameterReport({}).peek('constructor')).toBeUndefined();
});
