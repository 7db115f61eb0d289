import { isObject } from './json.ts';

/**
 * Names that people use for a credential in free-form settings: `api_key`, `clientSecret`, `access_token`.
 */
function isSecretName(name: string): boolean {
  return /^(authorization|passw(or)?d|secret|token|api[-_]?key)$|([-_]|(?<=[a-z])(?=[A-Z]))(key|secret|token|password)$/i.test(
    name,
  );
}

/** Every string in `value` under such a name, at any depth. */
export function secretValues(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(secretValues);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === 'string' ? (isSecretName(name) ? [inner] : []) : secretValues(inner),
  );
}
