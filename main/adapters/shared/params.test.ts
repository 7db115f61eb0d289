import { expect, it } from 'vitest';
import { ParameterReport } from './params.ts';
import { reason } from './reason.ts';

const unknown = reason('unknown_field', { api: 'Mine' }, 'no such parameter');
const noReason = () => unknown;

it('reports parameters that no adapter code handles as dropped, with the code of the reason', () => {
  const report = new ParameterReport({ temperature: 1, mystery: 2 });
  report.take('temperature');
  expect(report.close(noReason)).toEqual({
    applied: ['temperature'],
    dropped: [
      {
        param: 'mystery',
        reason: 'no such parameter',
        reason_detail: { code: 'unknown_field', values: { api: 'Mine' } },
      },
    ],
    rewritten: [],
  });
});

it('treats undefined and null as not set, also on request', () => {
  const report = new ParameterReport({ seed: null, stop: undefined });
  expect(report.take('seed')).toBeUndefined();
  report.drop('stop', unknown);
  expect(report.close(noReason)).toEqual({ applied: [], dropped: [], rewritten: [] });
});

it('lets no parameter replace the model, the messages or a prototype', () => {
  const params = JSON.parse('{"model":"x","messages":[],"stream":true,"__proto__":{"a":1}}') as Record<
    string,
    unknown
  >;
  const { dropped } = new ParameterReport(params).close(noReason);
  expect(dropped.map(({ param }) => param)).toEqual(['model', 'messages', 'stream', '__proto__']);
});

it('does not find an object’s built-in properties', () => {
  expect(new ParameterReport({}).peek('constructor')).toBeUndefined();
});
