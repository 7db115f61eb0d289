import { Upload } from 'lucide-react';
import { useRef } from 'react';
import { importMessages } from '../../messages/import-messages.ts';
import { IconButton } from '../icon-button.tsx';

interface ImportButtonProps {
  onFile: (file: File) => void;
  /** Further kinds of files, as `accept` of an input has them. */
  also?: string;
}

/** Lets a JSON file be picked. */
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
          // The same file can be picked again after it was mended.
          event.target.value = '';
        }}
      />
    </>
  );
}
