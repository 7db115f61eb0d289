import type { ChatRequest } from '../../../contract/chat.ts';
import type { CodedText } from '../../../contract/coded-texts.ts';
import { AppError } from '../lib/app-error.ts';
import { codedText } from '../lib/coded-text.ts';
import type { FeatureFlags } from '../registry/features/feature-flags.ts';
import { standInOf } from '../registry/active-preset.ts';
import { isGone } from '../registry/lifecycle.ts';
import type { Provider } from '../registry/model/model.ts';
import { isEnabled } from '../registry/features/feature-flags.ts';
import { envName } from '../registry/environment.ts';
import type { KeyFinder } from '../secrets/key-finder.ts';
import type { Plan } from './plan/plan.ts';

/** Why a cloud provider may not be called, with the flag to set; null if it may. */
export function switchedOffReason(
  provider: Provider,
  flags: FeatureFlags,
): CodedText<'provider_check'> | null {
  if (isEnabled(provider, flags)) return null;
  const { name } = provider;
  if (provider.switchedOff)
    return codedText(
      'provider_check',
      'off_in_file',
      { provider: name },
      `${name} is switched off in its registry file ("enabled": false)`,
    );
  const outside = provider.outside || null;
  const flag = `features.${provider.flags[1] ?? provider.flags[0]}`;
  const own =
    outside === null
      ? ''
      : `; or, if ${outside} is in your own network, say so in the panel or in COMFYVN_LLM_OWN_NETWORKS`;
  return codedText(
    'provider_check',
    'flag_off',
    { provider: name, flag, file: flags.file, outside },
    `${name} is off: set ${flag} (or features.enable_public_llm) to true in ${flags.file}${own}`,
  );
}

function retiredError(plan: Plan): AppError {
  const { lifecycle, model, resolved } = plan;
  const standIn = standInOf(resolved.module?.shortlist ?? [], resolved.preset?.id);
  // The preset that replaces a retired model was chosen for the module; the vendor's successor is the same
  // for every use.
  const successor = standIn?.model ?? lifecycle.successor;
  const when =
    lifecycle.status === 'retired'
      ? `was retired${lifecycle.shutdown ? ` on ${lifecycle.shutdown}` : ''}`
      : 'was never released';
  const then = successor ? `; use ${successor}${standIn ? ` (preset ${standIn.id})` : ''}` : '';
  return new AppError('model_retired', `${model.id} ${when}${then}, or send allow_retired: true`, {
    model: model.id,
    successor,
    successor_preset: standIn?.id ?? null,
    lifecycle,
  });
}

/**
 * Checks the final bytes before a live call. Cost is checked afterwards.
 * @throws AppError `feature_disabled`, `model_retired`, `parameter_refused`, `missing_key`
 */
export function checkBeforeSending(
  plan: Plan,
  request: Pick<ChatRequest, 'allow_retired'>,
  flags: FeatureFlags,
  keys: KeyFinder,
): void {
  const { provider } = plan.resolved;
  const off = switchedOffReason(provider, flags);
  if (off)
    throw new AppError('feature_disabled', off.message, { provider: provider.name, flags: provider.flags });
  if (
    provider.metadata['placeholder_base'] === true &&
    provider.origin === 'built-in' &&
    provider.base.includes('YOUR-')
  ) {
    const variable = `COMFYVN_LLM_${envName(provider.name)}_BASE_URL`;
    throw new AppError('not_configured', `${provider.name} has no base URL yet: set ${variable}`, {
      provider: provider.name,
      variable,
    });
  }
  if (isGone(plan.lifecycle.status) && !request.allow_retired) throw retiredError(plan);
  if (plan.blocked.length) {
    const refused = plan.blocked.map(({ message }) => message);
    throw new AppError('parameter_refused', refused.join('; '), { model: plan.model.id, refused });
  }
  const unusable = keys.unusable(provider);
  if (unusable) throw unusable;
  if (provider.credentials.required && !plan.key) throw keys.missing(provider);
}
