import type { Summary } from '../../core/summary/summary.ts';
import { funnelSection } from './funnel-section.ts';
import { gapsSection } from '../gaps/gaps-section.ts';
import { notTrustedSection } from './not-trusted-section.ts';
import { accountsSection } from './ranking-section.ts';
import { runSection } from './run-section.ts';
import type { Section } from '../parts/section.ts';

/** All there is to tell between what to do and where the report is, in the order of the mail. */
export function sectionsOf(summary: Summary): Section[] {
  return [
    notTrustedSection(summary),
    funnelSection(summary),
    gapsSection(summary),
    accountsSection(summary),
    runSection(summary),
  ];
}
