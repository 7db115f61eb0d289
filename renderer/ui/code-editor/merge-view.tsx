import { lazy, Suspense } from 'react';
import type { CodeLanguage } from './code-editor.tsx';

export interface MergeViewProps {
  /** Its name for screen readers. */
  label: string;
  before: string;
  after: string;
  /** What stands on either side. */
  beforeLabel: string;
  afterLabel: string;
  language?: CodeLanguage;
}

const Core = lazy(() => import('./merge-core.tsx').then((m) => ({ default: m.MergeCore })));

/** Two texts and what differs: side by side where there is room, one under the other where there is not. */
export function MergeView(props: MergeViewProps) {
  return (
    <Suspense fallback={<div aria-hidden="true" className="min-h-24" />}>
      <Core {...props} />
    </Suspense>
  );
}
