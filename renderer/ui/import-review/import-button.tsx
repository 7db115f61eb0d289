import { Upload } from 'lucide-react';
import { useRef } from 'react';
import { importMessages } from '../../messages/import-messages.ts';
import { IconButton } from '../icon-button.tsx';

interface ImportButtonProps {
  onFile: (file: File) => void;
  /** Additional file types, in the format of an input's `accept`. */
  also?: string;
}

/** Picks a JSON file. */
export function ImportButton({ onFile, also }: ImportButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton
        icon={Upload}
        label={importMessages.importFile.pick}
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        accept={['.json,application/json', also].filter(Boolean).join(',')}
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) onFile(file);
          // Allows picking the same file again after it was edited.
          event.target.value = '';
        }}
      />
    </>
  );
}
