import { lazy, Suspense } from 'react';
import type { CodeLanguage } from './code-editor.tsx';

export interface MergeViewProps {
  /** Its accessible name. */
  label: string;
  before: string;
  after: string;
  /** Labels of the two sides. */
  beforeLabel: string;
  afterLabel: string;
  language?: CodeLanguage;
}

const Core = lazy(() => import('./merge-core.tsx').then((m) => ({ default: m.MergeCore })));

/** Two texts and their differences: side by side if there is room, else one below the other. */
export function MergeView(props: MergeViewProps) {
  return (
    <Suspense fallback={<div aria-hidden="true" className="min-h-24" />}>
      <Core {...props} />
    </Suspense>
  );
}
