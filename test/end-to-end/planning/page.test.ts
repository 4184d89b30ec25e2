import { existsSync, readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { Summary } from '../../../core/summary/summary.ts';
import { scenarioByName } from '../../../simulation/scenarios/registry.ts';
import { historyKeys, keysOf } from '../../../store/keys.ts';
import { makeRecordingStore } from '../../support/stores/recording-store.ts';
import { openSimulatedSweep } from '../../support/simulated-sweep.ts';

const scenario = scenarioByName('default');
const scope = { scope: { accounts: ['210000000042'], regions: ['us-east-1'] } };

it('a page that can not be made costs nobody the summary: it is there before, and says so after', async () => {
  const store = makeRecordingStore({ refuses: (key) => key.endsWith('report.html') });
  const sweep = await openSimulatedSweep(scenario, { isInFolder: true, store: store.wrap });
  try {
    const { summary, text, status } = await sweep.run(scope);
    const keys = keysOf('test-1');
    expect(status).toBe('SUCCEEDED');
    expect(summary.reportFailure).toContain('report.html');
    expect(text).toContain('The page could not be made');
    const [first] = store.written.filter((key) => [keys.summary, keys.report].includes(key));
    expect(first).toBe(keys.summary);
    expect(existsSync(path.join(sweep.folder, keys.report))).toBe(false);
  } finally {
    await sweep.close();
  }
});

it('a timeline that nobody can read costs nobody the message, and stays for somebody to look at', async () => {
  const sweep = await openSimulatedSweep(scenario, { isInFolder: true });
  try {
    const file = path.join(sweep.folder, historyKeys.timeline);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, '{"schemaVersion":99}');
    const { summary, text, status } = await sweep.run(scope);
    expect(status).toBe('SUCCEEDED');
    expect(Summary.parse(summary).pastFailure).toContain('timeline.json');
    expect(text).toContain('Not all of the past is known');
    expect(readFileSync(file, 'utf8')).toBe('{"schemaVersion":99}');
  } finally {
    await sweep.close();
  }
});
