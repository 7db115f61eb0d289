/** Names of variables with credentials: provider keys, tokens, passphrases, a database's address, headers. */
const secret =
  /^COMFYVN_LLM_.*(KEY(_\d+)?|TOKEN|PASSPHRASE|HEADERS|DATABASE_URL)$|_(API_?KEY|KEY|TOKEN|SECRET)(_\d+)?$/i;

/**
 * Copies the environment and removes variables that may contain a credential from the process's own. Electron
 * exposes that one to every page's preload, and each child process inherits it.
 */
export function takeEnvironment(env: NodeJS.ProcessEnv): Readonly<Record<string, string | undefined>> {
  const copy = { ...env };
  for (const name of Object.keys(env)) if (secret.test(name)) delete env[name];
  return copy;
}
