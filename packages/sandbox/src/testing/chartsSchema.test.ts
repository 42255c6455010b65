import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseTenantFile } from '@internal/gitops';
import Ajv from 'ajv';
import { parse, stringify } from 'yaml';
import { ChartsHelm, charts, valuesText } from './chartsHelm';
import { goodHold, goodValues, withTag, withTenant, withValues } from './chartsValues';
import { repositoryRoot } from './helm';

// Real helm, on a machine that may be busy.
jest.setTimeout(60_000);

let helm: ChartsHelm;
beforeAll(async () => {
  helm = await ChartsHelm.create();
});
afterAll(() => helm.close());

const readSchema = async () =>
  JSON.parse(await readFile(path.join(repositoryRoot, 'charts/tenant/values.schema.json'), 'utf8'));

/** Files that the schema refuses, with what the refusal says. */
const refused: Array<[string, object, RegExp]> = [
  ['no image', { tenant: goodValues.tenant }, /missing property 'image'/],
  ['no display name', withTenant({ displayName: undefined }), /\/tenant.*'displayName'/],
  ['a tenant key that nobody knows', withTenant({ color: 'red' }), /\/tenant.*'color' not allowed/],
  ['an empty display name', withTenant({ displayName: '' }), /\/tenant\/displayName/],
  ['a display name of two lines', withTenant({ displayName: 'a\nb' }), /\/tenant\/displayName/],
  ['a long display name', withTenant({ displayName: 'x'.repeat(81) }), /\/tenant\/displayName/],
  ['a name in capitals', withTenant({ name: 'Tenant' }), /\/tenant\/name/],
  ['a name that ends in "-"', withTenant({ name: 'a-' }), /\/tenant\/name/],
  ['a long name', withTenant({ name: 'a'.repeat(41) }), /\/tenant\/name/],
  ['the reserved name default', withTenant({ name: 'default' }), /\/tenant\/name.*not reserved/],
  ['the reserved name kube-system', withTenant({ name: 'kube-system' }), /not reserved/],
  ['the reserved name a-fence', withTenant({ name: 'a-fence' }), /not reserved/],
  ['an unknown tier', withTenant({ tier: 'gold' }), /\/tenant\/tier.*'free', 'standard'/],
  ['ring 10', withTenant({ ring: 10 }), /\/tenant\/ring/],
  ['a ring in quotes', withTenant({ ring: '1' }), /\/tenant\/ring.*got string, want integer/],
  ['an owner that is no group', withTenant({ owner: 'user:default/ada' }), /\/tenant\/owner/],
  ['a contact that is no address', withTenant({ contact: 'nobody' }), /\/tenant\/contact/],
  ['a hold without a reason', withTenant({ hold: { ...goodHold, reason: undefined } }), /'reason'/],
  ['a hold with a fifth key', withTenant({ hold: { ...goodHold, until: 'x' } }), /'until' not/],
  ['a hold since yesterday', withTenant({ hold: { ...goodHold, since: 'x' } }), /hold\/since/],
  ['a hold on latest', withTenant({ hold: { ...goodHold, version: 'latest' } }), /hold\/version/],
  ['the tag latest', withTag('latest'), /\/image\/tag.*immutable tag/],
  ['a tag that is a number', withTag(1), /\/image\/tag.*got number, want string/],
  ['a tag with a blank', withTag('a b'), /\/image\/tag/],
];

