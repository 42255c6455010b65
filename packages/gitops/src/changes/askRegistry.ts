import { imageOf } from '../check/imageUses';
import { keyOf } from '../check/layouts/applicationRules';
import type { FoundRelease } from '../doctor/release';
import { formatImage, type ImageReference } from '../locate/imageReference';
import { parseVersion } from '../locate/version';
import { imageAbsence, type ImageRegistry } from '../registry/ImageRegistry';
import type { BumpEdit } from './bumpRelease';
import type { BumpPlan } from './planBump';

/** What the registries have against a change. */
export interface RegistryVerdict {
  /** Images that do not exist, with the cure; the change must not be made. */
  refused: string[];
  /** Images of which nobody knows. */
  warnings: string[];
}

/** A plan as far as the registries let it go ahead: with an image that does not exist, nothing is done at all. */
export async function judgePlan(
  plan: BumpPlan,
  registry: Pick<ImageRegistry, 'lookUp'>,
): Promise<BumpPlan> {
  const images = plan.changes.map(({ repository, to }) => ({ name: repository, tag: to }));
  const { refused, warnings } = await judgeImages(images, registry);
  return {
    ...plan,
    changes: refused.length > 0 ? [] : plan.changes,
    refused: [...plan.refused, ...refused],
    warnings: [...plan.warnings, ...warnings],
  };
}

/** What the registries have against edits that move releases to a version. */
export async function judgeEdits(
  edits: readonly BumpEdit[],
  releases: readonly FoundRelease[],
  version: string,
  registry: Pick<ImageRegistry, 'lookUp'>,
): Promise<RegistryVerdict> {
  const moved = new Set(edits.flatMap(edit => edit.releases.map(keyOf)));
  const chosen = releases.filter(release => moved.has(keyOf(release)));
  const images = chosen.map(release => imageOf(release, parseVersion(version)));
  const verdict = await judgeImages(
    images.filter(image => image !== undefined),
    registry,
  );
  const isCovered = !images.includes(undefined);
  const unasked = `No registry was asked for ${version}: it is a chart's version, or of an image whose name is not known`;
  return isCovered ? verdict : { ...verdict, warnings: [...verdict.warnings, unasked] };
}

/** What the registries have against images that tenants are to get. */
export async function judgeImages(
  images: readonly ImageReference[],
  registry: Pick<ImageRegistry, 'lookUp'>,
): Promise<RegistryVerdict> {
  const distinct = new Map(images.map(image => [formatImage(image), image]));
  const verdict: RegistryVerdict = { refused: [], warnings: [] };
  await Promise.all(
    [...distinct].map(async ([text, image]) => {
      const answer = await registry.lookUp(image);
      if (answer.kind === 'unknown') {
        verdict.warnings.push(`Nobody knows whether ${text} exists: ${answer.reason}`);
      } else if (answer.kind === 'absent') {
        const { problem, cure } = imageAbsence(image);
        verdict.refused.push(`${problem}: ${cure}`);
      }
    }),
  );
  return { refused: verdict.refused.sort(), warnings: verdict.warnings.sort() };
}
