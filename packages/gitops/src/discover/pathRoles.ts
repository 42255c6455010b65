import type { Names } from '../layout/pathPattern';
import { isCluster, isEnvironment, saidBy, splitEnvironment } from '../layout/words';

/** A path in parts: texts that stay, and names that a placeholder may stand for. */
export type PathPart =
  | { text: string }
  | {
      text: string;
      role?: keyof Names;
      isName: true;
      /** Whether it names something even where it stands alone: a file is called after what it is for. */
      isOwn?: true;
    };

/** File names that say nothing of a release. */
const plainFile =
  /^(values|kustomization|chart|config|application|app|applicationset|appset|deployment|release|main|index|image|images|version|versions|argocd)$/i;
/** What stands before or behind the name in a file's name: `acme-values.yaml`, `values-prod.yaml`. */
const around =
  /^(?<before>(?:values|config|app|application)[-_.])?(?<name>.+?)(?<after>[-_.](?:values|config|app|application|apps))?$/i;
/** What a values file is for that is for no one: `values-override.yaml`. */
const forAll = /^(overrides?|common|shared|defaults?|global|secrets?|images?|tags?|versions?)$/i;
const literalFolder =
  /^(overlays?|base|bases|deploy|deployments?|manifests?|k8s|kubernetes|helm|kustomize|values|gitops|argocd|argo|argo-cd|environments?|envs?|tenants?|customers?|clients?|teams?|clusters?|apps?|applications?|services?|components|workloads|charts?|config|configs|templates?|src|infra|infrastructure|platform|projects?|bootstrap|addons?|image-tags|resources)$/i;

/** Takes a path apart and says of each name what it is, as far as words tell. */
export function pathParts(path: string, isFile: boolean): PathPart[] {
  const segments = path.split('/');
  return segments.flatMap((segment, index): PathPart[] => {
    const slash = index === 0 ? [] : [{ text: '/' }];
    const above = segments[index - 1] ?? '';
    const isLast = index === segments.length - 1;
    if (isLast && isFile) return [...slash, ...fileParts(segment, above)];
    if (literalFolder.test(segment) && !isEnvironment(segment))
      return [...slash, { text: segment }];
    return [...slash, ...nameParts(segment, above)];
  });
}

function fileParts(file: string, folder: string): PathPart[] {
  const [, stem, end] = /^(.+?)((?:\.(?:ya?ml|json|env|txt|properties))?)$/i.exec(file) ?? [
    file,
    file,
    '',
  ];
  if (plainFile.test(stem)) return [{ text: file }];
  const { before = '', name = stem, after = '' } = around.exec(stem)?.groups ?? {};
  if (before + after !== '' && forAll.test(name)) return [{ text: file }];
  // A chart has one values file an environment, whatever that is called.
  const inner: PathPart[] =
    /^values/i.test(before) && !saidBy(folder)?.startsWith('tenant')
      ? [{ text: name, role: 'environment', isName: true }]
      : nameParts(name, folder).map(part =>
          'isName' in part && !part.role ? { ...part, isOwn: true as const } : part,
        );
  return [{ text: before }, ...inner, { text: `${after}${end}` }].filter(({ text }) => text !== '');
}

/** Takes a name apart: a whole environment, a name with one beside it, or one name. @param above - the folder that it is in */
export function nameParts(name: string, above: string): PathPart[] {
  const said = saidBy(above) ?? (isCluster(name) ? 'cluster' : undefined);
  if (isWholeEnvironment(name) && said !== 'tenant')
    return [{ text: name, role: 'environment', isName: true }];
  const split = splitEnvironment(name);
  if (split && said !== 'environment' && said !== 'tenant' && said !== 'cluster') {
    return joined(split);
  }
  if (isEnvironment(name) && said === undefined)
    return [{ text: name, role: 'environment', isName: true }];
  return [{ text: name, ...(said ? { role: said } : {}), isName: true }];
}

function isWholeEnvironment(name: string): boolean {
  return isEnvironment(name) && splitEnvironment(name) === undefined;
}

/** `payments-prod`: a name, what is between, and the environment. */
function joined({
  before,
  environment,
  after,
}: {
  before: string;
  environment: string;
  after: string;
}): PathPart[] {
  const environmentPart: PathPart = { text: environment, role: 'environment', isName: true };
  // A number only sorts: 01-dev, 02-stage.
  if (/^\d+\W$/.test(before)) return [{ text: `*${before.slice(-1)}` }, environmentPart];
  if (before !== '')
    return [
      { text: before.slice(0, -1), isName: true },
      { text: before.slice(-1) },
      environmentPart,
    ];
  return [environmentPart, { text: after.slice(0, 1) }, { text: after.slice(1), isName: true }];
}
