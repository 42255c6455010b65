import { tenantOfOnboarding } from './onboardingBranch';

describe('tenantOfOnboarding', () => {
  it.each([
    ['onboard/tenant-c', 'tenant-c'],
    ['onboard/Tenant-C', undefined],
    ['onboard/', undefined],
    ['onboard/a/b', undefined],
    ['onboard/kube-system', undefined],
    ['xonboard/tenant-c', undefined],
    ['onboard/<b>x</b>', undefined],
    ['main', undefined],
  ])('%s', (branch, tenant) => {
    expect(tenantOfOnboarding(branch)).toBe(tenant);
  });
});
