/** Names under which credentials stand: keys of providers, tokens, passphrases, a database's address, headers. */
const secret =
  /^COMFYVN_LLM_.*(KEY(_\d+)?|TOKEN|PASSPHRASE|HEADERS|DATABASE_URL)$|_(API_?KEY|KEY|TOKEN|SECRET)(_\d+)?$/i;

/**
 * A copy of the environment; what may hold a credential is taken out of the process' own. Electron hands that one to
 * every page's preload, and each child process inherits it.
 */
export function takeEnvironment(env: NodeJS.ProcessEnv): Readonly<Record<string, string | undefined>> {
  const copy = { ...env };
  for (const name of Object.keys(env)) if (secret.test(name)) delete env[name];
  return copy;
}
