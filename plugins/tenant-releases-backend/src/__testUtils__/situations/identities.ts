import { applicationOf, podOf, repoURL } from '../objects';
import { healthy, image, pods, source, synced, type Situation } from './Situation';

/** Whose an Application is. */
export const identitySituations: Situation[] = [
  {
    name: 'the same name twice',
    hold: (tenant, commits) => {
      const { applications, ...held } = healthy(tenant, commits);
      const copy = applicationOf(tenant, commits.old, {
        namespace: `${tenant}-apps`,
        spec: { destination: { name: 'in-cluster', namespace: 'scratch' } },
        status: { health: { status: 'Degraded' } },
      });
      return { ...held, applications: [...applications, copy] };
    },
    state: 'in-sync',
    codes: [],
    synced: 'sha-2',
  },
  {
    name: 'an Application of that name that deploys elsewhere',
    hold: (tenant, { head }) => ({
      applications: [
        applicationOf(tenant, head, {
          spec: { destination: { name: 'in-cluster', namespace: 'scratch' } },
        }),
      ],
      pods: pods(tenant, 'sha-2'),
    }),
    state: 'unknown',
    codes: ['APPLICATION_MISMATCH'],
    text: /namespace that is not the tenant/,
  },
  {
    name: 'an Application of that name in another project',
    hold: (tenant, commits) => healthy(tenant, commits, { spec: { project: 'sandbox' } }),
    state: 'unknown',
    codes: ['APPLICATION_MISMATCH'],
    text: /project that is not the tenant/,
  },
  {
    name: 'an Application of that name that reads the file of another tenant',
    hold: (tenant, commits) =>
      healthy(tenant, commits, {
        spec: source(tenant, { helm: { valueFiles: ['/gitops/tenants/other-values.yaml'] } }),
      }),
    state: 'unknown',
    codes: ['APPLICATION_MISMATCH'],
    text: /does not read the tenant file/,
  },
  {
    name: 'an Application of that name from another repository',
    hold: (tenant, commits) =>
      healthy(tenant, commits, {
        spec: source(tenant, { repoURL: 'https://git.example.com/acme/fork' }),
      }),
    state: 'unknown',
    codes: ['APPLICATION_MISMATCH'],
  },
  {
    name: 'an Application that is called otherwise',
    hold: (tenant, commits) => healthy(tenant, commits, { name: `prod-eu-${tenant}-demo-api` }),
    state: 'in-sync',
    codes: [],
    synced: 'sha-2',
  },
  {
    name: 'an Application in another namespace than Argo CD’s own',
    hold: (tenant, commits) => healthy(tenant, commits, { namespace: `${tenant}-apps` }),
    state: 'in-sync',
    codes: [],
    synced: 'sha-2',
  },
  {
    name: 'two Applications that deploy the tenant',
    hold: (tenant, commits) => {
      const { applications, ...held } = healthy(tenant, commits);
      const second = applicationOf(tenant, commits.head, { name: `${tenant}-again` });
      return { ...held, applications: [...applications, second] };
    },
    state: 'unknown',
    codes: ['APPLICATION_AMBIGUOUS'],
  },
  {
    name: 'no Application',
    hold: tenant => ({ applications: [], pods: pods(tenant, 'sha-2') }),
    state: 'drifted',
    codes: ['NOT_DEPLOYED'],
  },
  {
    name: 'pods of another namespace with the tenant’s label',
    hold: (tenant, commits) => {
      const { pods: own = [], ...held } = healthy(tenant, commits);
      const foreign = podOf(tenant, 'foreign', image('sha-0'), { namespace: 'elsewhere' });
      return { ...held, pods: [...own, foreign] };
    },
    state: 'in-sync',
    codes: [],
    running: synced,
  },
  {
    name: 'a copy in front that Argo CD refuses the project',
    hold: (tenant, commits) => {
      const { applications, ...held } = healthy(tenant, commits);
      const refused = applicationOf(tenant, commits.head, {
        namespace: 'aaa-apps',
        status: {
          sync: { status: 'Unknown', revision: '' },
          health: { status: 'Unknown' },
          operationState: undefined,
          history: undefined,
          conditions: [
            {
              type: 'InvalidSpecError',
              message: `application '${tenant}' in namespace 'aaa-apps' is not allowed to use project ${tenant}`,
            },
          ],
        },
      });
      return { ...held, applications: [...applications, refused] };
    },
    state: 'in-sync',
    codes: [],
    synced: 'sha-2',
  },
  {
    name: 'an Application of a source hydrator',
    hold: (tenant, commits) =>
      healthy(tenant, commits, {
        spec: {
          source: undefined,
          sourceHydrator: {
            drySource: { repoURL, path: 'charts/tenant', targetRevision: 'main' },
            syncSource: { targetBranch: 'env/prod', path: tenant },
          },
        },
      }),
    state: 'unknown',
    codes: ['APPLICATION_MISMATCH'],
    text: /source hydrator, which the portal does not read/,
  },
];
