import {element} from '../element.ts';

/** Lets files be dropped anywhere on the page; while they are dragged over it, it says so. */
export function createDropTarget(onFiles: (files: File[]) => void): void {
  const target = element('drop-target', HTMLDivElement);
  const accept = (event: DragEvent) => {
    // Text, links and pictures of pages are dragged, too.
    if (!event.dataTransfer?.types.includes('Files') || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    target.hidden = event.type === 'drop';
    if (event.type === 'drop') onFiles([...event.dataTransfer.files]);
  };
  for (const type of ['dragenter', 'dragover', 'drop'] as const) window.addEventListener(type, accept);
  // Lies over all else from the moment on that something comes in, so that only leaving the page leaves it.
  target.addEventListener('dragleave', () => {
    target.hidden = true;
  });
}
