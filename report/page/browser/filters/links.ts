import type { FindingFilter } from '../../../findings/finding-filter.ts';
import { isSameFilter } from './changed-filter.ts';
import { filterInLink } from '../../findings/filter-link.ts';

const LINKS = 'a[href^="#findings?"]';

/**
 * The page's own links to findings: a click shows just what the link is about, so as many as it says,
 * sorted as before. With a key held down, or the middle button, the browser opens it elsewhere.
 */
export function followLinks(now: () => FindingFilter, onFilter: (filter: FindingFilter) => void) {
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest(LINKS) : null;
    const asked = link === null ? null : askedBy(link);
    if (asked === null) return;
    event.preventDefault();
    onFilter(asked);
  });
  const all = [...document.querySelectorAll(LINKS)].map((link) => ({ link, asked: askedBy(link) }));
  return {
    /** Shows which of them is the one whose findings are shown. */
    update: () => {
      for (const { link, asked } of all) {
        if (asked !== null && isSameFilter(now(), asked)) link.setAttribute('aria-current', 'true');
        else link.removeAttribute('aria-current');
      }
    },
  };
}

function askedBy(link: Element): FindingFilter | null {
  return filterInLink(link.getAttribute('href') ?? '')?.filter ?? null;
}
