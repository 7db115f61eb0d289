import {
  presetDocumentKind,
  type ExportedModule,
  type PresetDocument,
} from '../../../contract/user-preset.ts';

/** A document of some modules' presets. */
export function documentOf(modules: Record<string, ExportedModule>): PresetDocument {
  return { kind: presetDocumentKind, version: 1, modules };
}

/** A document as its file's text: the same presets are the same bytes. */
export function documentText(document: PresetDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
