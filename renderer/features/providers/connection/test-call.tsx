import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ChatRequest, DryRunAnswer, TestCallAnswer } from '../../../../contract/chat.ts';
import type { ErrorInfo } from '../../../../contract/errors.ts';
import type { Diagnostics, ProviderView } from '../../../../contract/provider.ts';
import { request } from '../../../api/client.ts';
import { errorInfoOf } from '../../../api/operation-error.ts';
import { providerStatusOf } from '../../../api/provider-status.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { warningText } from '../../../api/warning-text.ts';
import { messages } from '../../../messages.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { useFrame } from '../../../state/frame-store.ts';
import { useDebouncedValue } from '../../../state/use-debounced-value.ts';
import { Button } from '../../../ui/button.tsx';
import { noteAnswered, noteRefusedKey, useProviderHealth } from '../../../api/provider-health.ts';
import { CallPlan } from '../../../ui/call/call-plan.tsx';
import { ErrorCard } from '../../../ui/call/error-card.tsx';
import { Combo } from '../../../ui/combo.tsx';
import { formatDuration, formatUsd } from '../../../ui/format.ts';

const t = providersMessages.providers.test;
const maxTokens = 32;

type Outcome =
  | { kind: 'plan'; plan: DryRunAnswer }
  | { kind: 'reply'; reply: TestCallAnswer; ms: number }
  | { kind: 'failed'; error: ErrorInfo; ms: number };

const planOf = (provider: string, model: string): ChatRequest => ({
  provider,
  ...(model && { model }),
  messages: [{ role: 'user', content: t.prompt }],
  max_tokens: maxTokens,
  dry_run: true,
});

async function plan(provider: string, model: string): Promise<Outcome> {
  const answer = await request('chat.send', planOf(provider, model));
  if (!('dry_run' in answer)) throw new Error('a dry run was answered with a reply');
  return { kind: 'plan', plan: answer };
}

async function send(provider: string, model: string, signal: AbortSignal): Promise<Outcome> {
  const started = performance.now();
  const input = { registry_id: provider, ...(model && { model }), prompt: t.prompt, max_tokens: maxTokens };
  const reply = await request('chat.test', { ...input, live: true }, signal);
  noteAnswered(provider);
  return { kind: 'reply', reply, ms: performance.now() - started };
}

/** Why a live call would be refused before it is sent; null if it can be sent. */
function whyNotLive(provider: ProviderView, health: Diagnostics | undefined): string | null {
  const status = providerStatusOf(provider, health);
  if (status === 'off') return t.off(provider.label);
  return status === 'needs_key' ? t.noKey : null;
}

/** What the live call costs at most, as the core plans it; its place is kept while that is asked for. */
function LivePrice({ provider, model }: { provider: string; model: string }) {
  const { data, error } = useOperation('chat.preview', planOf(provider, useDebouncedValue(model)));
  // A model that is not known cannot be planned; the call then says why.
  if (error) return null;
  const cost = data?.estimate.cost;
  const { price } = messages.bench;
  const text =
    data === undefined
      ? price.pending
      : !cost
        ? t.priceUnknown
        : cost.max === null
          ? price.noMax
          : cost.max === 0
            ? price.free
            : price.max(formatUsd(cost.max));
  return (
    <span className="text-ink-soft" role="group" aria-label={price.title}>
      {text}
    </span>
  );
}

/** One short call through the usual pipeline: planned in DRY RUN, sent in LIVE. */
export function TestCall({ provider }: { provider: ProviderView }) {
  const live = useFrame((state) => state.mode === 'live');
  const health = useProviderHealth(provider);
  const whyNot = live ? whyNotLive(provider, health) : null;
  const [model, setModel] = useState('');
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const running = useRef<AbortController | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => () => running.current?.abort(), []);

  async function run(): Promise<void> {
    const controller = new AbortController();
    running.current = controller;
    setBusy(true);
    const started = performance.now();
    try {
      setOutcome(await (live ? send(provider.name, model, controller.signal) : plan(provider.name, model)));
    } catch (thrown) {
      const error = errorInfoOf(thrown);
      setOutcome({ kind: 'failed', error, ms: performance.now() - started });
      noteRefusedKey(provider.name, error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <section
      aria-label={t.title}
      className="flex max-w-180 min-w-0 flex-col gap-2 border-t border-line p-4 @5xl:border-t-0"
    >
      <h2 className="font-medium">{t.title}</h2>
      <p className="text-ink-soft">{live ? t.introLive : t.introDry}</p>
      <div className="flex flex-wrap items-center gap-1.5">
        <Combo
          label={messages.bench.model}
          options={provider.models.map(({ id, label }) => ({ value: id, label: id, note: label }))}
          value={model}
          onChange={setModel}
          placeholder={provider.models[0]?.id ?? messages.bench.firstModel}
          className="w-72"
        />
        <Button
          look={live ? 'live' : 'outline'}
          disabled={busy || whyNot !== null}
          title={whyNot ?? undefined}
          onClick={() => void run()}
        >
          {live ? t.send : t.plan}
        </Button>
        {whyNot !== null && <span className="text-warn">{whyNot}</span>}
        {live && whyNot === null && !busy && <LivePrice provider={provider.name} model={model} />}
        {busy && (
          <Button onClick={() => running.current?.abort()}>
            <X size={12} aria-hidden="true" />
            {messages.bench.cancel}
          </Button>
        )}
      </div>
      <div role="status">{outcome && <Shown outcome={outcome} provider={provider.name} />}</div>
    </section>
  );
}

function Shown({ outcome, provider }: { outcome: Outcome; provider: string }) {
  if (outcome.kind === 'failed')
    return <ErrorCard error={outcome.error} provider={provider} ms={outcome.ms} />;
  if (outcome.kind === 'plan')
    return (
      <div className="flex h-96 flex-col rounded-md border border-line">
        <CallPlan answer={outcome.plan} reply={null} />
      </div>
    );
  const { reply, data, warning_details: warnings } = outcome.reply;
  const tokens = data.usage && t.tokens(data.usage.total_tokens);
  return (
    <div className="flex flex-col gap-1 rounded-md border border-line bg-raised px-3 py-2">
      <p className="wrap-anywhere whitespace-pre-wrap">{reply}</p>
      <p className="num text-sm text-ink-soft">
        {[formatDuration(outcome.ms), tokens].filter(Boolean).join(' · ')}
      </p>
      {warnings.map((warning) => (
        <p key={warning.message} className="text-sm text-warn">
          {warningText(warning)}
        </p>
      ))}
    </div>
  );
}
