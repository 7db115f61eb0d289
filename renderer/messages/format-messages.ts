import { liveMessages } from '../i18n/live-messages.ts';

/** Units of time beside a number. */
export const formatMessages = liveMessages('format', {
  format: {
    ms: (count: string) => `${count} ms`,
    seconds: (count: string) => `${count} s`,
    minutes: (minutes: string, seconds: string) => `${minutes} min ${seconds} s`,
  },
});
