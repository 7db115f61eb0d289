import type { DragEvent } from 'react';
import { useState } from 'react';
import { filesOfDrop } from './dropped-files.ts';
import { selectNew } from '../selection.ts';
import { createFrom, createFromFiles } from './creation.ts';

const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes('Files');

/** Creates a project from a drop: by its path in the desktop window, by an upload in a browser. */
function createFromDrop(transfer: DataTransfer): void {
  // Shows the page with progress and errors, even if a project is open.
  selectNew();
  const { panel } = window;
  if (panel) {
    const paths = [...transfer.files].map((file) => panel.pathOf(file)).filter((path) => path !== '');
    if (paths.length > 0) void createFrom({ paths });
    return;
  }
  void createFromFiles(() => filesOfDrop(transfer));
}

/** The handlers that make an element a drop target; `over` while files are dragged over it. */
export function useDrop() {
  // `dragenter` and `dragleave` fire for every nested element, so they are counted.
  const [depth, setDepth] = useState(0);
  return {
    over: depth > 0,
    handlers: {
      onDragEnter: (event: DragEvent) => hasFiles(event) && setDepth((before) => before + 1),
      onDragLeave: (event: DragEvent) => hasFiles(event) && setDepth((before) => Math.max(0, before - 1)),
      onDragOver: (event: DragEvent) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      },
      onDrop: (event: DragEvent) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setDepth(0);
        createFromDrop(event.dataTransfer);
      },
    },
  };
}
