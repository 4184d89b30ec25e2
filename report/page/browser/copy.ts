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
  const textOf = () => code.textContent ?? '';
  const made = copyButton('Copy', textOf, () => {
    getSelection()?.selectAllChildren(code);
  });
  code.after(' ', made);
}

/** A button that copies a text, and says so. */
export function copyButton(
  label: string,
  textOf: () => string,
  select?: () => void,
): HTMLButtonElement {
  const copyIt = button(label, () => void copy(), { class: 'copy' });
  const copy = async () => {
    copyIt.textContent = (await isCopied(textOf(), select)) ? 'Copied' : 'Press Ctrl+C';
    setTimeout(() => (copyIt.textContent = label), SHOWN_FOR_MS);
  };
  copyIt.setAttribute('aria-live', 'polite');
  return copyIt;
}

/** A page that was opened from a file, or without encryption, may have no clipboard: it is selected. */
async function isCopied(text: string, select?: () => void): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (select !== undefined) {
      select();
      return document.execCommand('copy');
    }
    return copiedFromField(text);
  }
}

/** What stands nowhere on the page is selected in a field that is gone again. */
function copiedFromField(text: string): boolean {
  const before = document.activeElement;
  const field = element('textarea', { class: 'unseen', 'aria-hidden': 'true' });
  field.value = text;
  document.body.append(field);
  field.select();
  const isDone = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return isDone;
}
