import { messages } from '../../../messages.ts';
import { Segments } from '../../../ui/segments.tsx';
import type { InputForm } from './variables.ts';
import { setInputForm } from './variables.ts';

const words = messages.bench;
const forms = (): readonly { value: InputForm; label: string; title: string }[] => [
  { value: 'messages', label: words.asMessages, title: words.asMessagesTitle },
  { value: 'variables', label: words.asVariables, title: words.asVariablesTitle },
];

/** Messages by hand, or the module's prompt pack with its variables. What stands in the other form is kept. */
export function InputFormSwitch({ module, form }: { module: string; form: InputForm }) {
  return (
    <Segments
      label={words.inputForm}
      options={forms()}
      value={form}
      onChange={(value) => setInputForm(module, value)}
    />
  );
}
