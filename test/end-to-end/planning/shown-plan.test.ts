import type { Store } from '../../../store/store.ts';
import { Question } from '../../../core/plan/question.ts';
import type { Message } from '../../../report/message/text.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import { decideApproval } from '../../../steps/approve/decide-approval.ts';
import type { Deps } from '../../../steps/deps.ts';
import { historyKeys, keysOf } from '../../../store/keys.ts';
import { showPlan } from '../../../steps/approve/show-plan.ts';
import { digestOfText } from '../../../core/plan/digest.ts';
import { makeFailingStore } from '../../support/stores/failing-store.ts';
import {
  openRemovalSweep,
  type RemovalSweep,
  type RemovalSweepOptions,
} from '../../support/removal-sweep.ts';
import { rewritingStore } from '../../support/stores/rewriting-store.ts';

let sweep: RemovalSweep | undefined;
const close = async () => {
  await sweep?.close();
  sweep = undefined;
};
afterEach(close);

const keys = keysOf('e-1');

interface AtTheQuestion {
  readonly message: Message;
  readonly files: ReadonlyMap<string, string>;
  readonly deps: Deps;
  readonly plan: Plan;
}

/** An execution whose plan is approved as soon as people are asked; and what was there by then. */
async function runApproving(more: RemovalSweepOptions = {}) {
  const asked: AtTheQuestion[] = [];
  const deps = (given: Deps): Deps => ({
    ...given,
    approvalOptions: '--out /tmp/x',
    notify: async (message) => {
      const files = await filesOf(sweep!.store);
      const plan = JSON.parse(files.get(keys.plan) ?? '') as Plan;
      asked.push({ message, files, deps: given, plan });
      await decideApproval(
        {
          ...given,
          sealOf: async () => null,
          callbacks: { succeed: async () => true, fail: async () => true },
        },
        { caller: 'ada', verified: false },
        { executionId: 'e-1', planDigest: plan.digest, decision: 'APPROVED' },
      );
    },
  });
  sweep = await openRemovalSweep({ ...more, deps });
  const ended = await sweep.run('e-1', { approval: 'required' });
  const [question, again] = asked;
  if (question === undefined || again !== undefined) throw new Error('asked once only');
  return { ended, question, gone: sweep.gone(), files: await filesOf(sweep.store) };
}

async function filesOf(store: Store): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for await (const key of store.list('')) files.set(key, (await store.get(key))?.body ?? '');
  return files;
}

const questionIn = (files: ReadonlyMap<string, string>) =>
  Question.parse(JSON.parse(files.get(keys.question) ?? ''));

it('is there as page and list before anybody is asked', async () => {
  const { question } = await runApproving();
  const { files, message, plan } = question;
  expect(files.get(keys.report)).toContain('Waiting for approval until');
  expect(files.get(keys.report)).toContain('Delete 8 unused snapshots in 1 account');
  expect(files.get(keys.report)).toContain('approve e-1 --out /tmp/x');
  for (const { resourceId } of plan.removals)
    expect(files.get(keys.findingsCsv)).toContain(resourceId);
  expect(message.body).toContain('report.html');
  expect(questionIn(files)).toMatchObject({
    ...{ planDigest: plan.digest, notShown: null },
    shown: { pageFailure: null, csvFailure: null },
  });
});

it('calls what is asked about by its names', async () => {
  const { question } = await runApproving();
  const [account] = sweep!.organization.accounts;
  const { shown } = questionIn(question.files);
  expect(shown?.accounts).toEqual([{ id: account!.id, name: account!.name }]);
  expect(shown?.resources).toHaveLength(5);
  expect(question.message.body).toContain(`${account!.name} (${account!.id})`);
});

it('ends nothing: no summary, no decision, and nothing taken into the timeline', async () => {
  const { question, files } = await runApproving();
  const atTheEnd = [keys.summary, keys.summaryText, keys.targets, keys.removals, keys.approval];
  for (const key of [...atTheEnd, historyKeys.timeline]) {
    expect([key, question.files.has(key)]).toEqual([key, false]);
    expect([key, files.has(key)]).toEqual([key, true]);
  }
});

it('gives its page up to the one of the end', async () => {
  const { ended, files } = await runApproving();
  expect(ended.summary?.status).toBe('COMPLETE');
  expect(files.get(keys.report)).not.toContain('Waiting for approval');
});

