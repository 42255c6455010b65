import { z } from 'zod';
import type { Manifest, OwnerGroup } from '@internal/gitops';
import type { Proof } from '../helm/proveCharts';
import type { TenantInput } from '../input/tenantInput';
import { taskMarker } from '../repository/taskMarker';
import { codeSpan } from './markdown';
import type { RenderedFile } from './renderFiles';

const deploymentSchema = z.object({
  replicas: z.number(),
  template: z.object({ spec: z.object({ containers: z.array(z.object({ image: z.string() })) }) }),
});
const quotaSchema = z.object({ hard: z.record(z.string(), z.union([z.string(), z.number()])) });

/**
 * The body of an onboarding pull request, in Markdown: what merging it creates, read off what the charts rendered.
 * Text that people typed stands in code spans only.
 */
export function pullRequestBody(options: {
  input: TenantInput;
  files: RenderedFile[];
  proof: Proof;
  /** The commit that the files were proved at, 40 hex digits. */
  commit: string;
  /** Entity ref of the person who filled in the form. */
  requestedBy: string | undefined;
  taskId: string;
}): string {
  const { input, files, proof, commit, requestedBy, taskId } = options;
  const name = codeSpan(input.name);
  return [
    `Adds the tenant ${name} (${codeSpan(input.displayName)}), owned by ${codeSpan(
      input.owner,
    )}, in tier ${codeSpan(input.tier)} and ring ${input.ring}, on cluster ${codeSpan(
      input.cluster,
    )}.`,
    '',
    '**Merging this creates**',
    '',
    ...(input.newGroup ? [describeGroup(input.newGroup)] : []),
    `- Argo CD AppProject ${name}: what the tenant may deploy, and where`,
    `- Argo CD Application ${name} (project ${name}): the workload`,
    `- Argo CD Application ${codeSpan(`${input.name}-fence`)} (project ${codeSpan(
      'platform',
    )}): what surrounds it`,
    ...proof.fence.map(manifest => `- ${describe(manifest)}`),
    ...proof.workload.map(manifest => `- ${describe(manifest)} in namespace ${name}`),
    '',
    '**Files**',
    '',
    ...files.map(file => `- ${codeSpan(file.path)}`),
    '',
    `**Proved** with values.schema.json and helm template of charts/tenant and charts/tenant-fence at ${commit.slice(
      0,
      7,
    )}.`,
    '',
    `Contact: ${codeSpan(input.contact)}`,
    ...(requestedBy ? [`Requested by: ${codeSpan(requestedBy)}`] : []),
    '',
    taskMarker(taskId),
    '',
  ].join('\n');
}

function describeGroup({ name, title, members }: OwnerGroup): string {
  const people = members.map(member => codeSpan(member)).join(', ') || 'nobody yet';
  return `- Catalog group ${codeSpan(name)} (${codeSpan(
    title,
  )}), which owns this tenant and no other: ${people}`;
}

/** A sentence about an object, with what a reviewer wants to know of it. */
function describe(manifest: Manifest): string {
  const subject = `${manifest.kind} ${codeSpan(manifest.metadata.name)}`;
  if (manifest.kind === 'Deployment') {
    const { replicas, template } = deploymentSchema.parse(manifest.spec);
    const images = template.spec.containers.map(container => codeSpan(container.image)).join(', ');
    return `${subject}: ${replicas} ${replicas === 1 ? 'pod' : 'pods'} of ${images}`;
  }
  if (manifest.kind === 'ResourceQuota') {
    const { hard } = quotaSchema.parse(manifest.spec);
    return `${subject}: ${Object.entries(hard)
      .map(([resource, amount]) => `${resource} ${amount}`)
      .join(', ')}`;
  }
  return subject;
}

/** What the person reads when the pull request is open, in Markdown. */
export function nextSteps(
  input: TenantInput,
  { tenantUrl, pendingUrl }: { tenantUrl: string; pendingUrl: string },
): string {
  return [
    `1. Someone of the platform group reviews the pull request and merges it; [how far it is](${pendingUrl}).`,
    `2. Argo CD creates the namespace ${codeSpan(input.name)} and starts ${codeSpan(
      input.version,
    )}: seconds after the merge.`,
    `3. The tenant has its page: [${input.name}](${tenantUrl}), with releases, metrics and logs.`,
  ].join('\n');
}
