import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { optionTables } from './commands.ts';
import { configurationTable } from './configuration.ts';
import { costTables } from './cost/cost.ts';
import { executionInputTable } from './execution-input.ts';
import { hubPermissions } from './hub-permissions.ts';
import { policySizes } from './policy-sizes.ts';
import { realAccountTables } from './real-account.ts';
import { referenceSourcesTable } from './reference-sources.ts';
import { schemaFiles, SCHEMAS_FOLDER } from './schemas.ts';
import { spokePermissions } from './spoke-permissions.ts';
import { stateMachinePicture } from './state-machine.ts';

const BEGIN = '<!-- generated: npm run docs -->';
const END = '<!-- end of what is generated -->';

/** The generated part of each page. */
export const PAGES: Readonly<Record<string, () => string>> = {
  'commands.md': optionTables,
  'configuration.md': configurationTable,
  'execution-input.md': executionInputTable,
  'iam-permissions.md': () =>
    `## In every account\n\n${spokePermissions()}\n\n## Room in IAM\n\n${policySizes()}\n\n## In the hub account\n\n${hubPermissions()}`,
  'operating.md': costTables,
  'real-account.md': realAccountTables,
  'reference-sources.md': referenceSourcesTable,
};

/** Whole files that are generated. */
export const FILES: Readonly<Record<string, () => Promise<string>>> = {
  'pictures/state-machine.svg': stateMachinePicture,
};

const folder = path.resolve(import.meta.dirname, '..');

/** A page as it should be. @throws when it has no place for what is generated */
export function rendered(page: string): { current: string; wanted: string } {
  const current = readFileSync(path.join(folder, page), 'utf8');
  const begin = current.indexOf(BEGIN);
  const end = current.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`docs/${page} has no "${BEGIN}" … "${END}"`);
  const generated = `${BEGIN}\n\n${PAGES[page]?.() ?? ''}\n\n`;
  return { current, wanted: current.slice(0, begin) + generated + current.slice(end) };
}

async function writeAll(): Promise<void> {
  for (const [file, make] of Object.entries(FILES)) {
    writeFileSync(path.join(folder, file), await make());
  }
  for (const page of Object.keys(PAGES)) {
    writeFileSync(path.join(folder, page), rendered(page).wanted);
  }
  mkdirSync(SCHEMAS_FOLDER, { recursive: true });
  for (const [name, schema] of Object.entries(schemaFiles())) {
    writeFileSync(path.join(SCHEMAS_FOLDER, name), JSON.stringify(schema, null, 2));
  }
}

if (process.argv[1] === import.meta.filename) void writeAll();
