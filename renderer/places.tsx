import { FlaskConical, PlugZap, Settings2 } from 'lucide-react';
import { lazy } from 'react';
import { BenchInspector } from './features/bench/bench-inspector.tsx';
import { BenchList } from './features/bench/bench-list.tsx';
import { Bench } from './features/bench/bench.tsx';
import type { Place } from './features/frame/place-view.tsx';
import { messages } from './messages.ts';

const Providers = lazy(() =>
  import('./features/providers/providers.tsx').then((m) => ({ default: m.Providers })),
);
const ProviderList = lazy(() =>
  import('./features/providers/provider-list.tsx').then((m) => ({ default: m.ProviderList })),
);
const Settings = lazy(() =>
  import('./features/settings/settings.tsx').then((m) => ({ default: m.Settings })),
);

/** The places of the panel. Only the Bench is in the first script. */
export const places: readonly Place[] = [
  {
    id: 'bench',
    label: messages.frame.bench,
    icon: FlaskConical,
    List: BenchList,
    Work: Bench,
    Inspector: BenchInspector,
  },
  { id: 'providers', label: messages.frame.providers, icon: PlugZap, List: ProviderList, Work: Providers },
  { id: 'settings', label: messages.frame.settings, icon: Settings2, Work: Settings, atFoot: true },
];
