import type { Summary } from '../../core/summary/summary.ts';
import { cut } from '../format/layout.ts';
import { type Line, type Section, sentence, verbatim } from './section.ts';

/** The page for people, beside the other files of an execution. */
const PAGE = 'report.html';

/** Where each partition's console is; of others none is named rather than a wrong one. */
const CONSOLES: readonly (readonly [regions: RegExp, host: string])[] = [
  [/^cn-/, 'console.amazonaws.cn'],
  [/^us-gov-/, 'console.amazonaws-us-gov.com'],
  [/^(us-iso|eu-isoe|eusc-)/, ''],
];
const CONSOLE = 'console.aws.amazon.com';

/** Where the full report is, and how to get there. */
export function reportSection(summary: Summary): Section {
  if (summary.reportFailure !== null) return withoutPage(summary, summary.reportFailure);
  const lines = toPage(summary.location, regionOf(summary));
  // What there is to copy says by itself what it is for.
  const isInBucket = lines.length > 1;
  return {
    title: `FULL REPORT${isInBucket ? ' (in the hub account)' : ''}`,
    lines: lines.filter(({ as }) => as === 'verbatim'),
  };
}

/**
 * The page of an execution: its path, or how to get it out of the bucket.
 *
 * @param location the execution's folder, or prefix
 * @param region one of the partition, for its console; empty: not known
 */
export function toPage(location: string, region: string): Line[] {
  const root = location.replace(/[/\\]+$/, '');
  const bucket = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/(.+)$/.exec(root);
  const page = pageIn(root);
  return bucket?.[1] === undefined || bucket[2] === undefined
    ? [verbatim(page)]
    : inS3(page, bucket[1], `${bucket[2]}/${PAGE}`, region);
}

/** @param location the execution's folder, or prefix */
export function pageIn(location: string): string {
  const root = location.replace(/[/\\]+$/, '');
  return `${root}${root.includes('\\') ? '\\' : '/'}${PAGE}`;
}

/** The findings themselves are there all the same. */
function withoutPage({ location }: Summary, failure: string): Section {
  const lines = [
    sentence(`The page could not be made: ${cut(failure, 100)}. The files are in`),
    verbatim(location),
  ];
  return { title: 'FULL REPORT', lines };
}

function inS3(page: string, bucket: string, key: string, region: string): Line[] {
  const host = CONSOLES.find(([regions]) => regions.test(region))?.[1] ?? CONSOLE;
  const prefix = key.split('/').map(encodeURIComponent).join('/');
  return [
    ...(host === ''
      ? []
      : [
          sentence('In the AWS console, signed in to the hub account:'),
          verbatim(`https://${host}/s3/object/${bucket}?prefix=${prefix}`),
        ]),
    sentence('Or, with the AWS CLI:'),
    verbatim(`aws s3 cp ${page} .`),
  ];
}

/** Regions tell the partition; where none is known, it is the one that nearly everybody has. */
function regionOf({ byRegion, coverage }: Summary): string {
  return Object.keys(byRegion)[0] ?? coverage.gaps.find((gap) => gap.region)?.region ?? '';
}
