import { adapterFor } from '../../../adapters/index.ts';
import { AppError } from '../../lib/app-error.ts';
import { switchedOffReason } from '../../chat/preflight-checks.ts';
import type { FeatureFlags } from '../../registry/features/feature-flags.ts';
import type { Redactor } from '../../lib/redact.ts';
import { TransportError } from '../../net/transport-error.ts';
import { envName } from '../../registry/environment.ts';
import { fetchModels, type FetchedModels, type FetchParts } from '../fetch-models.ts';
import type { Provider } from '../../registry/model/model.ts';

const listMs = 10_000;

export interface AskParts extends FetchParts {
  flags: FeatureFlags;
  redactor: Redactor;
}

const hasNoAddress = ({ metadata, base }: Provider) =>
  metadata['placeholder_base'] === true && base.includes('YOUR-');

const listOf = ({ adapter, kind }: Provider) => (kind === 'stub' ? undefined : adapterFor(adapter).modelList);

/** Why a provider is skipped when all are queried; null if it can be queried. Decrypts nothing. */
export function whySkipped(
  { flags, keys }: AskParts,
  provider: Provider,
): 'off' | 'no_key' | 'no_list' | 'no_address' | null {
  if (!listOf(provider)) return 'no_list';
  if (switchedOffReason(provider, flags)) return 'off';
  if (hasNoAddress(provider)) return 'no_address';
  return provider.credentials.required && !keys.state(provider).present ? 'no_key' : null;
}

function checkMayAsk({ flags, keys }: AskParts, provider: Provider): void {
  const { name } = provider;
  const off = switchedOffReason(provider, flags);
  if (off) throw new AppError('feature_disabled', off.message, { provider: name, flags: provider.flags });
  const variable = (ending: string) => `COMFYVN_LLM_${envName(name)}_${ending}`;
  if (hasNoAddress(provider))
    throw new AppError(
      'not_configured',
      `${name} has no address of its own yet: set ${variable('BASE_URL')}`,
      { provider: name },
    );
  if (provider.credentials.required && !keys.find(provider)) throw keys.missing(provider);
}

function asAppError(error: unknown, provider: Provider, { redactor }: AskParts): unknown {
  if (!(error instanceof TransportError)) return error;
  const { status, upstreamCode, hint, connection, message } = error;
  const details = {
    provider: provider.name,
    upstream_status: status,
    upstream_code: upstreamCode,
    upstream_message: message,
    ...(hint ? { hint } : {}),
    ...(connection ? { connection } : {}),
  };
  return new AppError(
    error.code,
    redactor.redact(`${provider.name}: ${message}`),
    redactor.redactDeep(details),
  );
}

/**
 * Fetches the provider's own list, within ten seconds; never from a cloud provider that is disabled or has no
 * key.
 * @throws AppError `feature_disabled`, `missing_key`, `not_configured`, `invalid_request` for a protocol
 * without a list, `cancelled`, or the provider's failure with its own message
 */
export async function askList(
  parts: AskParts,
  provider: Provider,
  signal: AbortSignal,
): Promise<FetchedModels> {
  const list = listOf(provider);
  if (!list)
    throw new AppError('invalid_request', `${provider.name} has no model list to ask for`, {
      provider: provider.name,
    });
  await parts.keys.open(provider);
  checkMayAsk(parts, provider);
  try {
    return await fetchModels(parts, provider, list, listMs, signal);
  } catch (error) {
    if (signal.aborted) throw new AppError('cancelled', 'the caller left before the list was there');
    throw asAppError(error, provider, parts);
  }
}
