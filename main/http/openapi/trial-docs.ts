import type { ErrorCode } from '../../../contract/errors.ts';

const tag = 'Trials';
const trialErrors: readonly ErrorCode[] = ['not_found', 'file_unreadable'];
const saveErrors: readonly ErrorCode[] = ['file_unreadable', 'id_taken'];
const projectErrors: readonly ErrorCode[] = [...saveErrors, 'not_found', 'ledger_unavailable'];
const listErrors: readonly ErrorCode[] = ['file_unreadable'];
const pair = { set: 'translate-ja-en', contestants: [{ provider: 'stub', model: 'stub' }], sample: 2 };

/**
 * Comparing presets on a set.
 * @param callErrors errors of a live call and of rendering its prompt pack
 */
export function trialDocs(callErrors: readonly ErrorCode[]) {
  const planErrors: readonly ErrorCode[] = [...trialErrors, ...callErrors];
  return {
    'GET /api/trials/sets': {
      tag,
      summary: 'What presets can be compared on',
      query: { module: 'Sets of this module only.' },
    },
    'POST /api/trials/sets': {
      tag,
      summary: 'JSON lines as a set of your own',
      errors: saveErrors,
      examples: {
        lines: {
          name: 'my-lines',
          text: '{"source": "おはよう", "target": "Good morning."}',
          target_language: 'en',
        },
      },
    },
    'POST /api/trials/sets/from-project': {
      tag,
      summary: 'The reviewed lines of a translation project as a set',
      errors: projectErrors,
    },
    'DELETE /api/trials/sets/:name': { tag, summary: 'Remove a set of your own', errors: trialErrors },
    'POST /api/trials/plan': {
      tag,
      summary: 'What a trial would send and cost; nothing is sent',
      errors: planErrors,
      examples: { sample: pair },
    },
    'GET /api/trials': { tag, summary: 'All trials, the latest first', errors: listErrors },
    'POST /api/trials': {
      tag,
      summary: 'Begin a trial; answers when it has begun, or with `wait` when it is over',
      errors: planErrors,
      examples: { sample: { ...pair, wait: true } },
    },
    'GET /api/trials/ranks/:module': {
      tag,
      summary: 'The measured rank of each preset of a module',
      errors: trialErrors,
      params: { module: 'translate' },
    },
    'GET /api/trials/:trial': {
      tag,
      summary: 'How far a trial is; its results when it is over',
      query: {
        ranked_by: 'What decides the order.',
        voter: 'Whose votes count: `person`, or a judge as `provider/model`.',
      },
      errors: trialErrors,
    },
    'DELETE /api/trials/:trial': { tag, summary: 'Remove a trial', errors: trialErrors },
    'POST /api/trials/:trial/resume': {
      tag,
      summary: 'Go on with a trial that was stopped',
      errors: planErrors,
    },
    'POST /api/trials/:trial/cancel': {
      tag,
      summary: 'Begin no further request; with `give_up` those under way end as well, and may have been paid',
      errors: trialErrors,
    },
    'POST /api/trials/:trial/vote': { tag, summary: 'A person’s vote on a pair', errors: trialErrors },
    'POST /api/trials/:trial/judge-plan': {
      tag,
      summary: 'What the votes of a model would cost; nothing is sent',
      errors: planErrors,
    },
    'POST /api/trials/:trial/judge': {
      tag,
      summary: 'Votes of a model; it is shown each pair twice, with the sides swapped',
      errors: planErrors,
    },
    'GET /api/trials/:trial/ballot': {
      tag,
      summary: 'The next pair to vote on, without names',
      query: { per_pair: 'Units that each pair of presets is compared on.' },
      errors: trialErrors,
    },
    'GET /api/trials/:trial/export': {
      tag,
      summary: 'The table of results as Markdown or CSV',
      query: {
        as: '`markdown` or `csv`.',
        ranked_by: 'What decides the order.',
        voter: 'Whose votes count.',
      },
      errors: trialErrors,
    },
  };
}
