import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findHelm } from '@internal/gitops';
import { repositoryRoot } from '@internal/gitops/testUtils';
import { runGitops } from '../__testUtils__/runGitops';

const examples: Array<{
  name: string;
  layout: object;
  releases: string[];
  bump: { choice: string[]; version: string; file: string; from: string; to: string };
}> = [
  {
    name: 'tenant-values',
    layout: { preset: 'tenant-values' },
    releases: ['acme demo-api sha-1a2b3c4', 'bravo demo-api sha-0f0f0f0'],
    bump: {
      choice: ['acme', 'demo-api'],
      version: 'sha-2222222',
      file: 'gitops/tenants/acme-values.yaml',
      from: 'tag: sha-1a2b3c4',
      to: 'tag: sha-2222222',
    },
  },
  {
    name: 'kustomize-overlays',
    layout: { preset: 'kustomize-overlays', path: 'overlays/{tenant}' },
    releases: [
      'acme api 1.14.2',
      'acme web 20260114',
      `bravo api sha256:${'b'.repeat(64)}`,
      'bravo web 2.0.1',
    ],
    bump: {
      choice: ['acme', 'web'],
      version: '20260115',
      file: 'overlays/acme/kustomization.yaml',
      from: "'20260114' # a date",
      to: "'20260115' # a date",
    },
  },
  {
    name: 'values-per-tenant',
    layout: { preset: 'values-per-tenant', path: 'tenants/{tenant}/values.yaml' },
    releases: [
      'acme order 20260626214519',
      'acme inventory 20260626214519',
      'bravo order 20260501090000',
      'bravo inventory 1.10',
    ],
    bump: {
      choice: ['bravo', 'inventory'],
      version: '1.20',
      file: 'tenants/bravo/values.yaml',
      from: '1.10',
      to: '1.20',
    },
  },
  {
    name: 'tenant-service-folders',
    layout: { preset: 'tenant-service-folders', path: 'tenants/{tenant}/{service}/values.yaml' },
    releases: ['acme api 2.3.0', 'acme web sha-7c6d5e4', 'bravo api 2.2.9'],
    bump: {
      choice: ['bravo', 'api'],
      version: '1e3',
      file: 'tenants/bravo/api/values.yaml',
      from: 'tag: 2.2.9 # moved',
      to: 'tag: "1e3" # moved',
    },
  },
  {
    name: 'cluster-tenant-folders',
    layout: { preset: 'cluster-tenant-folders', path: 'clusters/{cluster}/{tenant}/values.yaml' },
    releases: ['acme app 3.1.0 eu-1', 'bravo app 3.0.4 eu-1', 'acme app 3.1.1 us-1'],
    bump: {
      choice: ['acme', 'app', '--cluster', 'us-1'],
      version: '3.2.0',
      file: 'clusters/us-1/acme/values.yaml',
      from: ':5000/shop/api:3.1.1',
      to: ':5000/shop/api:3.2.0',
    },
  },
  {
    name: 'environment-folders',
    layout: { preset: 'environment-folders', path: 'environments/{environment}/{tenant}.yaml' },
    releases: [
      'acme demo-api 1.8.4 production',
      'acme demo-api 1.9.0 staging',
      'bravo demo-api 1.9.0 staging',
    ],
    bump: {
      choice: ['acme', 'demo-api', '--environment', 'production'],
      version: '1.9.0',
      file: 'environments/production/acme.yaml',
      from: 'tag: 1.8.4',
      to: 'tag: 1.9.0',
    },
  },
  {
    name: 'chart-per-environment',
    layout: { preset: 'chart-per-environment', path: 'environments/{environment}/Chart.yaml' },
    releases: [
      'dev api 3.3.0 dev',
      'dev worker.v2 1.9.0-rc.1 dev',
      'prod api 3.2.1 prod',
      'prod worker.v2 1.8.0 prod',
    ],
    bump: {
      choice: ['prod', 'api'],
      version: '3.3.0',
      file: 'environments/prod/Chart.yaml',
      from: '  - name: api\n    version: 3.2.1',
      to: '  - name: api\n    version: 3.3.0',
    },
  },
  {
    name: 'application-inline',
    layout: { preset: 'application-inline', path: 'apps/{tenant}.yaml' },
    releases: [
      'acme shop 1.10',
      'acme shop-cache 4.1.0',
      'bravo shop 1.9',
      'bravo shop-cache 4.0.2',
    ],
    bump: {
      choice: ['acme', 'shop'],
      version: '1.20',
      file: 'apps/acme.yaml',
      from: 'tag: "1.10"',
      to: 'tag: "1.20"',
    },
  },
];

