import { filterInLink, type FilterInLink, findingsLink } from '../../findings/filter-link.ts';

type Asked = Omit<FilterInLink, 'ignored'>;

export interface Address {
  readonly now: FilterInLink;
  /**
   * Goes on to what is asked for now, so that the browser's "Back" leads to what was before.
   *
   * @param typing one after the other they are one step: whoever types doesn't go back by letters
   */
  go(asked: Asked, options?: { readonly typing: boolean }): void;
  /** The whole address that shows the same elsewhere. */
  readonly link: string;
  /** The page was opened by a link to some of the findings, and not loaded again. */
  readonly isOpenedByLink: boolean;
}

const NOTHING: FilterInLink = { filter: {}, view: {}, ignored: [] };

/**
 * The filter as it stands in the address, the only place where it is kept.
 *
 * @param onChange `isArrival`: somebody followed a link from elsewhere, or wrote one
 */
export function openAddress(onChange: (change: { readonly isArrival: boolean }) => void): Address {
  let now = filterInLink(location.hash) ?? NOTHING;
  let isTyping = false;
  const isOpenedByLink = stepOf(history.state) === undefined && location.hash.includes('?');
  const link = () => findingsLink(now.filter, now.view);
  /** What this step of the browser's history shows, whatever part of the page it leads to. */
  const stamp = () => history.replaceState({ findings: link() }, '');
  stamp();
  const follow = () => {
    isTyping = false;
    const before = stepOf(history.state);
    const said = before ?? (location.hash.includes('?') ? location.hash : undefined);
    const asked = said === undefined ? null : filterInLink(said);
    // A link to another part of the page changes nothing here.
    if (asked === null) return stamp();
    const isSame = link() === findingsLink(asked.filter, asked.view);
    // What the link has besides is told once, where it was followed.
    if (isSame && asked.ignored.length === 0) return;
    now = asked;
    onChange({ isArrival: before === undefined });
  };
  addEventListener('popstate', follow);
  return {
    get now() {
      return now;
    },
    go: (asked, { typing } = { typing: false }) => {
      now = { ...asked, ignored: [] };
      const step = [{ findings: link() }, '', link()] as const;
      if (typing && isTyping) history.replaceState(...step);
      else history.pushState(...step);
      isTyping = typing;
      onChange({ isArrival: false });
    },
    isOpenedByLink,
    get link() {
      return `${location.href.replace(/#.*$/, '')}${link()}`;
    },
  };
}

function stepOf(state: unknown): string | undefined {
  const { findings } = (state ?? {}) as { findings?: unknown };
  return typeof findings === 'string' ? findings : undefined;
}