it('has in its list what happens to each only once that is known', async () => {
  const { question, files } = await runApproving();
  const [before, after] = [question.files, files].map((at) => cellsOf(at.get(keys.findingsCsv)));
  expect(before?.[0]?.slice(-5)).toEqual(after?.[0]?.slice(-5));
  const told = new Set(before?.slice(1).flatMap((cells) => cells.slice(-5)));
  expect(told).toEqual(new Set(['']));
  const removed = after?.filter((cells) => cells.at(-5)?.startsWith('"deleted; '));
  expect(removed).toHaveLength(question.plan.removals.length);
});

/** None of the last five has a comma. */
function cellsOf(csv = ''): string[][] {
  return csv
    .split('\r\n')
    .slice(0, -1)
    .map((line) => line.split(','));
}

it('made twice is as made once, and late it leaves the page of the end alone', async () => {
  const { question, files } = await runApproving();
  const { deps, plan } = question;
  const asked = {
    ...({ executionId: 'e-1', awaits: 'APPROVAL', planDigest: plan.digest } as const),
    expectedDigest: digestOfText(files.get(keys.expected) ?? ''),
    timeoutSeconds: 60,
  };
  const shown = await showPlan(deps, asked);
  expect(shown).toEqual(questionIn(files).shown);
  const after = await filesOf(sweep!.store);
  for (const [key, body] of files) expect([key, after.get(key) === body]).toEqual([key, true]);
  expect([...after.keys()]).toEqual([...files.keys()]);
});

it('is asked about all the same where it cannot be shown, and the request says why', async () => {
  const broken = (store: Store): Store => ({
    ...store,
    writeLines: async (key, lines) => {
      if (key === keys.findings && (await store.get(keys.approval)) === undefined)
        throw new Error('no room left');
      await store.writeLines(key, lines);
    },
  });
  const { question, ended } = await runApproving({ store: broken });
  expect(question.files.has(keys.report)).toBe(false);
  expect(question.message.body).toContain('There is no page of it: Error: no room left.');
  expect(questionIn(question.files)).toMatchObject({ shown: null });
  expect(ended.summary).toMatchObject({ status: 'COMPLETE', failure: null });
});

it('says why there is no page where everything else is there', async () => {
  const broken = (store: Store): Store => ({
    ...store,
    put: async (key, ...rest) => {
      if (key === keys.report) throw new Error('too large for the store');
      return store.put(key, ...rest);
    },
  });
  const { question } = await runApproving({ store: broken });
  expect(question.message.body).toContain('There is no page of it: too large for the store.');
  expect(question.files.has(keys.findingsCsv)).toBe(true);
});

it('shows what was found, whatever somebody makes of findings.jsonl meanwhile', async () => {
  const forged = rewritingStore(keys.findings, (body) => body.replaceAll('"snap-', '"snip-'), {
    after: keys.findings,
  });
  const { question } = await runApproving({ store: forged.wrap });
  expect(forged.done()).toBe(true);
  expect(question.files.get(keys.findings)).toContain('"snip-');
  expect(question.files.get(keys.findingsCsv)).toContain(',snap-');
  expect(question.files.get(keys.report)).not.toContain('snip-');
  const { shown } = questionIn(question.files);
  expect(shown).toMatchObject({ pageFailure: null, csvFailure: null });
  expect(shown?.resources.map(({ key }) => key)).toContainEqual(expect.stringContaining('snap-'));
});

it('bears that AWS loses the step after any of its writes', async () => {
  const counting = makeFailingStore();
  const whole = await runApproving({ store: counting.wrap });
  const names = ['findings.jsonl', 'findings.csv', 'report.html', 'approval-request.json'];
  const writes = [...names, 'question.json'].map(
    (name) => counting.keys.findIndex((key) => key.endsWith(`/${name}`)) + 1,
  );
  await close();
  for (const at of writes) {
    for (const written of [false, true]) {
      const errorName = 'Lambda.ServiceException';
      const failing = makeFailingStore({ at, written, dies: 'once', errorName });
      const { question, ended, gone } = await runApproving({ store: failing.wrap });
      expect(failing.failedKeys).toEqual([counting.keys[at - 1]]);
      expect(ended.summary?.status).toBe('COMPLETE');
      expect(gone).toHaveLength(whole.gone.length);
      const { shown } = questionIn(question.files);
      // What keeps the page from being made is told, not tried again: it may be the page itself.
      const isPage = counting.keys[at - 1] === keys.report;
      const failure = isPage ? `write ${at} failed: ${keys.report}` : null;
      expect([at, written, shown?.pageFailure]).toEqual([at, written, failure]);
      await close();
    }
  }
});
