import type { Guard } from './guard.ts';
import { ACCESS } from './table/access.ts';
import { APPROVAL } from './table/approval.ts';
import { COMMAND_LINE } from './table/command-line.ts';
import { COVERAGE } from './table/coverage.ts';
import { MESSAGE } from './table/message.ts';
import { DEPLOYMENT } from './table/deployment.ts';
import { FENCES } from './table/fence.ts';
import { FLOOR_GUARDS } from './table/floors.ts';
import { HUB } from './table/hub.ts';
import { KEPT_ORGANIZATION } from './table/kept.ts';
import { LEDGER } from './table/ledger.ts';
import { LISTINGS } from './table/listings.ts';
import { PLAN } from './table/plan.ts';
import { PRICES } from './table/prices.ts';
import { REAL_ACCOUNT } from './table/real-account.ts';
import { RECYCLE_BIN } from './table/recycle-bin.ts';
import { RESUME } from './table/resume.ts';
import { REMOVAL } from './table/removal.ts';
import { ROLES } from './table/roles.ts';
import { SAVINGS } from './table/savings.ts';
import { SESSIONS } from './table/sessions.ts';
import { SET_GUARDS } from './table/sets.ts';
import { SOURCES } from './table/sources.ts';
import { VERDICT } from './table/verdict.ts';

/** Every guard there is; `npm run guards` takes each out in turn. */
export const GUARDS: readonly Guard[] = [
  ...VERDICT,
  ...SOURCES,
  ...LISTINGS,
  ...PLAN,
  ...SET_GUARDS,
  ...SAVINGS,
  ...SESSIONS,
  ...APPROVAL,
  ...ACCESS,
  ...FENCES,
  ...ROLES,
  ...HUB,
  ...DEPLOYMENT,
  ...FLOOR_GUARDS,
  ...RESUME,
  ...REMOVAL,
  ...RECYCLE_BIN,
  ...LEDGER,
  ...COVERAGE,
  ...MESSAGE,
  ...COMMAND_LINE,
  ...KEPT_ORGANIZATION,
  ...PRICES,
  ...REAL_ACCOUNT,
];