describe.each(examples)('examples/$name', ({ name, layout, releases, bump }) => {
  let root: string;
  let layouts: string;
  let helm: string[];

  beforeAll(async () => {
    const found = await findHelm(undefined);
    helm = 'path' in found ? ['--helm', found.path] : [];
  });
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'gitops-example-'));
    cpSync(path.join(repositoryRoot, 'examples', name), root, { recursive: true });
    layouts = `${root}.json`;
    writeFileSync(layouts, JSON.stringify({ layouts: [layout] }));
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
    rmSync(layouts, { force: true });
  });
  const json = async (command: string, ...args: string[]) => {
    const ran = await runGitops('/', [
      command,
      '--dir',
      root,
      '--output',
      'json',
      ...helm,
      ...args,
    ]);
    return { ...ran, value: JSON.parse(ran.out) };
  };

  it('is proposed as it is, and everything in it is matched', async () => {
    const init = await json('init');
    expect(init).toMatchObject({ code: 0, err: '', value: { layouts: [layout], notes: [] } });
    for (const args of [[], ['--layouts', layouts]]) {
      const doctor = await json('doctor', ...args);
      expect(doctor).toMatchObject({ code: 0, err: '', value: { unmatched: [] } });
      const lines = doctor.value.releases.map((release: Record<string, string>) => {
        const { tenant, service, version, environment, cluster } = release;
        return [tenant, service, version, environment, cluster].filter(Boolean).join(' ');
      });
      expect(lines).toEqual(releases);
      for (const { file, line, version } of doctor.value.releases) {
        expect(readFileSync(path.join(root, file), 'utf8').split('\n')[line - 1]).toContain(
          version,
        );
      }
    }
  });

  it('is refused nothing by the check', async () => {
    expect(await json('check', '--layouts', layouts)).toMatchObject({
      code: 0,
      err: '',
      value: { refused: false, tenants: new Set(releases.map(line => line.split(' ')[0])).size },
    });
  });

  it('changes exactly the bytes of a version', async () => {
    const [tenant, service, ...where] = bump.choice;
    const before = readFileSync(path.join(root, bump.file), 'utf8');
    const args = [
      '--layouts',
      layouts,
      '--tenant',
      tenant,
      '--service',
      service,
      '--version',
      bump.version,
      ...where,
    ];
    expect(await json('bump', ...args)).toMatchObject({
      code: 0,
      err: '',
      value: { changes: [{ path: bump.file }] },
    });
    expect(readFileSync(path.join(root, bump.file), 'utf8')).toBe(
      before.replace(bump.from, bump.to),
    );
    const changed = differing(path.join(repositoryRoot, 'examples', name), root);
    expect(changed).toEqual([bump.file]);
    expect(await json('bump', ...args)).toMatchObject({ code: 0, value: { changes: [] } });
  });
});

function differing(one: string, other: string): string[] {
  try {
    execFileSync('diff', ['--recursive', '--brief', one, other]);
    return [];
  } catch (error) {
    const said = String((error as { stdout: Buffer }).stdout);
    return said
      .trim()
      .split('\n')
      .map(line => line.replace(/^Files .* and (.*) differ$/, '$1').slice(other.length + 1));
  }
}

describe('gitops init, doctor and bump', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'gitops-layouts-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const run = (...args: string[]) => runGitops(root, args);

  it.each([['--ring', '1'], ['--in-order'], ['--hold', 'errors'], ['--by', 'x']])(
    'bump of another layout refuses %s, which it does not know',
    async (...flags) => {
      const choice = ['--tenant', 'acme', '--service', 'api', '--version', '2'];
      const ran = await run('bump', '--layouts', 'layouts.yaml', ...choice, ...flags);
      expect(ran).toMatchObject({ code: 2, out: '' });
      expect(ran.err).toContain(`${flags[0]} is not there with --layouts`);
    },
  );

  it('propose nothing for an empty repository', async () => {
    expect((await run('init', '--output', 'json')).code).toBe(1);
    expect((await run('doctor', '--output', 'json')).code).toBe(1);
  });

  it.each([
    ['layouts: [{path: "tenants/*/values.yaml"}]', 'cannot tell tenants apart'],
    ['layouts: []', 'layouts'],
    ['a: [', '--layouts'],
  ])('name what is wrong with the layouts %s', async (text, why) => {
    writeFileSync(path.join(root, 'layouts.yaml'), text);
    expect(await run('doctor', '--layouts', 'layouts.yaml')).toMatchObject({
      code: 2,
      err: expect.stringContaining(why),
    });
  });

  it.each([
    [['doctor', '--dir', 'nowhere'], '--dir nowhere'],
    [['doctor', '--layouts', 'nothing.yaml'], 'nothing.yaml'],
    [['init', '--argocd-file', 'nothing.json'], 'nothing.json'],
    [['bump', '--service', 'a', '--version', 'b', '--environment', 'c'], '--layouts'],
  ])('say what is wrong with a call: %j', async (args, why) => {
    expect(await run(...args)).toMatchObject({ code: 2, err: expect.stringContaining(why) });
  });

  it('leave alone a value that others take their version from', async () => {
    const overlay = 'resources: [../../base]\n';
    const files = {
      'base/kustomization.yaml':
        'resources: [a.yaml]\nimages: [{ name: acme/api, newTag: 1.0.0 }]\n',
      'base/a.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: acme/api}]}\n',
      'overlays/acme/kustomization.yaml': overlay,
      'overlays/bravo/kustomization.yaml': overlay,
      'l.json': '{"layouts":[{"preset":"kustomize-overlays"}]}',
    };
    for (const [file, text] of Object.entries(files)) {
      execFileSync('mkdir', ['-p', path.dirname(path.join(root, file))]);
      writeFileSync(path.join(root, file), text);
    }
    const bump = (tenant: string) =>
      run(
        'bump',
        '--layouts',
        'l.json',
        '--service',
        'api',
        '--version',
        '2.0.0',
        '--tenant',
        tenant,
      );
    expect(await bump('acme')).toMatchObject({
      code: 1,
      err: expect.stringContaining('base/kustomization.yaml:2 is the version of bravo/api too'),
    });
    expect(await bump('nobody')).toMatchObject({
      code: 1,
      err: expect.stringContaining('known are: acme, bravo'),
    });
  });
});
