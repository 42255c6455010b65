import { formatImage } from '../locate/imageReference';
import { imageAbsence, type ImageRegistry } from '../registry/ImageRegistry';
import { finding, type Finding } from './finding';
import type { ImageUse } from './imageUses';

/**
 * Asks the registries for images. One that is not there is an error of every file that wants it; where nobody knows, that is
 * one warning for each image.
 */
export async function imageExistenceFindings(
  uses: readonly ImageUse[],
  registry: Pick<ImageRegistry, 'lookUp'>,
): Promise<Finding[]> {
  const byImage = new Map<string, ImageUse[]>();
  for (const use of uses) {
    const text = formatImage(use.image);
    byImage.set(text, [...(byImage.get(text) ?? []), use]);
  }
  const found = await Promise.all(
    [...byImage].map(async ([text, all]) => {
      const answer = await registry.lookUp(all[0].image);
      if (answer.kind === 'exists') return [];
      if (answer.kind === 'absent') return all.map(use => absent(use));
      const others = all.length > 1 ? ` (and ${all.length - 1} more files want it)` : '';
      return [
        finding({
          ...placeOf(all[0]),
          rule: 'registry',
          severity: 'warning',
          problem: `wants ${text}, and nobody knows whether it exists: ${answer.reason}${others}`,
          cure: 'let the registry answer and check again, or see for yourself that the image is there',
        }),
      ];
    }),
  );
  return found.flat();
}

function absent(use: ImageUse): Finding {
  const { problem, cure } = imageAbsence(use.image);
  return finding({
    ...placeOf(use),
    rule: 'registry',
    problem: `names no image: ${problem}`,
    cure,
  });
}

function placeOf({ file, place, key }: ImageUse) {
  return { file, ...place(), key };
}
