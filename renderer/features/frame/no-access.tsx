import { KeyRound } from 'lucide-react';
import type { Access } from '../../api/access-state.ts';
import { messages } from '../../messages.ts';

const t = messages.access;

/** What a browser sees without the token, or with an old one. */
export function NoAccess({ access }: { access: Access }) {
  return (
    <main className="flex h-full items-center justify-center p-8">
      <div className="flex max-w-120 flex-col gap-3">
        <KeyRound size={22} aria-hidden="true" className="text-accent" />
        <h1 className="text-xl font-semibold">{access === 'no_token' ? t.title : t.wrongTitle}</h1>
        <p className="text-ink-soft">{t.why}</p>
        <p>{t.how}</p>
        <pre className="num rounded-md border border-line bg-sunken px-2.5 py-2">
          {t.line(window.location.origin)}
        </pre>
        <p className="text-sm text-ink-faint">{t.again}</p>
      </div>
    </main>
  );
}
