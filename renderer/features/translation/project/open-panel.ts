import { create } from 'zustand';

/** The panel between a project's header and its tabs. */
type Panel = 'run' | 'export';

export const usePanel = create<{ project: string | null; panel: Panel | null }>(() => ({
  project: null,
  panel: null,
}));

export function openPanel(project: string, panel: Panel): void {
  usePanel.setState({ project, panel });
}

export function closePanel(): void {
  usePanel.setState({ project: null, panel: null });
}
