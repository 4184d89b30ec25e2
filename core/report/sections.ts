import type { Summary } from '../summary.ts';
import { changeSection } from './change-section.ts';
import { executionSection } from './execution-section.ts';
import { gapsSection } from './gaps-section.ts';
import { planSection } from './plan-section.ts';
import { accountsSection, regionsSection, unitsSection } from './ranking-section.ts';
import { removedSection } from './removed-section.ts';
import { notBelievedSection } from './not-believed-section.ts';
import type { Section } from './section.ts';
import { staleSection } from './stale-section.ts';

/** All there is to tell, in the order that people need it, between its head and its end. */
export function sectionsOf(summary: Summary): Section[] {
  return [
    gapsSection(summary),
    notBelievedSection(summary),
    staleSection(summary),
    removedSection(summary),
    planSection(summary),
    changeSection(summary),
    accountsSection(summary),
    unitsSection(summary),
    regionsSection(summary),
    executionSection(summary),
  ];
}
