import { compareFindings, imageExistenceFindings, type ImageUse } from '@internal/gitops';
import type { CheckResult } from './checkReport';
import { sentence, type Registries } from './registryOptions';

/** Asks whether images exist, and adds what comes of it to a check; or that nobody asked. */
export async function askRegistries(
  { registry, notAsked }: Registries,
  uses: readonly ImageUse[],
  result: Pick<CheckResult, 'findings' | 'notes'>,
): Promise<void> {
  if (uses.length === 0) return;
  if (!registry) {
    result.notes.push(sentence(notAsked));
    return;
  }
  const found = await imageExistenceFindings(uses, registry);
  result.findings = [...result.findings, ...found].sort(compareFindings);
}
