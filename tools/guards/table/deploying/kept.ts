import type { Guard } from '../../guard.ts';

const CLOCK = ['simulated-clock'];
const KEPT = ['kept-organization'];

/** Between a simulated organization, whose clock can be moved, and a real one. */
export const KEPT_ORGANIZATION: readonly Guard[] = [
  {
    name: 'clock-of-this-machine-alone',
    promise: 5,
    keeps: 'an endpoint elsewhere moves the clock by weeks, and graces of real accounts end',
    in: 'clockBehind',
    find: "if (url?.protocol !== 'http:' || !isLoopbackHost(url.hostname)) return systemClock;",
    replace: 'if (url === undefined) return systemClock;',
    tests: CLOCK,
  },
  {
    name: 'clock-from-this-machine-alone',
    promise: 5,
    keeps:
      'a name that is called like this machine leads elsewhere, and what answers there moves the clock',
    in: 'clockBehind',
    find: "if (!isLoopbackAddress(address ?? '')) return systemClock;",
    replace: '',
    tests: CLOCK,
  },
  {
    name: 'clock-where-no-service-is-elsewhere',
    promise: 5,
    keeps: 'a run deletes through the real EC2 by the clock of a simulated organization',
    in: 'clockToFollow',
    find: 'if (others.some(([, url]) => !isOnLoopback(url))) return systemClock;',
    replace: '',
    tests: ['followed-clock'],
  },
  {
    name: 'clock-where-the-profile-ignores-endpoints',
    promise: 5,
    keeps:
      'a run goes to AWS itself, as its profile says, by the clock of a simulated organization',
    in: 'isIgnored',
    find: "settings['ignore_configured_endpoint_urls'],",
    replace: '',
    tests: ['followed-clock'],
  },
  {
    name: 'kept-folder-of-no-other-run',
    promise: 3,
    keeps: 'a run in real accounts takes the history of a simulated organization for its own',
    in: 'run',
    find: 'refuseKeptFolder(args.out, args.keep);',
    replace: '',
    tests: KEPT,
    title: 'report, two weeks later',
  },
  {
    name: 'simulated-from-the-beginning',
    promise: 3,
    keeps: 'a restore of a simulated run that was killed looks for its snapshots in real accounts',
    in: 'markingSimulated',
    find: 'await markSimulated(store, executionId, keptIn);',
    replace: '',
    tests: KEPT,
    title: 'is killed while it deletes',
  },
];
