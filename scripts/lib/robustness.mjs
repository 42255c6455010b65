/** The suites that mutate what the portal reads, and how a number of objects is shared among them. */
import { parseArgs } from 'node:util';
import { CureError } from './output.mjs';

const backend = 'plugins/tenant-releases-backend/src';

/** `share`: the part of all objects. What goes through servers takes longer, and gets fewer. */
export const suites = [
  {
    title: 'Applications, pods, files and policies',
    file: `${backend}/mutatedObjects.test.ts`,
    share: 0.8,
  },
  {
    title: 'answers of Prometheus and Loki',
    file: `${backend}/telemetry/mutatedAnswers.test.ts`,
    share: 0.05,
  },
  { title: 'answers of GitHub', file: `${backend}/desired/mutatedGit.test.ts`, share: 0.05 },
  { title: 'objects over HTTP', file: `${backend}/plugin.mutated.test.ts`, share: 0.01 },
  {
    title: 'tenant files in catalog and search',
    file: 'plugins/catalog-backend-module-tenants/src/mutatedFiles.test.ts',
    share: 0.04,
  },
  {
    title: 'answers on the pages',
    file: 'plugins/tenant-releases/src/api/mutatedAnswers.test.tsx',
    share: 0.05,
  },
];

const usage = 'Usage: npm run test:robustness -- [--count <objects>] [--seed <number>]';

/**
 * Reads `--count` and `--seed`.
 * @returns {{ count: number, seed: number }}
 */
export function readArguments(args) {
  let values;
  try {
    const text = { type: 'string' };
    ({ values } = parseArgs({ args, options: { count: text, seed: text } }));
  } catch (error) {
    throw new CureError(`${error.message.split('. ')[0]}. ${usage}`);
  }
  const wholeNumber = (name, usual, least) => {
    const text = values[name] ?? String(usual);
    if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text);
    throw new CureError(`--${name} takes a whole number from ${least} on, not ${text}. ${usage}`);
  };
  return { count: wholeNumber('count', 1_000_000, 1), seed: wholeNumber('seed', 1, 0) };
}

/** How many objects each suite mutates: at least one. */
export function shareOut(count) {
  return suites.map(({ share, ...suite }) => ({
    ...suite,
    objects: Math.max(1, Math.round(count * share)),
  }));
}
