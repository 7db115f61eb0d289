import type { PresetCheck } from '../../../../contract/preset-check.ts';
import type { ProviderView } from '../../../../contract/provider.ts';
import { lacksKey } from '../../../api/provider-status.ts';
import { modulesMessages } from '../../../messages/modules-messages.ts';
import { goTo } from '../../../state/view.ts';
import { Button } from '../../../ui/button.tsx';
import { formatContext, formatPrice } from '../../../ui/format.ts';

const t = modulesMessages.preset;
type Target = NonNullable<PresetCheck['target']>;

/** Price and context window of the preset's model, and what is missing for a call. */
export function PresetFacts({
  target,
  provider,
}: {
  target: Target | null;
  provider: ProviderView | undefined;
}) {
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-soft">
      <span>{target?.provider_label ?? t.noProvider}</span>
      {target && <Price target={target} />}
      {target && target.context !== null && (
        <span className="num">{t.context(formatContext(target.context))}</span>
      )}
      {target && target.max_output !== null && (
        <span className="num">{t.maxOutput(formatContext(target.max_output))}</span>
      )}
      {provider && lacksKey(provider) && (
        <Button
          look="quiet"
          title={t.needsKeyTitle}
          className="h-5.5 text-warn"
          onClick={() => goTo('providers', provider.name)}
        >
          {t.needsKey}
        </Button>
      )}
    </p>
  );
}

function Price({ target: { free, pricing } }: { target: Target }) {
  if (free) return <span>{t.free}</span>;
  if (!pricing) return <span>{t.priceUnknown}</span>;
  const { input, output, as_of: asOf, source, quoted } = pricing;
  return (
    <>
      <span className="num" title={source}>
        {t.price(formatPrice(input), formatPrice(output))}
      </span>
      <span className="num text-ink-faint">{t.verified(asOf)}</span>
      {quoted && (
        <span className="num text-ink-faint">
          {t.quoted(formatPrice(quoted.input), formatPrice(quoted.output), quoted.as_of)}
        </span>
      )}
    </>
  );
}
