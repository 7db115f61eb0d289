import { clsx } from 'clsx';
import type { WarningDetail } from '../../../contract/warnings.ts';
import { useOperation } from '../../api/use-operation.ts';
import { warningText } from '../../api/warning-text.ts';
import { isLocalServer } from '../installed-models.ts';

/**
 * The warnings of a plan or an answer, each in a line. A local server has other models than the registry lists, so
 * that is no news for one.
 */
export function WarningLines({ warnings, quiet }: { warnings: readonly WarningDetail[]; quiet?: boolean }) {
  const { data: registry } = useOperation('registry.get', {});
  const isKnown = ({ code, values }: WarningDetail) =>
    code === 'unlisted_model' &&
    registry !== undefined &&
    'provider' in values &&
    isLocalServer(registry, String(values.provider));
  return warnings
    .filter((warning) => !isKnown(warning))
    .map((warning) => (
      <p key={warning.message} className={clsx('text-sm', quiet ? 'text-ink-soft' : 'text-warn')}>
        {warningText(warning)}
      </p>
    ));
}
