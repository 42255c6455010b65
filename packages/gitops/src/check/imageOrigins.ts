import { z } from 'zod';
import { finding, type Finding } from './finding';
import { layout } from '../layout/ownTree';
import { readText } from '../tree/readText';
import { TreeError, type TreeSource } from '../tree/treeSource';
import { parseYaml } from '../yaml/parseYaml';
import { placeIn } from './placeIn';
import type { Tenant } from './tenants';

/** A policy is a few screens. Bytes. */
const maxPolicyBytes = 256 * 1024;

const policySchema = z.object({
  kind: z.literal('ValidatingAdmissionPolicy'),
  spec: z.object({
    variables: z.array(z.object({ name: z.string(), expression: z.string() })),
  }),
});

/** A list of texts in CEL: `['ghcr.io/acme/']`. */
const listOfTexts = /^\s*\[\s*('[^'\\]*'\s*(,\s*'[^'\\]*'\s*)*)\]\s*$/;

/**
 * Finds tenants whose image is not from where the admission policy lets it come from: the cluster would refuse their pods, and
 * the release would be stuck. A tree without that policy, or with one that is computed, allows everything here.
 */
export async function imageOriginFindings(
  tree: TreeSource,
  tenants: readonly Tenant[],
): Promise<Finding[]> {
  const allowed = await registriesOf(tree);
  if (allowed.length === 0) return [];
  return tenants.flatMap(({ file, path, text }) => {
    const repository = file?.image.repository;
    if (repository === undefined || allowed.some(entry => isFrom(repository, entry))) return [];
    return finding({
      rule: 'image',
      file: path,
      ...placeIn(text, ['image', 'repository']),
      key: 'image.repository',
      problem: 'is none that tenants may use: the cluster would refuse the pods',
      cure: `use one of ${allowed.join(', ')} (registries in ${layout.imagePolicy})`,
    });
  });
}

/** As the policy itself says: a repository, or with a "/" at its end everything below. */
function isFrom(repository: string, entry: string): boolean {
  return entry.endsWith('/') ? repository.startsWith(entry) : repository === entry;
}

async function registriesOf(tree: TreeSource): Promise<string[]> {
  let text: string | undefined;
  try {
    text = await readText(tree, layout.imagePolicy, maxPolicyBytes);
  } catch (error) {
    // What is wrong with the platform's own files is told by others: a link, by linkFindings.
    if (error instanceof TreeError) return [];
    throw error;
  }
  const { documents } = parseYaml(layout.imagePolicy, text ?? '', { single: false });
  const variables = documents.flatMap(({ value }) => {
    const policy = policySchema.safeParse(value);
    return policy.success ? policy.data.spec.variables : [];
  });
  const expression = variables.find(({ name }) => name === 'registries')?.expression ?? '';
  const list = listOfTexts.exec(expression)?.[1] ?? '';
  return [...list.matchAll(/'([^']+)'/g)].map(([, entry]) => entry);
}
