import { button, element } from './element.ts';

const SHOWN_FOR_MS = 2000;

/** A command, with a button that copies it. */
export function commandWithCopy(command: string): HTMLElement {
  const code = element('code', { class: 'command' }, command);
  const wrapper = element('span', { class: 'copyable' }, code);
  addCopyButton(code);
  return wrapper;
}

/** Puts a button after a command that is there already. */
export function addCopyButton(code: Element): void {
  const copyIt = button('Copy', () => void copy(), { class: 'copy' });
  const copy = async () => {
    copyIt.textContent = (await copied(code)) ? 'Copied' : 'Press Ctrl+C';
    setTimeout(() => (copyIt.textContent = 'Copy'), SHOWN_FOR_MS);
  };
  copyIt.setAttribute('aria-live', 'polite');
  code.after(' ', copyIt);
}

/** A page that was opened from a file, or without encryption, may have no clipboard: it is selected. */
async function copied(code: Element): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(code.textContent ?? '');
    return true;
  } catch {
    getSelection()?.selectAllChildren(code);
    return document.execCommand('copy');
  }
}
