import { Info } from 'lucide-react';
import type { PresetCheck } from '../../../../contract/preset-check.ts';
import { modulesMessages } from '../../../messages/modules-messages.ts';
import { Button } from '../../../ui/button.tsx';
import type { NoteRule } from './param-notes.ts';
import { noteRule } from './param-notes.ts';

/** The rule behind a note: its id and its source. */
export function RuleLine({ rule: { id, source, as_of: day } }: { rule: NoteRule }) {
  const { rule: t } = modulesMessages.preset;
  return (
    <p className="text-ink-faint">
      {t.name} <code className="num">{id}</code>
      {source && ` · ${t.source(source, day)}`}
    </p>
  );
}

interface IgnoreRuleProps {
  rule: NoteRule;
  onIgnore: (id: string) => void;
}

/** A button that makes the preset ignore a rule that is wrong. */
export function IgnoreRule({ rule: { id }, onIgnore }: IgnoreRuleProps) {
  const { rule: t } = modulesMessages.preset;
  return (
    <Button title={t.ignoreHelp} aria-label={t.ignoreOf(id)} onClick={() => onIgnore(id)}>
      {t.ignore}
    </Button>
  );
}

interface IgnoredRulesProps {
  ids: readonly string[];
  check: PresetCheck;
  onApply: (id: string) => void;
}

/** The rules that this preset ignores; a rule that does not apply to its model is marked. */
export function IgnoredRules({ ids, check, onApply }: IgnoredRulesProps) {
  const { rule: t } = modulesMessages.preset;
  if (ids.length === 0) return null;
  const known = new Set(check.named_rules.map(({ id }) => id));
  return (
    <ul aria-label={t.ignored} className="flex flex-col gap-1">
      {ids.map((id) => (
        <li key={id} className="flex items-start gap-2 text-sm">
          <Info size={13} aria-hidden="true" className="mt-0.5 shrink-0 text-ink-faint" />
          <div className="min-w-0 flex-1 wrap-anywhere">
            <p>{known.has(id) ? t.isIgnored(id) : t.holdsNot(id)}</p>
            {known.has(id) && <RuleLine rule={noteRule(id, check) ?? { id }} />}
          </div>
          <Button aria-label={t.applyOf(id)} onClick={() => onApply(id)}>
            {t.apply}
          </Button>
        </li>
      ))}
    </ul>
  );
}
