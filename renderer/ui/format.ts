const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `1234` → `1,234`. */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** Bytes in binary units: `1023 B`, `1.5 kB`, `2.0 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} kB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** US dollars with enough digits that a small amount never reads as nothing. */
export function formatUsd(amount: number): string {
  if (amount === 0) return '$0';
  if (amount >= 0.1) return `$${amount.toFixed(2)}`;
  if (amount < 0.000001) return '< $0.000001';
  const digits = amount >= 0.01 ? 3 : amount >= 0.001 ? 4 : 6;
  return `$${amount.toFixed(digits)}`;
}

/** USD per million tokens, as vendors write it: `2` → `$2`, `0.15` → `$0.15`, `0.075` → `$0.075`. */
export function formatPrice(perMillion: number): string {
  const text = perMillion.toFixed(4).replace(/0+$/, '').replace(/\.$/, '');
  return `$${/\.\d$/.test(text) ? `${text}0` : text}`;
}

/** Milliseconds for a person: `412 ms`, `3.2 s`, `2 min 05 s`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** A context window: `128000` → `128k`, `1048576` → `1.05M`, `4096` → `4.1k`. */
export function formatContext(tokens: number): string {
  if (tokens >= 1_000_000) return `${trimZero((tokens / 1_000_000).toFixed(2))}M`;
  if (tokens >= 1000) return `${trimZero((tokens / 1000).toFixed(tokens < 10_000 ? 1 : 0))}k`;
  return String(tokens);
}

function trimZero(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** The hour and minute of a moment in milliseconds since 1970, in the window's time zone. */
export function formatTime(at: number): string {
  return new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

/** An ISO time as date and second in the window's time zone, without the year: `11-22 21:59:33`. */
export function formatMoment(iso: string): string {
  const at = new Date(iso);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** An ISO time as a day in the window's time zone: `12 November 2026`. */
export function formatDay(iso: string): string {
  return new Date(iso).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
}
