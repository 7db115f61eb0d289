import {
  Boxes,
  FlaskConical,
  History as HistoryIcon,
  Languages,
  PlugZap,
  ScrollText,
  Server as ServerIcon,
  Settings2,
  Trophy,
} from 'lucide-react';
import { lazy } from 'react';
import { BenchInspector } from './features/bench/bench-inspector.tsx';
import { BenchList } from './features/bench/bench-list.tsx';
import { Bench } from './features/bench/bench.tsx';
import type { View } from './features/frame/view-pane.tsx';
import { messages } from './messages.ts';

const Providers = lazy(() =>
  import('./features/providers/providers.tsx').then((m) => ({ default: m.Providers })),
);
const ProviderList = lazy(() =>
  import('./features/providers/list/provider-list.tsx').then((m) => ({ default: m.ProviderList })),
);
const Modules = lazy(() => import('./features/modules/modules.tsx').then((m) => ({ default: m.Modules })));
const ModuleList = lazy(() =>
  import('./features/modules/list/module-list.tsx').then((m) => ({ default: m.ModuleList })),
);
const PromptPacks = lazy(() =>
  import('./features/prompt-packs/prompt-packs.tsx').then((m) => ({ default: m.PromptPacks })),
);
const PackList = lazy(() =>
  import('./features/prompt-packs/pack-list.tsx').then((m) => ({ default: m.PackList })),
);
const History = lazy(() => import('./features/history/history.tsx').then((m) => ({ default: m.History })));
const HistoryList = lazy(() =>
  import('./features/history/history-list.tsx').then((m) => ({ default: m.HistoryList })),
);
const CallInspector = lazy(() =>
  import('./features/history/inspector/call-inspector.tsx').then((m) => ({ default: m.CallInspector })),
);
const Translation = lazy(() =>
  import('./features/translation/translation.tsx').then((m) => ({ default: m.Translation })),
);
const ProjectList = lazy(() =>
  import('./features/translation/list/project-list.tsx').then((m) => ({ default: m.ProjectList })),
);
const TranslationInspector = lazy(() =>
  import('./features/translation/translation-inspector.tsx').then((m) => ({
    default: m.TranslationInspector,
  })),
);
const Server = lazy(() => import('./features/server/server.tsx').then((m) => ({ default: m.Server })));
const ServerList = lazy(() =>
  import('./features/server/server-list.tsx').then((m) => ({ default: m.ServerList })),
);
const Trials = lazy(() => import('./features/trials/trials.tsx').then((m) => ({ default: m.Trials })));
const TrialList = lazy(() =>
  import('./features/trials/trial-list.tsx').then((m) => ({ default: m.TrialList })),
);
const Settings = lazy(() =>
  import('./features/settings/settings.tsx').then((m) => ({ default: m.Settings })),
);

/** The views of the panel. Only the Bench is in the first script. */
export const views: readonly View[] = [
  {
    id: 'bench',
    get label() {
      return messages.frame.bench;
    },
    icon: FlaskConical,
    List: BenchList,
    Work: Bench,
    Inspector: BenchInspector,
  },
  {
    id: 'translate',
    get label() {
      return messages.frame.translate;
    },
    icon: Languages,
    List: ProjectList,
    Work: Translation,
    Inspector: TranslationInspector,
  },
  {
    id: 'providers',
    get label() {
      return messages.frame.providers;
    },
    icon: PlugZap,
    List: ProviderList,
    Work: Providers,
  },
  {
    id: 'modules',
    get label() {
      return messages.frame.modules;
    },
    icon: Boxes,
    List: ModuleList,
    Work: Modules,
  },
  {
    id: 'prompt-packs',
    get label() {
      return messages.frame.promptPacks;
    },
    icon: ScrollText,
    List: PackList,
    Work: PromptPacks,
  },
  {
    id: 'history',
    get label() {
      return messages.frame.history;
    },
    icon: HistoryIcon,
    List: HistoryList,
    Work: History,
    Inspector: CallInspector,
  },
  {
    id: 'server',
    get label() {
      return messages.frame.server;
    },
    icon: ServerIcon,
    List: ServerList,
    Work: Server,
  },
  {
    id: 'trials',
    get label() {
      return messages.frame.trials;
    },
    icon: Trophy,
    List: TrialList,
    Work: Trials,
  },
  {
    id: 'settings',
    get label() {
      return messages.frame.settings;
    },
    icon: Settings2,
    Work: Settings,
    atFoot: true,
  },
];
