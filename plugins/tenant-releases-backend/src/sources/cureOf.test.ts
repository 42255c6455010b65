import {
  sourceErrorSchema,
  type SourceErrorClass,
  type SourceStatus,
} from '@internal/plugin-tenant-releases-common';
import { cureOf } from './cureOf';

const source = (kind: SourceStatus['kind'], error?: SourceErrorClass, detail?: string) => ({
  ...{ id: kind, kind, name: kind, state: 'down' as const, ageSeconds: 0 },
  ...(error ? { error } : {}),
  ...(detail ? { detail } : {}),
});
const kinds = ['git', 'argocd', 'kubernetes', 'prometheus', 'loki'] as const;

describe('cureOf', () => {
  it.each(kinds)('says for every error of %s what to do, in one sentence', kind => {
    for (const error of sourceErrorSchema.options) {
      expect(cureOf(source(kind, error))).toMatch(/^[A-Z].{20,400}\.$/);
    }
  });

  it.each<[SourceStatus['kind'], SourceErrorClass, string]>([
    ['git', 'unauthorized', 'integrations'],
    ['git', 'not-found', 'tenantReleases.gitops.repository'],
    ['argocd', 'forbidden', 'argocd.appLocatorMethods to get Applications'],
    ['kubernetes', 'unreachable', 'kubernetes.clusterLocatorMethods'],
    ['loki', 'bad-answer', 'tenantReleases.telemetry'],
  ])('names the setting of %s for %s', (kind, error, setting) => {
    expect(cureOf(source(kind, error))).toContain(setting);
  });

  it('says nothing where all is well, and where the detail says it', () => {
    expect(cureOf(source('git'))).toBeUndefined();
    expect(cureOf(source('git', 'misconfigured', 'Set x.'))).toBeUndefined();
    expect(cureOf(source('git', 'timeout', 'No answer in 10 s.'))).toBeDefined();
  });
});
