import { addCopyButton } from './copy.ts';
import { markCurrentSection } from './current-section.ts';
import { showFindings } from './findings/findings-view.ts';
import { openFolds } from './folds.ts';
import { readFindings } from './read-data.ts';

/** Without it the page has everything but the findings beyond the first. */
async function start(): Promise<void> {
  openFolds();
  markCurrentSection();
  for (const code of document.querySelectorAll('code.command')) addCopyButton(code);
  const data = document.getElementById('findings-data');
  const place = document.getElementById('all-findings');
  const first = document.getElementById('first-findings');
  if (data === null || place === null || first === null) return;
  if (typeof DecompressionStream === 'undefined') {
    first.prepend('This browser is too old to show all findings here: open findings.csv instead.');
    return;
  }
  const { restore = '' } = document.body.dataset;
  const { rows, words } = await readFindings(data.textContent ?? '');
  // What was read isn't needed in text any more.
  data.remove();
  showFindings(place, rows, { restore, words, csvName: place.dataset['csv'] ?? 'findings.csv' });
  performance.mark('findings shown');
  // Printed, it is what is left.
  first.classList.add('printed-only');
}

void start();
