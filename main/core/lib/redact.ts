/** The last four characters of a secret, by which people know it; undefined for one under 12 characters. */
export function last4Of(secret: string | undefined): string | undefined {
  return secret !== undefined && secret.length >= 12 ? secret.slice(-4) : undefined;
}

/** How a secret is shown: `••••` and its last four characters, or none of a short one. */
export function mask(secret: string): string {
  return `••••${last4Of(secret) ?? ''}`;
}

/** `ollama`, `lm-studio`, `not-needed`: what local servers take for a key is a word that stands in answers too. */
function isPlainWord(text: string): boolean {
  return text.length < 20 && /^[a-z]+(?:[-_ ][a-z]+)*$/i.test(text);
}

/** What is nested deeper is looked at as text. */
const deepest = 500;

/** Cuts known secret values out of any text; each secret is added as soon as it is read. */
export class Redactor {
  readonly #secrets = new Map<string, string>();
  #forms: readonly string[] = [];
  #shortest = 0;
  #pattern: RegExp | undefined;

  /** Values under six characters and plain words are not taken: they would cut ordinary text. */
  add(secret: string | undefined): void {
    if (!secret || secret.length < 6 || this.#secrets.has(secret) || isPlainWord(secret)) return;
    // A provider that quotes a header leaves its scheme out.
    this.add(/^(?:Bearer|Basic|Token)\s+(.+)$/i.exec(secret)?.[1]);
    const masked = mask(secret);
    // The forms in which a secret turns up in JSON, in a URL, and in a Basic header.
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

  /** Nearly no text holds one: looking for each is a tenth of what the pattern takes. */
  #holds(text: string): boolean {
    if (text.length < this.#shortest) return false;
    for (const form of this.#forms) if (text.includes(form)) return true;
    return false;
  }

  /** `value` with every string in it cut; the same object when there is nothing to cut. */
  redactDeep<T>(value: T): T {
    if (!this.#pattern || !this.#containsDeep(value, 0)) return value;
    const text = JSON.stringify(value);
    if (text === undefined) return value;
    const clean = this.redact(text);
    return clean === text ? value : (JSON.parse(clean) as T);
  }

  #containsDeep(value: unknown, depth: number): boolean {
    if (typeof value === 'string') return this.#holds(value);
    // A number may be a secret as well; its digits are looked for in the text.
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
