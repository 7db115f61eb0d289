import type { CodedText } from '../../../contract/coded-texts.ts';
import type { ProviderEntry } from '../../../contract/provider.ts';
import { AppError } from '../lib/app-error.ts';
import { codedText } from '../lib/coded-text.ts';
import type { Registry } from '../registry/build-registry.ts';
import { checkEntry } from '../registry/check-entry.ts';
import { registryNotice } from '../registry/registry-problem.ts';
import { composed, type Composed } from '../lib/notice.ts';
import { envVariables } from '../registry/environment.ts';
import type { Provider } from '../registry/model/model.ts';
import { hostnameOf, isLoopback, isPrivate, originOf } from '../net/origin.ts';
import { providerFromEntry } from '../registry/model/provider-from-entry.ts';

function keyVariables(provider: Provider): string[] {
  return [...envVariables(provider, 'API_KEY'), ...provider.credentials.env];
}

function addressProblem(entry: ProviderEntry, provider: Provider): CodedText<'import_note'> | undefined {
  if (entry.adapter === 'stub') return undefined;
  if (!/^https?:\/\//i.test(entry.base) || originOf(entry.base) === null)
    return codedText('import_note', 'base_not_http', {}, 'its base is not an http or https URL');
  const host = hostnameOf(entry.base);
  if (provider.kind !== 'cloud' && !isLoopback(host) && !isPrivate(host))
    return codedText(
      'import_note',
      'outside_network',
      { kind: provider.kind, host },
      `it says ${provider.kind}, but ${host} is outside this machine and its network: a flag must guard it (kind "cloud")`,
    );
  return undefined;
}

/**
 * Whether it would get another provider's key. A file from someone else must not be able to use keys that the
 * user has for other providers.
 */
function keyProblem(provider: Provider, registry: Registry): CodedText<'import_note'> | undefined {
  const others = [...registry.providers.values()].filter((other) => other.name !== provider.name);
  const atHome = (other: Provider) => originOf(other.base) === originOf(provider.base);
  const own = new Set(envVariables({ ...provider, aliases: [provider.name] }, 'API_KEY'));
  for (const variable of keyVariables(provider)) {
    const owner = others.find((other) => keyVariables(other).includes(variable));
    if (owner && !atHome(owner))
      return codedText(
        'import_note',
        'key_of_other',
        { variable, provider: owner.name },
        `it asks for ${variable}, the key of ${owner.name}, for another address`,
      );
    if (!owner && !own.has(variable))
      return codedText(
        'import_note',
        'key_not_own',
        { variable },
        `it asks for ${variable}, which may hold the key of something else; add that by hand if it is meant`,
      );
  }
  return undefined;
}

function placeProblem(provider: Provider, registry: Registry): CodedText<'import_note'> | undefined {
  const there = registry.providers.get(provider.name);
  if (!there) return undefined;
  if (there.origin !== 'user')
    return codedText(
      'import_note',
      'provider_exists',
      { provider: provider.name },
      `${provider.name} is a provider already, and its keys are not for a file from elsewhere`,
    );
  if (originOf(there.base) === originOf(provider.base)) return undefined;
  return codedText(
    'import_note',
    'other_address',
    { provider: provider.name, base: there.base },
    `your ${provider.name} is at another address, ${there.base}, and its key is for that one; remove or rename yours first`,
  );
}

/** Why an imported provider is refused; undefined if it is not. */
export function refusedProvider(
  entry: ProviderEntry,
  registry: Registry,
): Composed<'import_note'> | undefined {
  try {
    checkEntry('', '', entry);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { values, parts } = registryNotice(error);
    const message = values.problem;
    return composed(codedText('import_note', 'provider_broken', { message }, message), parts);
  }
  const provider = providerFromEntry(entry, 'user');
  return (
    addressProblem(entry, provider) ?? placeProblem(provider, registry) ?? keyProblem(provider, registry)
  );
}
