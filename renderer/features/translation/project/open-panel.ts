import { create } from 'zustand';
import { selectProject } from '../selection.ts';

/** The panel between a project's header and its tabs. */
type Panel = 'run' | 'export';

interface OpenPanel {
  project: string | null;
  panel: Panel | null;
  /** Whether the panel must take the focus as soon as it is shown. */
  takesFocus: boolean;
  /** Whether the settings must focus the choice of a model as soon as they show it. */
  asksForModel: boolean;
}

export const usePanel = create<OpenPanel>(() => ({
  project: null,
  panel: null,
  takesFocus: false,
  asksForModel: false,
}));

export function openPanel(project: string, panel: Panel): void {
  usePanel.setState({ project, panel, takesFocus: true });
}

/** Shows the settings at the choice of a model. A panel above them stays open, and shows the new price. */
export function chooseModel(project: string): void {
  usePanel.setState({ asksForModel: true });
  selectProject(project, 'settings');
}

export function closePanel(): void {
  usePanel.setState({ project: null, panel: null });
}
