import type { Guard } from './guard.ts';
import { ACCESS } from './table/looking/access.ts';
import { AMI } from './table/looking/ami.ts';
import { APPROVAL } from './table/deciding/approval.ts';
import { COMMAND_LINE } from './table/telling/command-line.ts';
import { COVERAGE } from './table/looking/coverage.ts';
import { MESSAGE } from './table/telling/message.ts';
import { DEPLOYMENT } from './table/deploying/deployment.ts';
import { COPIES_OF_VOLUMES } from './table/looking/copies-of-volumes.ts';
import { LEFTOVERS } from './table/looking/leftovers.ts';
import { EBS_VOLUME } from './table/looking/ebs-volume.ts';
import { FENCES } from './table/removing/fence.ts';
import { FLOOR_GUARDS } from './table/deciding/floors.ts';
import { HUB } from './table/deploying/hub.ts';
import { KEPT_ORGANIZATION } from './table/deploying/kept.ts';
import { LEDGER } from './table/removing/ledger.ts';
import { LISTINGS } from './table/looking/listings.ts';
import { PLAN } from './table/deciding/plan.ts';
import { PRICES } from './table/deciding/prices.ts';
import { REAL_ACCOUNT } from './table/deploying/real-account.ts';
import { RECYCLE_BIN } from './table/removing/recycle-bin.ts';
import { RESUME } from './table/removing/resume.ts';
import { REMOVAL } from './table/removing/removal.ts';
import { ROLES } from './table/deploying/roles.ts';
import { SAVINGS } from './table/deciding/savings.ts';
import { SESSIONS } from './table/looking/sessions.ts';
import { SET_GUARDS } from './table/deciding/sets.ts';
import { AMI_SOURCES } from './table/looking/ami-sources.ts';
import { SOURCES } from './table/looking/sources.ts';
import { VERDICT } from './table/looking/verdict.ts';
import { VOLUME_REMOVAL } from './table/removing/ebs-volume.ts';

/** Every guard there is; `npm run guards` takes each out in turn. */
export const GUARDS: readonly Guard[] = [
  ...VERDICT,
  ...SOURCES,
  ...AMI_SOURCES,
  ...LISTINGS,
  ...EBS_VOLUME,
  ...AMI,
  ...COPIES_OF_VOLUMES,
  ...LEFTOVERS,
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
  ...VOLUME_REMOVAL,
  ...LEDGER,
  ...COVERAGE,
  ...MESSAGE,
  ...COMMAND_LINE,
  ...KEPT_ORGANIZATION,
  ...PRICES,
  ...REAL_ACCOUNT,
];
