import { messages } from '../../../messages.ts';
import { Segments } from '../../../ui/segments.tsx';
import type { InputForm } from './variables.ts';
import { setInputForm } from './variables.ts';

const t = messages.bench;
const forms = (): readonly { value: InputForm; label: string; title: string }[] => [
  { value: 'messages', label: t.asMessages, title: t.asMessagesTitle },
  { value: 'variables', label: t.asVariables, title: t.asVariablesTitle },
];

/** Messages by hand, or the module's prompt pack with its variables. What stands in the other form is kept. */
export function InputFormSwitch({ module, form }: { module: string; form: InputForm }) {
  return (
    <Segments
      label={t.inputForm}
      options={forms()}
      value={form}
      onChange={(value) => setInputForm(module, value)}
    />
  );
}
