import { Upload } from 'lucide-react';
import { useRef } from 'react';
import { promptPacksMessages } from '../../../messages/prompt-packs-messages.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { reviewImport } from './import-packs.ts';

/** Lets a file be picked, and shows what it holds. */
export function ImportButton() {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton
        icon={Upload}
        label={promptPacksMessages.promptPacks.importFile}
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) void reviewImport(file);
          // The same file can be picked again after it was mended.
          event.target.value = '';
        }}
      />
    </>
  );
}
