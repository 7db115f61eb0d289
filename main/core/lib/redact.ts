/**
 * The last four characters of a secret, by which users recognize it; undefined for a secret under 12
 * characters.
 */
export function last4Of(secret: string | undefined): string | undefined {
  return secret !== undefined && secret.length >= 12 ? secret.slice(-4) : undefined;
}

/** A secret for display: `••••` and its last four characters, or none of a short one. */
export function mask(secret: string): string {
  return `••••${last4Of(secret) ?? ''}`;
}

/**
 * `ollama`, `lm-studio`, `not-needed`: local servers accept such words as keys, but they also occur in
 * answers.
 */
function isPlainWord(text: string): boolean {
  return text.length < 20 && /^[a-z]+(?:[-_ ][a-z]+)*$/i.test(text);
}

/** Values nested deeper are handled as text. */
const deepest = 500;

/** Removes known secret values from any text; each secret is added as soon as it is read. */
export class Redactor {
  readonly #secrets = new Map<string, string>();
  #forms: readonly string[] = [];
  #shortest = 0;
  #pattern: RegExp | undefined;

  /** Ignores values under six characters and plain words, because they would remove ordinary text. */
  add(secret: string | undefined): void {
    if (!secret || secret.length < 6 || this.#secrets.has(secret) || isPlainWord(secret)) return;
    // A provider that quotes a header omits its scheme.
    this.add(/^(?:Bearer|Basic|Token)\s+(.+)$/i.exec(secret)?.[1]);
    const masked = mask(secret);
    // The forms in which a secret appears in JSON, in a URL, and in a Basic header.
    for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]) {
      this.#secrets.set(form, masked);
    }
    const byLengthDescending = [...this.#secrets.keys()].sort((a, b) => b.length - a.length);
    this.#forms = byLengthDescending;
    this.#shortest = byLengthDescending.at(-1)?.length ?? 0;
    this.#pattern = new RegExp(
      byLengthDescending.map((s) => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'),
      'g',
    );
  }

  redact(text: string): string {
    if (!this.#pattern || !this.#holds(text)) return text;
    return text.replace(this.#pattern, (found) => this.#secrets.get(found) ?? '••••');
  }

  /** Hardly any text contains a secret, and this check takes a tenth of the pattern's time. */
  #holds(text: string): boolean {
    if (text.length < this.#shortest) return false;
    for (const form of this.#forms) if (text.includes(form)) return true;
    return false;
  }

  /** `value` with every string in it redacted; the same object if there is nothing to redact. */
  redactDeep<T>(value: T): T {
    if (!this.#pattern || !this.#containsDeep(value, 0)) return value;
    const text = JSON.stringify(value);
    if (text === undefined) return value;
    const clean = this.redact(text);
    return clean === text ? value : (JSON.parse(clean) as T);
  }

  #containsDeep(value: unknown, depth: number): boolean {
    if (typeof value === 'string') return this.#holds(value);
    // A number may be a secret too; its digits are searched in the text.
    if (typeof value === 'number') return value >= 100_000 && this.#holds(String(value));
    if (typeof value !== 'object' || value === null) return false;
    if (depth > deepest) return true;
    if (Array.isArray(value)) return value.some((item) => this.#containsDeep(item, depth + 1));
    for (const key in value)
      if (this.#holds(key) || this.#containsDeep((value as Record<string, unknown>)[key], depth + 1))
        return true;
    return false;
  }
}
