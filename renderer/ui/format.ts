import { currentLanguage } from '../i18n/current-language.ts';
import { perLanguage } from '../i18n/per-language.ts';
import { formatMessages } from '../messages/format-messages.ts';

const t = formatMessages.format;

/** A number with this many decimals, in the current language's digits and separators. */
const decimal = [0, 1, 2].map((digits) =>
  perLanguage(
    () =>
      new Intl.NumberFormat(currentLanguage(), {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }),
  ),
);
const fixed = (value: number, digits: 0 | 1 | 2) => decimal[digits]!().format(value);

/** By the fewest and the most digits. To create one takes longer than to draw the table row that shows the amount. */
const dollars = perLanguage(() => new Map<string, Intl.NumberFormat>());

function usd(value: number, fewest: number, max: number): string {
  const digits = `${fewest}-${max}`;
  const format =
    dollars().get(digits) ??
    new Intl.NumberFormat(currentLanguage(), {
      style: 'currency',
      currency: 'USD',
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: fewest,
      maximumFractionDigits: max,
      useGrouping: false,
    });
  dollars().set(digits, format);
  return format.format(value);
}

/** Formats `1234` as `1,234`. */
export function formatCount(count: number): string {
  return fixed(count, 0);
}

/** Bytes in binary units: `1023 B`, `1.5 kB`, `2.0 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${fixed(bytes / 1024, 1)} kB`;
  return `${fixed(bytes / 1024 / 1024, 1)} MB`;
}

/** US dollars with enough digits that a small amount is never shown as 0. */
export function formatUsd(amount: number): string {
  if (amount === 0) return usd(0, 0, 0);
  if (amount >= 0.1) return usd(amount, 2, 2);
  if (amount < 0.000001) return `< ${usd(0.000001, 6, 6)}`;
  const digits = amount >= 0.01 ? 3 : amount >= 0.001 ? 4 : 6;
  return usd(amount, digits, digits);
}

/** An amount that the user confirms: to a hundredth of a cent, as the server reports it. */
export const formatExactUsd = (amount: number): string => usd(amount, 2, 4);

/** USD per million tokens, in the vendors' format: `2` → `$2`, `0.15` → `$0.15`, `0.075` → `$0.075`. */
export function formatPrice(perMillion: number): string {
  const whole = Number.isInteger(Number(perMillion.toFixed(4)));
  return usd(perMillion, whole ? 0 : 2, whole ? 0 : 4);
}

/** Formats milliseconds: `412 ms`, `3.2 s`, `2 min 05 s`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return t.ms(fixed(ms, 0));
  if (ms < 59_950) return t.seconds(fixed(ms / 1000, 1));
  return formatSeconds(ms);
}

/** An estimate, or a time that counts down, in whole seconds: `16 s`, `2 min 05 s`. */
export function formatSeconds(ms: number): string {
  if (ms < 59_500) return t.seconds(fixed(Math.max(1, ms / 1000), 0));
  const seconds = Math.round(ms / 1000);
  return t.minutes(String(Math.floor(seconds / 60)), String(seconds % 60).padStart(2, '0'));
}

/** Formats a context size: `128000` → `128k`, `1048576` → `1.05M`, `4096` → `4.1k`. */
export function formatContext(tokens: number): string {
  if (tokens >= 1_000_000) return `${trimZero((tokens / 1_000_000).toFixed(2))}M`;
  if (tokens >= 1000) return `${trimZero((tokens / 1000).toFixed(tokens < 10_000 ? 1 : 0))}k`;
  return String(tokens);
}

function trimZero(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const day = { month: '2-digit', day: '2-digit' } as const;
const timeFormat = perLanguage(() => new Intl.DateTimeFormat(currentLanguage(), clock));
// English readers disagree on 11/12, so English uses the order of ISO 8601, as in Sweden and Canada.
const dayFormat = perLanguage(
  () => new Intl.DateTimeFormat(currentLanguage() === 'en' ? 'fr-CA' : currentLanguage(), day),
);
const secondFormat = perLanguage(
  () => new Intl.DateTimeFormat(currentLanguage(), { ...clock, second: '2-digit' }),
);

/** Hour and minute of a time in milliseconds since 1970, in the window's time zone. */
export function formatTime(at: number): string {
  return timeFormat().format(at);
}

/** Hour, minute and second of an ISO time, in the window's time zone: `21:59:33`. */
export function formatSecond(iso: string): string {
  return secondFormat().format(new Date(iso));
}

/** Date and time of an ISO time in the window's time zone, without the year: `11-22 21:59:33`. */
export function formatTimestamp(iso: string): string {
  const at = new Date(iso);
  return `${dayFormat().format(at)} ${secondFormat().format(at)}`;
}

const fullFormat = perLanguage(
  () => new Intl.DateTimeFormat(currentLanguage(), { dateStyle: 'medium', timeStyle: 'medium' }),
);

/** An ISO time with its year, in the language's format: `Nov 22, 2026, 9:59:33 PM`. */
export function formatDateTime(iso: string): string {
  return fullFormat().format(new Date(iso));
}

const longDay = { day: 'numeric', month: 'long', year: 'numeric' } as const;
const longDayFormat = perLanguage(
  () => new Intl.DateTimeFormat(currentLanguage() === 'en' ? 'en-GB' : currentLanguage(), longDay),
);

/** The day of an ISO time in the window's time zone: `12 November 2026`. */
export function formatDay(iso: string): string {
  return longDayFormat().format(new Date(iso));
}

const isSpaced = () => currentLanguage() === 'en';

/** What stands between two sentences: a space, except in Japanese and Chinese. */
export const sentenceGap = () => (isSpaced() ? ' ' : '');

/** What stands between the items of a list: a full-width comma in Japanese and Chinese. */
export const listSeparator = () => (isSpaced() ? ', ' : '、');

/** The items of a list as one text. */
export const formatList = (items: readonly string[]) => items.join(listSeparator());
