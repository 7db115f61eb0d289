import { describe, expect, test } from 'vitest';
import { testCore } from '../__fixtures__/test-core.ts';
import { openAiReply, startUpstream } from '../__fixtures__/upstream.ts';

/** Ids of the built-in pack's checks that a translation fails. */
async function failedChecks(source_text: string, translation: string, more: Record<string, unknown> = {}) {
  const reply = JSON.stringify({ detected_language: 'ja', translation });
  const upstream = await startUpstream(openAiReply(reply));
  const { ask } = testCore({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: `${upstream.url}/v1` } });
  const answer = await ask('packs.run', {
    module: 'translate',
    variables: { source_text, target_language: 'English', ...more },
    send: true,
    provider: 'lmstudio_local',
    model: 'hermes-3-llama-3.1-8b',
  });
  if (!('checks' in answer)) throw new Error('no checks');
  return answer.checks.filter(({ ok }) => !ok).map(({ id }) => id);
}

describe('the built-in translate pack', () => {
  test.each<[string, string, string, Record<string, unknown>?]>([
    ['preserved lines', 'おはよう。\n雨だね。', 'Morning.\nIt rains.'],
    ['a line break at the very end', 'おはよう。\n', 'Morning.'],
    ['Windows line breaks', 'a。\r\n\r\nb。', 'A.\n\nB.'],
    ['doubled marks', 'Use [[brackets] and {{braces}.', 'Nimm [[Klammern] und {{Schweifklammern}.'],
    ['no code at all', '100% sure, 50% off', 'fully sure, half price'],
    [
      'terms inside words',
      'Also, annoyed people leave.',
      'さらに、人は去る。',
      { glossary: { Ann: 'アン', Al: 'アル' } },
    ],
    ['a hiragana run', 'あんなに走った', 'I ran that much', { glossary: { あんな: 'Anna' } }],
    ['a term in code', 'Hi [Ann]!', 'やあ [Ann]！', { glossary: { Ann: 'アン' } }],
    [
      'a term in an address',
      'See https://ann.test/Ann',
      '見て https://ann.test/Ann',
      { glossary: { Ann: 'アン' } },
    ],
    ['a clock time', 'At 10:30 we leave', '十時半に出る'],
    ['an address', 'See https://a.test/x', 'Voir https://a.test/x'],
    ['RPG Maker’s codes', '\\C[1]勇者\\C[0]\\!', '\\C[1]Hero\\C[0]\\!'],
  ])('passes %s', async (_, source, translation, more) => {
    expect(await failedChecks(source, translation, more)).toEqual([]);
  });

  test.each<[string, string, string, string, Record<string, unknown>?]>([
    [
      'three lines in one',
      'lines',
      'おはよう。\n雨だね。\n行こうか。',
      'Morning, it is raining, shall we go?',
    ],
    ['one line in three', 'lines', '傘', 'Umbrella\nRain\nThe roof'],
    ['a blank line that is lost', 'lines', 'a。\n\nb。', 'A.\nB.'],
    ['lost code', 'markup', 'Hi [name]!', 'Hallo!'],
    ['another precision', 'markup', '%.1f km', '%.2f km'],
    ['a lost line break written as \\n', 'markup', 'one\\ntwo', 'eins zwei'],
    ['a lost colour', 'markup', '\\C[1]勇者\\C[0]', '\\C[1]Hero'],
    ['a term', 'glossary', 'Ann leaves.', '彼女は去る。', { glossary: { Ann: 'アン' } }],
    ['a lost speaker', 'speaker-cues', 'アヤ: やあ', 'Hi'],
  ])('fails %s', async (_, id, source, translation, more) => {
    expect(await failedChecks(source, translation, more)).toEqual([id]);
  });
});
