import {
  presetDocumentKind,
  type ExportedModule,
  type PresetDocument,
} from '../../../contract/user-preset.ts';

/** A document with some modules' presets. */
export function documentOf(modules: Record<string, ExportedModule>): PresetDocument {
  return { kind: presetDocumentKind, version: 1, modules };
}

/** A document as its file's text: equal presets give equal bytes. */
export function documentText(document: PresetDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
