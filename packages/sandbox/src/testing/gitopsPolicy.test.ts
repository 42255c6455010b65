import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { repositoryRoot } from './helm';

/** What admission refuses is proved on a real API server (conformance/); here: that its lists are those of the rest of the tree. */
const policies = path.join(repositoryRoot, 'gitops/platform/policy');
const files = readdirSync(policies).filter(name => name !== 'kustomization.yaml');
const read = (file: string) => readFileSync(path.join(repositoryRoot, file), 'utf8');
const documents = (file: string): any[] =>
  parseAllDocuments(read(file)).map(document => document.toJS());
const policyOf = (file: string): any => documents(`gitops/platform/policy/${file}`)[0];

/** The value of a variable that is a CEL literal: text, or a list of texts. */
function literal(file: string, name: string): unknown {
  const { expression } = policyOf(file).spec.variables.find((each: any) => each.name === name);
  return JSON.parse(expression.replaceAll("'", '"'));
}

describe('gitops/platform/policy', () => {
  it('is listed file by file', () => {
    expect([...parse(read('gitops/platform/policy/kustomization.yaml')).resources].sort()).toEqual(
      [...files].sort(),
    );
  });

  it.each(files)('%s holds a policy that fails closed, and the binding that denies', file => {
    const [policy, binding] = documents(`gitops/platform/policy/${file}`);
    const name = file.replace(/\.yaml$/, '');
    expect(policy).toMatchObject({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name },
      spec: { failurePolicy: 'Fail' },
    });
    // See kustomization.yaml: parameters of before outlive their policies.
    expect(policy.spec.paramKind).toBeUndefined();
    expect(binding).toMatchObject({
      kind: 'ValidatingAdmissionPolicyBinding',
      spec: { policyName: name, validationActions: ['Deny'] },
    });
    for (const validation of policy.spec.validations) {
      expect(validation.message ?? validation.messageExpression).toBeTruthy();
    }
  });

  it.each(['tenant-images', 'tenant-pods', 'tenant-network', 'tenant-roles', 'tenant-secrets'])(
    '%s holds in every namespace of a tenant, by the label that the fence sets',
    name => {
      const [, binding] = documents(`gitops/platform/policy/${name}.yaml`);
      expect(binding.spec.matchResources.namespaceSelector.matchExpressions).toEqual([
        { key: 'tenant-releases.io/tenant', operator: 'Exists' },
      ]);
      expect(read('charts/tenant-fence/templates/_helpers.tpl')).toContain(
        'tenant-releases.io/tenant:',
      );
    },
  );

  it.each(['tenant-images', 'tenant-pods'])(
    '%s judges everything that makes pods, made or changed',
    name => {
      const rules = policyOf(`${name}.yaml`).spec.matchConstraints.resourceRules;
      expect(rules.flatMap((rule: any) => rule.resources).sort()).toEqual([
        'cronjobs',
        'daemonsets',
        'deployments',
        'jobs',
        'pods',
        'pods/ephemeralcontainers',
        'podtemplates',
        'replicasets',
        'replicationcontrollers',
        'statefulsets',
      ]);
      for (const { operations } of rules) expect(operations).toEqual(['CREATE', 'UPDATE']);
    },
  );

  it('lets every tenant have the image it names', () => {
    const registries = literal('tenant-images.yaml', 'registries') as string[];
    for (const file of readdirSync(path.join(repositoryRoot, 'gitops/tenants'))) {
      const { repository } = parse(read(`gitops/tenants/${file}`)).image;
      expect(registries.some(each => each.endsWith('/') && repository.startsWith(each))).toBe(true);
    }
  });

  it('knows the domains of charts/tenant', () => {
    expect(literal('tenant-network.yaml', 'domains')).toEqual(
      parse(read('charts/tenant/platform.yaml')).ingress.domains,
    );
  });

  it('allows a project the kinds of the skeleton, and no more', () => {
    const [project] = documents('gitops/projects/tenant-a.yaml');
    expect(literal('argocd-projects.yaml', 'kinds')).toEqual(
      project.spec.namespaceResourceWhitelist.map(
        ({ group, kind }: { group: string; kind: string }) => `${group}/${kind}`,
      ),
    );
  });

  it('knows the repository, the branch and the shared cluster of the Applications', () => {
    const [{ spec }] = documents('gitops/apps/tenant-a.yaml');
    for (const file of ['argocd-applications.yaml', 'argocd-projects.yaml']) {
      expect(literal(file, 'repository')).toBe(spec.source.repoURL);
      expect(literal(file, 'sharedCluster')).toBe('in-cluster');
    }
    expect(literal('argocd-applications.yaml', 'revision')).toBe(spec.source.targetRevision);
  });

  it('knows every sync option that the Applications use', () => {
    const known = literal('argocd-applications.yaml', 'knownOptions');
    for (const file of ['bootstrap/root.yaml', 'bootstrap/platform.yaml', 'apps/tenant-a.yaml']) {
      const used = documents(`gitops/${file}`).flatMap(
        ({ spec }) => spec.syncPolicy?.syncOptions ?? [],
      );
      expect(known).toEqual(expect.arrayContaining(used));
    }
  });
});

describe('gitops/platform/priority-classes.yaml', () => {
  it('puts tenants below the platform, and lets them push nobody out', () => {
    const classes = Object.fromEntries(
      documents('gitops/platform/priority-classes.yaml').map(each => [each.metadata.name, each]),
    );
    expect(classes['tenant-workload'].value).toBeLessThan(classes['platform-critical'].value);
    expect(classes['tenant-workload'].preemptionPolicy).toBe('Never');
    expect(read('charts/tenant/templates/deployment.yaml')).toContain(
      'priorityClassName: tenant-workload',
    );
    for (const each of Object.values<any>(classes)) expect(each.globalDefault).toBeFalsy();
  });
});
