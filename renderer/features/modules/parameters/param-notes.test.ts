import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WarningDetail } from '../../../../contract/warnings.ts';
import { showLanguage } from '../../../i18n/current-language.ts';
import { japanese } from '../../../i18n/ja/catalogue.ts';
import { notesFor, otherNotes } from './param-notes.ts';

beforeEach(() => void vi.stubGlobal('document', { documentElement: { lang: '' } }));
afterEach(() => {
  showLanguage('en', null);
  vi.unstubAllGlobals();
});

const none = { broken: [], dropped: [], rewritten: [], warning_details: [], inherited: {}, named_rules: [] };
const warning = (message: string): WarningDetail => ({ code: 'model_rule', message, values: {} });
const text = 'x refuses temperature together with top_p: omit top_p';
const together = {
  id: 'not_together:temperature+top_p',
  rule: { rule: 'not_together' as const, params: ['temperature', 'top_p'] },
  message: text,
  warning: warning(text),
  blocks: true,
};

test('a rule about two parameters is shown once, at the parameter to leave out first', () => {
  const check = { ...none, broken: [together] };
  const options = { temperature: 0.2, top_p: 0.9 };
  expect(notesFor('temperature', check, options)).toEqual([]);
  const [note] = notesFor('top_p', check, options);
  expect(note).toMatchObject({ tone: 'blocks', text: together.message });
  expect(note?.fixes).toEqual([
    { kind: 'omit', param: 'top_p' },
    { kind: 'omit', param: 'temperature' },
  ]);
});

test('a value out of range can be set to the bound it exceeds', () => {
  const rule = { rule: 'range' as const, param: 'temperature', min: 0, max: 1 };
  const check = { ...none, broken: [{ id: 'r', rule, message: '', warning: warning(''), blocks: false }] };
  const fixOf = (temperature: number) => notesFor('temperature', check, { temperature })[0]?.fixes[0];
  expect(fixOf(1.7)).toMatchObject({ value: 1 });
  expect(fixOf(-3)).toMatchObject({ value: 0 });
});

test('a note for no listed parameter is shown above them', () => {
  const dropped = [{ param: 'schema', reason: 'no room' }];
  const notes = otherNotes(
    { ...none, broken: [together], dropped, warning_details: [warning('w')] },
    { temperature: 1, top_p: 1 },
    ['seed'],
  );
  expect(notes.map(({ text }) => text)).toEqual(['w', together.message, 'schema: not sent: no room']);
});

test('reasons of dropped and rewritten parameters are in the current language', () => {
  showLanguage('ja', japanese);
  const text = 'This model has no thinking level above "high".';
  const values = { rule: 'gemini-levels', blocks: false, text };
  const why = { reason: text, reason_detail: { code: 'model_rule' as const, values } };
  const check = {
    ...none,
    dropped: [{ param: 'seed', ...why }],
    rewritten: [{ path: '/thinking_level', from: 'max', to: 'high', ...why }],
  };
  const translated = japanese.reasons.model_rule(values);
  expect(translated).not.toBe(text);
  const notes = [
    ...notesFor('seed', check, {}),
    ...notesFor('thinking_level', check, {}),
    ...otherNotes({ ...check, warning_details: [] }, {}, []),
  ];
  expect(notes.map((note) => note.text)).toEqual([
    `送信しません: ${translated}`,
    `${translated}(送信値: "high")`,
    `seed: 送信しません: ${translated}`,
  ]);
});

test('of the parameters that a model refuses, only those that would be sent can be left out', () => {
  const rule = { rule: 'refused' as const, params: ['temperature', 'top_p', 'top_k'] };
  const inherited = { top_p: { value: 0.8, from: 'model' as const } };
  const check = {
    ...none,
    broken: [{ id: 'r', rule, message: '', warning: warning(''), blocks: true }],
    inherited,
  };
  const options = { temperature: 0.2, top_k: null };
  expect(notesFor('top_p', check, options)[0]?.fixes.map(({ param }) => param)).toEqual([
    'top_p',
    'temperature',
  ]);
});

test('a note names its rule and source, so that the rule can be ignored', () => {
  const rule = {
    rule: 'refused' as const,
    id: 'no-temp',
    params: ['temperature'],
    source: 'vendor',
    as_of: '2026-11',
  };
  const check = {
    ...none,
    dropped: [{ param: 'temperature', reason: 'refused', rule: 'no-temp' }],
    named_rules: [{ id: 'no-temp', rule }],
  };
  expect(notesFor('temperature', check, { temperature: 1 })[0]?.rule).toEqual({
    id: 'no-temp',
    source: 'vendor',
    as_of: '2026-11',
  });
});
