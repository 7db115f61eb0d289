import { liveMessages } from '../i18n/live-messages.ts';

/** What a provider takes a minute. */
export const limitsMessages = liveMessages('limits', {
  title: 'Rate limits',
  intro:
    'Calls above a limit wait. Your own calls are sent before those of translation runs, batches and trials. Empty: the limits that the provider reports.',
  fields: { requests: 'Requests per minute', tokens: 'Tokens per minute' },
  problem: 'Enter a whole number above 0, or leave it empty.',
  save: 'Save limits',
  saved: 'Limits saved',
  unchanged: 'No changes',
  learned: 'Reported by the provider',
  meters: {
    requests: (count: string) => `${count} requests`,
    tokens: (count: string) => `${count} tokens`,
    input_tokens: (count: string) => `${count} input tokens`,
    output_tokens: (count: string) => `${count} output tokens`,
  },
  aMinute: (limits: string) => `${limits} per minute`,
  waitsFor: (provider: string, time: string) => `waiting for the rate limit of ${provider}, ${time}`,
  wait: (provider: string) =>
    `The rate limit of ${provider} is reached. The call is sent as soon as the limit allows.`,
});
