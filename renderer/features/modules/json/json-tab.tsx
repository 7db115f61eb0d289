import type { PresetSettings } from '../../../../contract/user-preset.ts';
import { modulesMessages } from '../../../messages/modules-messages.ts';
import { presetText } from '../diff/preset-diff.ts';
import { presetProblems } from '../preset/preset-schema.ts';
import type { PresetForm } from '../preset/use-preset-form.ts';
import { JsonField } from './json-field.tsx';

/** The whole preset as JSON, to paste and to edit. */
export function JsonTab({ form }: { form: PresetForm }) {
  return (
    <div className="h-full p-4">
      <JsonField
        label={modulesMessages.preset.textOfPreset}
        value={form.settings}
        pretty={presetText(form.settings)}
        text={form.texts.json}
        onText={(text) => form.setText('json', text)}
        onValue={(value) => form.change(withAbsentFields(value as PresetSettings))}
        check={presetProblems}
        fill
      />
    </div>
  );
}

/** Sets fields that the text omits to `undefined`, so that they are removed. */
function withAbsentFields({ schema, provider_options, ...rest }: PresetSettings): PresetSettings {
  return { ...rest, schema, provider_options };
}
