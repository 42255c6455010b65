import { ChartsHelm } from './chartsHelm';
import { goodValues, withValues } from './chartsValues';

// Real helm, on a machine that may be busy.
jest.setTimeout(60_000);

let helm: ChartsHelm;
beforeAll(async () => {
  helm = await ChartsHelm.create();
});
afterAll(() => helm.close());

const digest = `sha256:${'9f'.repeat(32)}`;
const secret = (name: string) => ({
  externalSecret: { enabled: true, variables: { [name]: { key: 'a' } } },
});

/** What no single key shows: the tier, what is wrong, and what the refusal says. */
const refused: Array<[tier: string, what: string, values: object, message: RegExp]> = [
  ['free', 'more pods than its quota', { replicas: 4 }, /replicas: 4 pods.* 4 of tier free.* 3,/],
  [
    'standard',
    'more pods than its quota',
    { replicas: 8 },
    /replicas: 8 pods.* 8 of tier standard/,
  ],
  [
    'free',
    'an autoscaler of six pods',
    { autoscaling: { enabled: true } },
    /autoscaling\.maxReplicas: 6 pods.* 4 of tier free; set at most 3, or choose a higher tenant\.tier/,
  ],
  [
    'standard',
    'a number of pods beside the autoscaler',
    { replicas: 2, autoscaling: { enabled: true } },
    /replicas: the autoscaler sets the number of pods; leave the key out/,
  ],
  [
    'standard',
    'bounds that cross',
    { autoscaling: { enabled: true, minReplicas: 5, maxReplicas: 4 } },
    /autoscaling\.minReplicas: 5 is more than autoscaling\.maxReplicas \(4\)/,
  ],
  [
    'premium',
    'a container larger than the LimitRange',
    { resources: { limits: { cpu: 2.5 } } },
    /resources\.limits\.cpu: 2\.5 is more than one container may have; set at most 2/,
  ],
  [
    'premium',
    'a disk larger than the LimitRange',
    { resources: { limits: { 'ephemeral-storage': '2Gi' } } },
    /resources\.limits\.ephemeral-storage: 2Gi .* set at most 1Gi/,
  ],
  [
    'standard',
    'a request above its limit',
    { resources: { requests: { memory: '1Gi' } } },
    /resources\.requests\.memory: 1Gi is more than resources\.limits\.memory \(192Mi\)/,
  ],
  [
    'standard',
    'a request of next to nothing',
    { resources: { requests: { cpu: '1m' } } },
    /resources\.requests\.cpu: 1m is less than one container may ask for; set at least 10m/,
  ],
  [
    'standard',
    'a limit below the default request',
    { resources: { limits: { memory: '64Mi' } } },
    /resources\.requests\.memory: 96Mi is more than resources\.limits\.memory \(64Mi\)/,
  ],
  [
    'standard',
    'pods that are too large together',
    { replicas: 4, resources: { limits: { cpu: 1 } } },
    /resources\.limits\.cpu: 1 for each of 4 pods.* the 4 of tier standard; set at most 800m/,
  ],
  [
    'free',
    'requests that are too large together',
    { resources: { requests: { memory: '300Mi' }, limits: { memory: '300Mi' } } },
    /resources\.requests\.memory: 300Mi for each of 1 pods.* the 512Mi of tier free; set at most 256Mi/,
  ],
  [
    'standard',
    'a budget that lets all pods go',
    { podDisruptionBudget: { maxUnavailable: 2 } },
    /podDisruptionBudget\.maxUnavailable: 2 .* set at most 1/,
  ],
  [
    'standard',
    'a digest of another tag',
    { image: { ...goodValues.image, digest: `sha-0000000@${digest}` } },
    /image\.digest: belongs to the tag sha-0000000, but image\.tag is sha-1a2b3c4/,
  ],
  [
    'standard',
    'no variable for its secrets',
    { externalSecret: { enabled: true } },
    /externalSecret\.variables: is empty/,
  ],
  ['standard', 'a variable of the chart', secret('TENANT'), /variables\.TENANT: the name is taken/],
  ['standard', 'a variable of the loader', secret('LD_PRELOAD'), /variables\.LD_PRELOAD: the name/],
  [
    'standard',
    'a variable of Node.js',
    secret('NODE_OPTIONS'),
    /variables\.NODE_OPTIONS: the name/,
  ],
  [
    'standard',
    'the host of another tenant',
    { ingress: { enabled: true, host: 'tenant-b.example.com' } },
    /ingress\.host: tenant-b\.example\.com is not this tenant's; choose tenant-c\.example\.com/,
  ],
  [
    'standard',
    'a host below another tenant’s',
    { ingress: { enabled: true, host: 'tenant-c.tenant-b.example.com' } },
    /ingress\.host: tenant-c\.tenant-b\.example\.com is not this tenant's/,
  ],
  [
    'standard',
    'an ingress controller that is not there',
    { ingress: { enabled: true, className: 'alb' } },
    /ingress\.className: alb is not served here; choose one of traefik, nginx/,
  ],
];

describe('the guards of charts/tenant', () => {
  it.each(refused)('refuse in tier %s %s', async (tier, _, values, message) => {
    expect(await helm.refusal('tenant', withValues(values, tier))).toMatch(message);
  });

  it.each([
    ['replicas', null, /\/replicas.*got null, want integer/],
    ['service', null, /service\.name: is null; leave the key out/],
    ['logLevel', null, /logLevel: is null/],
    ['resources', null, /resources\.limits\.memory: is null/],
    ['resources', { limits: { cpu: null } }, /resources\.limits\.cpu: is null/],
    ['autoscaling', { maxReplicas: null }, /autoscaling\.maxReplicas: is null/],
    ['verticalAutoscaling', null, /verticalAutoscaling\.enabled: is null/],
    ['ingress', null, /ingress\.tls\.enabled: is null/],
    ['externalSecret', { store: null }, /externalSecret\.store\.name: is null/],
    ['metrics', null, /metrics\.scrape: is null/],
  ])('tell what %s: %j takes away', async (key, value, message) => {
    const values = withValues({ [key]: value });
    expect(await helm.refusal('tenant', values)).toMatch(message);
  });

  it('tell all problems at once', async () => {
    const values = withValues({
      replicas: 20,
      resources: { limits: { memory: '3Gi' } },
      ingress: { enabled: true, className: 'alb', host: 'b.example.com' },
    });
    const message = await helm.refusal('tenant', values);
    for (const key of [
      'replicas',
      'resources.limits.memory',
      'ingress.className',
      'ingress.host',
    ]) {
      expect(message).toMatch(new RegExp(`^${key}: `, 'm'));
    }
  });

  it.each([
    ['premium', { replicas: 20 }],
    ['premium', { autoscaling: { enabled: true, minReplicas: 6, maxReplicas: 20 } }],
    ['standard', { autoscaling: { enabled: true } }],
    ['free', { replicas: 3 }],
    ['free', { autoscaling: { enabled: true, maxReplicas: 3 } }],
    ['premium', { resources: { requests: { cpu: 1 }, limits: { cpu: 2, memory: '2Gi' } } }],
  ])('take in tier %s %j, which just fits', async (tier, values) => {
    expect((await helm.template('tenant', withValues(values, tier))).length).toBeGreaterThan(3);
  });
});
