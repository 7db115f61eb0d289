import type { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { arr, str } from '../shared/read.ts';

const defaultVersion = '2023-06-01';

/**
 * `anthropic-version` is required. `anthropic-beta` lists features, from the settings and from
 * `params.betas`, its name in Anthropic's own clients. Source:
 * https://platform.claude.com/docs/en/api/beta-headers
 */
export function wireHeaders(
  settings: Record<string, unknown>,
  report: ParameterReport,
): Record<string, string> {
  const asked = report.take('betas');
  const betas = [...names(settings.anthropic_beta), ...names(asked)];
  if (asked !== undefined) {
    report.rewrite(
      'header:anthropic-beta',
      { betas: asked },
      betas.join(','),
      reason('sent_as_header', {}, 'this protocol takes it as a header'),
    );
  }
  return {
    ...versionHeader(settings),
    ...(betas.length === 0 ? {} : { 'anthropic-beta': betas.join(',') }),
  };
}

/** Only the version, which is enough for listing models. */
export function versionHeader(settings: Record<string, unknown>): Record<string, string> {
  return { 'anthropic-version': str(settings.anthropic_version) || defaultVersion };
}

function names(value: unknown): string[] {
  return (typeof value === 'string' ? value.split(',') : arr(value)).flatMap(
    (name) => str(name)?.trim() || [],
  );
}
