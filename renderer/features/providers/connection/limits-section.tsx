import { useState } from 'react';
import type { OperationOutput } from '../../../../contract/operations/table.ts';
import type { ProviderLimits } from '../../../../contract/settings.ts';
import { errorText } from '../../../api/error-text.ts';
import { useCommand } from '../../../api/use-command.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { limitsMessages as t } from '../../../messages/limits-messages.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { formatCount, formatList } from '../../../ui/format.ts';
import { ErrorLine } from '../../../ui/error-line.tsx';
import { Form } from '../../../ui/form.tsx';

type Limits = OperationOutput<'providers.limits'>;

const meters = ['requests', 'tokens', 'input_tokens', 'output_tokens'] as const;
const textOf = (limit: number | undefined) => (limit === undefined ? '' : String(limit));

/** A whole number above 0; undefined for an empty text, null for anything else. */
function countIn(text: string): number | undefined | null {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  return /^[1-9]\d{0,8}$/.test(trimmed) ? Number(trimmed) : null;
}

/** A provider's limits per minute: set here, or reported in its replies. */
export function LimitsSection({ name }: { name: string }) {
  const { data } = useOperation('providers.limits', { name });
  if (!data) return null;
  return (
    <section aria-label={t.title} className="flex flex-col gap-2 border-t border-line p-4">
      <h2 className="font-medium">{t.title}</h2>
      <p className="text-sm text-ink-soft">{t.intro}</p>
      <LimitsForm key={JSON.stringify(data.configured)} name={name} configured={data.configured} />
      {data.learned.length > 0 && <Learned learned={data.learned} />}
    </section>
  );
}

function Learned({ learned }: Pick<Limits, 'learned'>) {
  return (
    <div className="text-sm">
      <h3 className="text-ink-faint">{t.learned}</h3>
      <ul>
        {learned.map(({ model, limits }) => (
          <li key={model} className="flex gap-2">
            <code className="num">{model}</code>
            <span className="num text-ink-soft">
              {t.aMinute(
                formatList(
                  meters.flatMap((meter) => {
                    const limit = limits[meter];
                    return limit === undefined ? [] : [t.meters[meter](formatCount(limit))];
                  }),
                ),
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function LimitsForm({ name, configured }: { name: string; configured: ProviderLimits }) {
  const { requests_per_minute: requests, tokens_per_minute: tokens, ...others } = configured;
  const [text, setText] = useState({ requests: textOf(requests), tokens: textOf(tokens) });
  const update = useCommand('settings.update');
  const typed = { requests: countIn(text.requests), tokens: countIn(text.tokens) };
  const valid = typed.requests !== null && typed.tokens !== null;
  const same = typed.requests === requests && typed.tokens === tokens;

  function submit(): void {
    if (!valid || same) return;
    const limits = {
      ...others,
      ...(typed.requests === undefined ? {} : { requests_per_minute: typed.requests ?? undefined }),
      ...(typed.tokens === undefined ? {} : { tokens_per_minute: typed.tokens ?? undefined }),
    };
    const provider_limits = { [name]: Object.keys(limits).length > 0 ? limits : null };
    update.mutate({ provider_limits }, { onSuccess: () => toast({ title: t.saved }) });
  }

  return (
    <Form className="flex flex-col items-start gap-3" onSubmit={submit}>
      <div className="grid w-full grid-cols-2 gap-4">
        {(['requests', 'tokens'] as const).map((meter) => (
          <Field
            key={meter}
            label={t.fields[meter]}
            isNumber
            value={text[meter]}
            onChange={(next) => setText({ ...text, [meter]: next })}
            error={typed[meter] === null ? t.problem : undefined}
          />
        ))}
      </div>
      <ErrorLine text={update.error && errorText(update.error.info)} />
      <Button
        type="submit"
        disabled={!valid || same || update.isPending}
        title={!valid ? t.problem : same ? t.unchanged : undefined}
      >
        {t.save}
      </Button>
    </Form>
  );
}
