import { MergeView, unifiedMergeView } from '@codemirror/merge';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef, useState } from 'react';
import { codeExtensions, namedCode } from './code-extensions.ts';
import { loadLanguage, shadowRootOf } from './load-language.ts';
import type { MergeViewProps } from './merge-view.tsx';

const removed = 'color-mix(in oklch, var(--color-bad) 15%, transparent)';
const added = 'color-mix(in oklch, var(--color-ok) 15%, transparent)';

/** Colours of differences. The base theme sets its own colours for each of these. */
const mergeTheme = EditorView.theme({
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: 'var(--color-bad-soft)' },
  '&.cm-merge-b .cm-changedLine, .cm-insertedLine': { backgroundColor: 'var(--color-ok-soft)' },
  '&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText': {
    background: `${removed} !important`,
    borderRadius: '2px',
  },
  '&.cm-merge-b .cm-changedText': { background: `${added} !important`, borderRadius: '2px' },
  '&.cm-merge-a .cm-changedLineGutter, .cm-deletedLineGutter': { background: 'var(--color-bad)' },
  '&.cm-merge-b .cm-changedLineGutter': { background: 'var(--color-ok)' },
});

/** Minimum width in pixels for two columns of code; wrapped lines are hard to compare. */
const sideBySideFrom = 640;

/** The comparison itself; `merge-view.tsx` loads it lazily. */
export function MergeCore(props: MergeViewProps) {
  const { label, before, after, beforeLabel, afterLabel, language = 'text' } = props;
  const host = useRef<HTMLDivElement>(null);
  const wide = useIsWide(host);
  const [grammar, setGrammar] = useState<Extension | null>(null);

  useEffect(() => {
    let wanted = true;
    void loadLanguage(language).then((extension) => wanted && setGrammar([extension]));
    return () => {
      wanted = false;
    };
  }, [language]);

  useEffect(() => {
    if (!host.current || grammar === null || wide === null) return undefined;
    const draw = wide ? drawSideBySide : drawUnified;
    const drawn = draw(shadowRootOf(host.current), { before, after, beforeLabel, afterLabel }, grammar);
    return () => drawn.destroy();
  }, [before, after, beforeLabel, afterLabel, grammar, wide]);

  return (
    <section aria-label={label} className="min-w-0">
      {wide && (
        <div aria-hidden="true" className="flex text-sm text-ink-soft">
          <span className="flex-1 truncate px-2 py-1">{beforeLabel}</span>
          <span className="flex-1 truncate px-2 py-1">{afterLabel}</span>
        </div>
      )}
      <div
        ref={host}
        className="min-h-10 min-w-0 overflow-hidden rounded-md border border-line bg-raised focus-within:outline-2 focus-within:outline-accent"
      />
    </section>
  );
}

interface Sides {
  before: string;
  after: string;
  beforeLabel: string;
  afterLabel: string;
}

function readOnlyCode(label: string, grammar: Extension): Extension {
  return [codeExtensions, mergeTheme, grammar, namedCode(label, '', true)];
}

function drawSideBySide(root: ShadowRoot, sides: Sides, grammar: Extension): { destroy(): void } {
  return new MergeView({
    a: { doc: sides.before, extensions: readOnlyCode(sides.beforeLabel, grammar) },
    b: { doc: sides.after, extensions: readOnlyCode(sides.afterLabel, grammar) },
    parent: root,
    root,
  });
}

function drawUnified(root: ShadowRoot, sides: Sides, grammar: Extension): { destroy(): void } {
  const merged = unifiedMergeView({ original: sides.before, mergeControls: false });
  const extensions = [readOnlyCode(sides.afterLabel, grammar), merged];
  return new EditorView({ doc: sides.after, extensions, parent: root, root });
}

/** Whether both sides fit beside each other; null until the container has been measured. */
function useIsWide(host: { current: HTMLElement | null }): boolean | null {
  const [wide, setWide] = useState<boolean | null>(null);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWide(entry.contentRect.width >= sideBySideFrom);
    });
    if (host.current) observer.observe(host.current);
    return () => observer.disconnect();
  }, [host]);
  return wide;
}
