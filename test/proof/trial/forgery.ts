import fc from 'fast-check';
import { FILE_KINDS, type FileKind } from '../run/stored-files.ts';

/** How a file is changed by somebody who may write to the store. */
const MANNERS = [
  'forge',
  'change a value',
  'drop lines',
  'put back an earlier version',
  "put another's in its place",
  'empty',
  'truncate',
  'garbage',
  'delete',
] as const;
type Manner = (typeof MANNERS)[number];

/** One file that is changed once, during one execution. */
export interface ForgeryShape {
  readonly file: FileKind;
  readonly manner: Manner;
  /** How many store operations after such a file is first there. */
  readonly after: number;
  /** Which file of that kind, which forgery, which value. */
  readonly pick: number;
}

const DECISIVE: readonly FileKind[] = [
  ...(['expected', 'expected', 'accounts', 'regions', 'outcomes', 'findings', 'plan'] as const),
  ...(['plan', 'removal targets', 'ledger', 'ledger', 'history', 'approval'] as const),
  'other executions',
];

export const forgery: fc.Arbitrary<ForgeryShape> = fc.record({
  file: fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...FILE_KINDS) },
    // What a decision to remove hangs on.
    {
      weight: 4,
      arbitrary: fc.constantFrom(...DECISIVE),
    },
  ),
  manner: fc.oneof(
    { weight: 3, arbitrary: fc.constant<Manner>('forge') },
    { weight: 2, arbitrary: fc.constantFrom(...MANNERS) },
  ),
  after: fc.oneof(
    { weight: 2, arbitrary: fc.noBias(fc.nat(3)) },
    { weight: 1, arbitrary: fc.noBias(fc.nat(60)) },
  ),
  pick: fc.noBias(fc.nat(999)),
});
