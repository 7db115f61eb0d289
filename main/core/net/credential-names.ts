/** True for header names whose value is a credential with any provider. */
export function isCredentialHeader(name: string): boolean {
  return /authori[sz]ation|api[-_]?key|token|secret|cookie|^x-goog-api-key$/i.test(name);
}

/** True for query parameters whose value is a credential. */
export function isCredentialQuery(name: string): boolean {
  return /^(key|auth|sig|signature|password)$|api[-_]?key|token|secret/i.test(name);
}
