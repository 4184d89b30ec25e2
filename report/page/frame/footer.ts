import packageJson from '../../../package.json' with { type: 'json' };
import type { Summary } from '../../../core/summary/summary.ts';
import { type Content, markup, type Markup } from '../markup/markup.ts';
import { isolated, timeOf } from '../markup/text.ts';

const { version, homepage }: { readonly version: string; readonly homepage?: string } = packageJson;

/** What made the page, of which run, and where the rest of it is. */
export function footer(summary: Summary): Markup {
  return markup`<footer>
    <p>
      Made by orgsweep ${version}. Run ${isolated(summary.executionId)}, from
      ${timeOf(summary.startedAt)} to ${timeOf(summary.finishedAt)}. ${files(summary)}
    </p>
    <p>${docs(homepage)}</p>
  </footer>`;
}

/** A folder of this machine is nobody else's business. */
function files({ location }: Summary): Content {
  if (!location.startsWith('s3://')) return 'All of its files are in the folder of this page.';
  return markup`All of its files: <code>${isolated(location)}</code>`;
}

/** Where the project says that it has a place for everybody, a link. */
function docs(homepage: string | undefined): Content {
  const where = 'docs/operating.md and docs/glossary.md, where orgsweep is installed';
  return homepage === undefined
    ? markup`Docs: ${where}.`
    : markup`Docs: <a href="${homepage}" rel="noopener noreferrer">${homepage}</a>.`;
}
