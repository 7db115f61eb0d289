import { lazy, Suspense } from 'react';
import type { Problem } from './problem.ts';

export type CodeLanguage = 'json' | 'markdown' | 'liquid' | 'text';

export interface CodeEditorProps {
  /** Its accessible name. */
  label: string;
  value: string;
  /** Without it the text is read-only. */
  onChange?: (value: string) => void;
  language?: CodeLanguage;
  readOnly?: boolean;
  /** Underlined in the text and listed below it. */
  problems?: readonly Problem[];
  minLines?: number;
  /** Fills the height of its container and scrolls; otherwise it grows with its text. */
  fill?: boolean;
}

const Core = lazy(() => import('./editor-core.tsx').then((m) => ({ default: m.EditorCore })));

/**
 * An editor with syntax highlighting. Tab leaves it; Ctrl+M makes Tab indent. Loaded when it is first shown.
 */
export function CodeEditor(props: CodeEditorProps) {
  const height = props.fill ? '100%' : `${(props.minLines ?? 1) * 1.25 + 0.875}rem`;
  return (
    <Suspense
      fallback={
        <pre
          aria-hidden="true"
          style={{ minHeight: height }}
          className="overflow-hidden rounded-md border border-line-strong bg-raised"
        />
      }
    >
      <Core {...props} />
    </Suspense>
  );
}
