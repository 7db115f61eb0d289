import type { Preset } from '../../../contract/module-preset.ts';
import { AppError } from '../lib/app-error.ts';
import { isAlive, standInOf } from '../registry/active-preset.ts';
import type { Registry } from '../registry/build-registry.ts';
import { dayOf } from '../registry/lifecycle.ts';
import type { Module } from '../registry/model/model.ts';

/**
 * Rejects activating a preset that could not answer any call: another one would immediately replace it.
 * @throws AppError `unknown_provider`, or `model_retired` with the preset that would replace it
 */
export function checkServes(registry: Registry, module: Module, preset: Preset, now: number): void {
  if (!registry.providers.has(preset.provider))
    throw new AppError(
      'unknown_provider',
      `"${preset.id}" names the provider "${preset.provider}", which is not there`,
      { provider: preset.provider },
    );
  if (isAlive(registry, preset, dayOf(now))) return;
  const { status } = preset.lifecycle;
  const standIn = standInOf(module.shortlist, preset.id);
  const successor = standIn?.model ?? preset.lifecycle.successor;
  const then = successor ? `; its successor is ${successor}${standIn ? ` (preset ${standIn.id})` : ''}` : '';
  const was = status === 'retired' ? 'is retired' : 'was never released';
  throw new AppError('model_retired', `${preset.model} ${was} and cannot serve ${module.name}${then}`, {
    model: preset.model,
    successor,
    successor_preset: standIn?.id ?? null,
  });
}
