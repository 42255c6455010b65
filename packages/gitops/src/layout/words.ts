import type { Names } from './pathPattern';

/** Names that people give to environments, on their own or with a region or number beside them. */
const environment =
  /^(?:(?:non|pre)[-_]?)?(?:dev|devel|develop|development|test|testing|tst|qa|qat|uat|int|integration|acc|acceptance|stage|staging|stg|prod|production|prd|preprod|nonprod|sandbox|sbx|demo|preview|perf|canary|live|local|dr|ci|ephemeral)\d*$/i;

/** Names of environments that also stand at the end or beginning of others: `payments-prod`. */
const affix =
  /^(?:(?:non|pre)[-_]?)?(?:dev|development|test|testing|qa|uat|int|integration|acc|stage|staging|stg|prod|production|prd|preprod|nonprod|sandbox)\d*$/i;

/** Folders that say what the names in them are. */
const keywords: ReadonlyArray<[RegExp, keyof Names]> = [
  [/^(tenants?|customers?|clients?|teams?|orgs?|organi[sz]ations|accounts?)$/i, 'tenant'],
  [/^(envs?|environments?|stages?)$/i, 'environment'],
  [/^(clusters?|regions?)$/i, 'cluster'],
  [
    /^(apps?|applications?|(micro)?services?|components|workloads|projects|charts|addons?|add-ons|infra|infrastructure|platform|kustomize|helm)$/i,
    'service',
  ],
];

/** Whether a name is one of an environment: `prod`, `qa-eu`, `staging2`. */
export function isEnvironment(name: string): boolean {
  if (environment.test(name)) return true;
  const parts = name.split(/[-_.]/);
  return (
    parts.length > 1 &&
    parts.length <= 3 &&
    [parts[0], parts[parts.length - 1]].some(part => affix.test(part)) &&
    parts.every(part => part.length <= 14)
  );
}

/** Whether a name is an environment and nothing else. */
export function isPlainEnvironment(name: string): boolean {
  return environment.test(name);
}

/** Whether a name is one of a cluster: `cluster-1`, `eu-west-1-cluster`. */
export function isCluster(name: string): boolean {
  return /^cluster[-_]?[\w]*$|[-_]cluster\d*$/i.test(name);
}

/** What a folder says of the names in it. */
export function saidBy(folder: string): keyof Names | undefined {
  return keywords.find(([pattern]) => pattern.test(folder))?.[1];
}

/** A name with an environment at its end or beginning: `payments-prod`. */
export function splitEnvironment(
  name: string,
): { before: string; environment: string; after: string } | undefined {
  const [, last] = /^.+[-_.]([^-_.]+)$/.exec(name) ?? [];
  if (last !== undefined && affix.test(last)) {
    return { before: name.slice(0, name.length - last.length), environment: last, after: '' };
  }
  const [, first] = /^([^-_.]+)[-_.].+$/.exec(name) ?? [];
  if (first !== undefined && /^(dev|qa|uat|stage|staging|prod|production)$/i.test(first)) {
    return { before: '', environment: first, after: name.slice(first.length) };
  }
  return undefined;
}
