import '../../../api/zod-without-eval.ts';
import { jsonSchema, providerOptions } from '../../../../contract/module-preset.ts';
import { presetId, presetSettings } from '../../../../contract/user-preset.ts';
import { modulesMessages } from '../../../messages/modules-messages.ts';
import type { Problem } from '../../../ui/code-editor/problem.ts';

interface Checked {
  error?: { issues: readonly { path: PropertyKey[]; message: string }[] } | undefined;
}

function problemsIn({ error }: Checked): Problem[] {
  return (error?.issues ?? []).map(({ path, message }) => {
    const view = path.map((step) => (typeof step === 'number' ? step : String(step)));
    return { message: view.length > 0 ? `${view.join('.')}: ${message}` : message, path: view };
  });
}

/** The contract's schema of a preset's settings, used by the form and the JSON tab. */
export const presetForm = presetSettings;

export function presetProblems(value: unknown): Problem[] {
  return problemsIn(presetSettings.safeParse(value));
}

export function providerOptionsProblems(value: unknown): Problem[] {
  return problemsIn(providerOptions.safeParse(value));
}

export function schemaProblems(value: unknown): Problem[] {
  return problemsIn(jsonSchema.safeParse(value));
}

/** Why a text cannot be an id; undefined if it can. */
export function idProblem(id: string): string | undefined {
  return presetId.safeParse(id).success ? undefined : modulesMessages.preset.idRule;
}