/** The same for the keys of Helm values, which are the chart's business: the portal reads past them. */
const refusedValues: Array<[string, object, RegExp]> = [
  ['a key that nobody knows', { replica: 3 }, /'replica' not allowed/],
  ['a misspelt nested key', { ingress: { hots: 'a.b' } }, /\/ingress.*'hots' not allowed/],
  ['fewer than no pods', { replicas: -1 }, /\/replicas.*minimum/],
  ['pods in quotes', { replicas: '2' }, /\/replicas.*got string, want integer/],
  ['an unknown log level', { logLevel: 'trace' }, /\/logLevel.*'debug', 'info'/],
  ['an unknown resource', { resources: { limits: { gpu: 1 } } }, /\/resources\/limits.*'gpu' not/],
  ['memory in M', { resources: { limits: { memory: '512M' } } }, /limits\/memory.*Ki\|Mi\|Gi/],
  ['memory in bytes', { resources: { limits: { memory: 1024 } } }, /limits\/memory.*want string/],
  ['CPU in words', { resources: { requests: { cpu: 'lots' } } }, /\/resources\/requests\/cpu/],
  ['no CPU at all', { resources: { requests: { cpu: 0 } } }, /\/resources\/requests\/cpu/],
  ['no CPU, in quotes', { resources: { requests: { cpu: '0.000' } } }, /\/requests\/cpu/],
  ['a switch in quotes', { autoscaling: { enabled: 'yes' } }, /autoscaling\/enabled.*want boolean/],
  ['one pod at least', { autoscaling: { minReplicas: 1 } }, /autoscaling\/minReplicas/],
  ['a mode of old', { verticalAutoscaling: { mode: 'Auto' } }, /mode.*'Initial'/],
  ['a budget of none', { podDisruptionBudget: { maxUnavailable: 0 } }, /maxUnavailable.*minimum/],
  ['an unknown scrape', { metrics: { scrape: 'push' } }, /\/metrics\/scrape.*'podMonitor'/],
  ['an interval of no time', { metrics: { interval: '1s' } }, /\/metrics\/interval/],
  ['a store of another kind', { externalSecret: { store: { kind: 'Vault' } } }, /store\/kind/],
  [
    'a variable in lower case',
    { externalSecret: { variables: { url: { key: 'a' } } } },
    /\/externalSecret\/variables.*'url' not allowed/,
  ],
  [
    'a key that climbs',
    { externalSecret: { variables: { URL: { key: '../tenant-b/a' } } } },
    /\/externalSecret\/variables\/URL\/key/,
  ],
  ['a host that is none', { ingress: { host: 'http://a.b/' } }, /\/ingress\/host/],
  ['an egress in words', { egress: { internet: 'all' } }, /\/egress\/internet.*want boolean/],
  ['a global', { global: { a: 1 } }, /\/global.*'a' not allowed/],
  [
    'a digest that is cut off',
    { image: { ...goodValues.image, digest: 'sha256:12' } },
    /\/image\/digest/,
  ],
];

/** Files that the schema takes. */
const accepted: Array<[string, object]> = [
  ['nothing but what is required', goodValues],
  ['a hold', withTenant({ hold: goodHold })],
  [
    'a hold since a time with an offset',
    withTenant({ hold: { ...goodHold, since: '2026-11-23T10:00:00.5+01:00' } }),
  ],
  ['a name of 40 characters', withTenant({ name: 'a'.repeat(40) })],
  ['a display name of any characters', withTenant({ displayName: '"Ü: #1" ${{ x }} {{ y }} 😀' })],
  ['a tag of version numbers', withTag('1.2.3')],
];

describe('values.schema.json', () => {
  it.each(refused)('refuses %s, and names the key', async (_, values, message) => {
    expect(await helm.refusal('tenant', values)).toMatch(message);
  });

  it.each(refusedValues)('refuses %s, and names the key', async (_, values, message) => {
    expect(await helm.refusal('tenant', withValues(values))).toMatch(message);
  });

  it('is the fence’s, too', async () => {
    for (const [, values, message] of refused.slice(0, 4)) {
      expect(await helm.refusal('tenant-fence', values)).toMatch(message);
    }
  });

  it.each(accepted)('takes %s', async (_, values) => {
    for (const chart of charts) {
      expect((await helm.template(chart, values)).length).toBeGreaterThan(3);
    }
  });

  it('takes the timestamp of a hold with and without quotes', async () => {
    const text = valuesText(withTenant({ hold: goodHold }));
    const quoted = text.replace(/since: .*/, "since: '2026-11-23T10:00:00Z'");
    expect(quoted).not.toBe(text);
    expect(await helm.template('tenant', quoted)).toEqual(await helm.template('tenant', text));
  });

  it('says the same as the portal does of each of these files', async () => {
    const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(await readSchema());
    for (const [name, values] of [...refused, ...accepted]) {
      const yaml = stringify(values);
      const expected = (values as typeof goodValues).tenant.name;
      expect([name, parseTenantFile(yaml, expected).ok]).toEqual([name, validate(parse(yaml))]);
    }
  });

  it('explains every key, and takes no key that it does not know', async () => {
    const schema = await readSchema();
    const problems: string[] = [];
    const look = (where: string, node: any) => {
      const target = node.$ref ? schema.definitions[node.$ref.split('/').pop()] : node;
      if (!target.description) problems.push(`${where}: no description`);
      if (target.type === 'object' && target.additionalProperties !== false) {
        problems.push(`${where}: takes any key`);
      }
      for (const [key, property] of Object.entries({
        ...target.properties,
        ...target.patternProperties,
      })) {
        look(`${where}.${key}`, property);
      }
    };
    look('', schema);
    expect(problems).toEqual([]);
  });
});
