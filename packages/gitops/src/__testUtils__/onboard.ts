import { onboardTenant, type Onboarding } from '../changes/onboard/onboardTenant';
import type { OnboardingRequest } from '../changes/onboard/request';
import { findHelm } from '../helm/findHelm';
import { parseLayouts } from '../layout/layout';
import type { LayoutSettings } from '../layout/layoutSchema';
import { testCheckout } from './releases';

/** What an onboarding into files comes to. */
export interface TriedOnboarding extends Onboarding {
  /** `new` or `changed`, and the path. */
  changed: string[];
  /** The new text of a file. */
  text(file: string): string;
  /** Tenant, service, environment, cluster, version and Application of what comes. */
  lines: string[];
}

/** Onboards the tenant charlie. */
export async function onboard(
  files: Record<string, string>,
  layout: LayoutSettings,
  request: Partial<OnboardingRequest>,
): Promise<TriedOnboarding> {
  const helm = await findHelm(undefined);
  const done = await onboardTenant(
    testCheckout(files),
    parseLayouts({ layouts: [layout] }),
    { tenant: 'charlie', service: 'demo-api', version: '7.0.1', ...request },
    'path' in helm ? { helm: helm.path } : {},
  );
  return {
    ...done,
    changed: done.edits.map(
      ({ path, before }) => `${before === undefined ? 'new' : 'changed'} ${path}`,
    ),
    text: file => done.edits.find(({ path }) => path === file)?.text ?? '',
    lines: done.releases.map(({ tenant, service, environment, cluster, version, application }) =>
      [tenant, service, environment, cluster, version, application].filter(Boolean).join(' '),
    ),
  };
}
