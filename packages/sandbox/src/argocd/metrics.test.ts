import { Application } from './application';
import { applicationMetrics } from './metrics';

const application = (change: Partial<Application> = {}): Application => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'tenant-a', namespace: 'argocd', uid: 'u' },
  spec: {
    project: 'tenant-a',
    source: { repoURL: 'https://github.com/acme/platform.git' },
    destination: { name: 'in-cluster', namespace: 'tenant-a' },
    syncPolicy: { automated: {} },
  },
  ...change,
});

describe('applicationMetrics', () => {
  it('says where an application goes and how it is', () => {
    const text = applicationMetrics([
      application({
        status: {
          health: { status: 'Degraded' },
          sync: { status: 'OutOfSync', comparedTo: { destination: {} } },
        },
      }),
    ]);
    expect(text).toContain(
      'argocd_app_info{dest_server="https://kubernetes.default.svc",name="tenant-a",namespace="argocd",' +
        'project="tenant-a",autosync_enabled="true",dest_namespace="tenant-a",health_status="Degraded",operation="",' +
        'repo="https://github.com/acme/platform.git",sync_status="OutOfSync"} 1\n',
    );
    expect(text).not.toContain('argocd_app_sync_total');
  });

  it('counts the syncs that ever were, also those that the history has forgotten', () => {
    const entry = {
      id: 11,
      revision: 'a'.repeat(40),
      deployStartedAt: '2026-11-23T10:00:00Z',
      deployedAt: '2026-11-23T10:00:01Z',
      source: { repoURL: 'https://github.com/acme/platform.git' },
      initiatedBy: { automated: true },
    };
    const text = applicationMetrics([application({ status: { history: [entry] } })]);
    expect(text).toMatch(/argocd_app_sync_total\{.*name="tenant-a".*phase="Succeeded"\} 12\n/);
  });

  it('has nothing of one that cannot be parsed, and the others all the same', () => {
    const text = applicationMetrics([application({ spec: 'none' }), application()]);
    expect(text.match(/^argocd_app_info\{/gm)).toHaveLength(1);
  });
});
