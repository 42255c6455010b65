import { readdir } from 'node:fs/promises';
import path from 'node:path';
import {
  argocdApplications,
  discover,
  kustomizationNames,
  memoryCheckout,
  TemplateError,
  withDeployments,
  type LayoutSettings,
} from '@internal/gitops';
import { CommandError } from '../commands/commandError';
import { Files, readTree } from '../seed/sourceTree';
import { SandboxSettings, serverUrl } from '../settings';
import { whyNotHere } from './whyNotHere';

/** The address by which the manifests of the examples name their repository. */
const writtenAddress = 'https://git.example.com/acme/platform.git';

/** A repository of `examples/` that the embedded platform can deliver. */
export interface Example {
  name: string;
  /** Its files; they name the forge's repository as their own. */
  files: Files;
  /** What `gitops init` proposes for it. */
  layouts: LayoutSettings[];
}

/** What of the settings says where examples are and what they are rendered with. */
type Place = Pick<SandboxSettings, 'repositoryRoot' | 'ports' | 'tools'>;

/** @throws CommandError for a name that is none, and for an example that needs what the embedded platform has not */
export async function readExample(settings: Place, name: string): Promise<Example> {
  const folders = await exampleNames(settings);
  if (!folders.includes(name)) {
    throw new CommandError(`There is no example ${name}. ${await choice(settings, folders)}`, 2);
  }
  const { files, problem } = await filesOf(settings, name);
  if (problem) {
    throw new CommandError(
      `The example ${name} cannot run here: ${problem}. ${await choice(settings, folders)}`,
      2,
    );
  }
  const checkout = memoryCheckout(files, identityOf(settings));
  const isKustomized = kustomizationNames.some(kustomization =>
    checkout.files.some(file => path.posix.basename(file) === kustomization),
  );
  if (isKustomized && !settings.tools.kubectl) {
    throw new CommandError(
      `The example ${name} has kustomizations, which kubectl builds: install kubectl and start again.`,
    );
  }
  const read = settings.tools.helm ? { helm: settings.tools.helm } : {};
  const { layouts } = await withDeployments(checkout, read, deployed =>
    discover(checkout, deployed),
  );
  return { name, files, layouts };
}

async function exampleNames({ repositoryRoot }: Place): Promise<string[]> {
  const entries = await readdir(path.join(repositoryRoot, 'examples'), { withFileTypes: true });
  return entries.flatMap(entry => (entry.isDirectory() ? [entry.name] : [])).sort();
}

/** The examples to choose from, as a sentence. */
async function choice(settings: Place, names: readonly string[]): Promise<string> {
  const all = await Promise.all(
    names.map(async name => ({ name, ...(await filesOf(settings, name)) })),
  );
  const able = all.filter(({ problem }) => problem === undefined).map(({ name }) => name);
  return able.length > 0 ? `Choose one of ${able.join(', ')}.` : 'None of them can.';
}

async function filesOf(settings: Place, name: string): Promise<{ files: Files; problem?: string }> {
  const folder = path.join(settings.repositoryRoot, 'examples', name);
  const { origin } = identityOf(settings);
  const written = await readTree(folder, await readdir(folder));
  const files = Object.fromEntries(
    Object.entries(written).map(([file, text]) => [file, text.replaceAll(writtenAddress, origin)]),
  );
  const checkout = memoryCheckout(files, identityOf(settings));
  try {
    return { files, problem: whyNotHere(checkout, argocdApplications(checkout, origin), origin) };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { files, problem: error.message };
  }
}

function identityOf({ ports }: Place) {
  const origin = `${serverUrl({ ports }, 'forge')}/acme/platform.git`;
  return { origin, revisions: ['main'] };
}
