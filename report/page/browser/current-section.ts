/** Marks in the list of contents what is being read. */
export function markCurrentSection(): void {
  const links = new Map(
    [...document.querySelectorAll<HTMLAnchorElement>('nav a')].map((link) => [
      link.hash.slice(1),
      link,
    ]),
  );
  const seen = new Set<string>();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries)
        if (isIntersecting) seen.add(target.id);
        else seen.delete(target.id);
      const current = [...links.keys()].find((id) => seen.has(id));
      for (const [id, link] of links)
        if (id === current) link.setAttribute('aria-current', 'location');
        else link.removeAttribute('aria-current');
    },
    // A line in the upper part of the window: one section is on it, or two beside each other.
    { rootMargin: '-25% 0px -74% 0px' },
  );
  for (const id of links.keys()) {
    const part = document.getElementById(id);
    if (part !== null) observer.observe(part);
  }
}
