/** What a link leads to is open, and on paper everything is. */
export function openFolds(): void {
  const openTarget = () => {
    const id = location.hash.slice(1).split('?')[0] ?? '';
    const target = id === '' ? null : document.getElementById(id);
    const fold = target?.closest('details') ?? target?.querySelector(':scope > details');
    if (fold instanceof HTMLDetailsElement) fold.open = true;
  };
  openTarget();
  addEventListener('hashchange', openTarget);

  let opened: HTMLDetailsElement[] = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>('main details:not([open])')];
    for (const fold of opened) fold.open = true;
  });
  addEventListener('afterprint', () => {
    for (const fold of opened) fold.open = false;
  });
}
