import { liveMessages } from '../i18n/live-messages.ts';

/** What a provider takes a minute. */
export const limitsMessages = liveMessages('limits', {
  title: 'Limits',
  intro:
    'Calls wait until the provider has room for them; runs give way to people. Empty: as the replies of the provider say.',
  fields: { requests: 'Requests a minute', tokens: 'Tokens a minute' },
  problem: 'Enter a whole number above 0, or leave it empty.',
  save: 'Save limits',
  saved: 'Limits saved',
  unchanged: 'Nothing has been changed',
  learned: 'Reported in its replies',
  meters: {
    requests: (count: string) => `${count} requests`,
    tokens: (count: string) => `${count} tokens`,
    input_tokens: (count: string) => `${count} input tokens`,
    output_tokens: (count: string) => `${count} output tokens`,
  },
  aMinute: (limits: string) => `${limits} a minute`,
  waitsFor: (provider: string, time: string) => `waits for the limit of ${provider}, ${time}`,
  wait: (provider: string) => `The limit of ${provider} is used up; the call is sent when there is room.`,
});
