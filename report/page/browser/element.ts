type Attributes = Readonly<Record<string, string | boolean>>;
type Child = Node | string | null;

/** An element with attributes and children. Text becomes text; there is no way to markup here. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, '');
    else if (value !== false) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** A stranger's text by itself: its writing direction ends where it ends. */
export function isolated(text: string): HTMLElement {
  return element('bdi', {}, text);
}

export function button(label: string, onClick: () => void, attributes: Attributes = {}) {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', onClick);
  return made;
}
