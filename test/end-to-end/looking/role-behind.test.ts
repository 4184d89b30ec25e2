import type { KindSpec } from '../../../kinds/kind.ts';
import {
  type KindsSweep,
  openKindsSweep,
  runOf,
  SNAPSHOT,
} from '../../support/kinds/kinds-sweep.ts';
import { type MadeUp, madeUpKind } from '../../support/kinds/made-up-kind.ts';

const MADE_UP = 'made-up';
const IDENTITY = 'because no identity-based policy allows the beacon:ListBeacons action';
const SCP = 'with an explicit deny in a service control policy';

let sweep: KindsSweep;
afterEach(async () => sweep.close());

/** A second kind that AWS refuses to list, with such an explanation. */
const denied = (why: string): Partial<KindSpec<MadeUp>> => ({
  discover: async () =>
    Promise.reject(
      Object.assign(
        new Error(
          `User: arn:aws:sts::111122223333:assumed-role/orgsweep-discovery/x is not authorized to perform: beacon:ListBeacons ${why}`,
        ),
        { name: 'AccessDeniedException', $metadata: {} },
      ),
    ),
});

const read = (text: string) =>
  text
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ');

async function run(why: string) {
  sweep = await openKindsSweep([madeUpKind(new Map(), denied(why))]);
  const ended = await runOf(sweep, 'first', { mode: 'report' });
  return { ...ended, mail: read(ended.texts.summaryText), page: read(ended.texts.page) };
}

it('a role that lacks what one kind needs is to be rolled out, and the target is not denied', async () => {
  const { mail, page, summary } = await run(IDENTITY);
  const lacks = 'it lacks beacon:ListBeacons for beacons';
  for (const text of [mail, page]) {
    expect(text).toMatch(
      new RegExp(
        `Roll out the discovery role again: ${lacks}, in us-east-1 in .* \\(ACCESS_DENIED\\)`,
      ),
    );
    expect(text).toContain('the discovery role lacks beacon:ListBeacons for beacons');
    expect(text).toContain('0 of 1 account-Region scanned. 1 not for every kind');
    expect(text).toContain('By kind: beacons 0 of 1, snapshots 1 of 1.');
    expect(text).not.toMatch(/permission denied|could not be scanned/);
  }
  expect(mail.match(/Roll out/g)?.length).toBeLessThanOrEqual(2);
  expect(summary?.coverage.byKind).toEqual({
    [SNAPSHOT]: { complete: 1, inScope: 1 },
    [MADE_UP]: { complete: 0, inScope: 1 },
  });
});

it("a service control policy's denial stays one", async () => {
  const { mail, page } = await run(SCP);
  for (const text of [mail, page]) {
    expect(text).toContain('Exempt the discovery role from the service control policy');
    expect(text).not.toContain('Roll out');
  }
});
