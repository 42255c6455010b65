/** Where the random numbers begin; `npm run test:robustness -- --seed` sets it. */
export const mutationSeed = Number(process.env.MUTATION_SEED ?? 1);

/**
 * How many objects a suite mutates.
 *
 * @param usual - so many in `npm test`; `npm run test:robustness` does far more
 */
export function mutatedObjects(usual: number): number {
  return Number(process.env.MUTATED_OBJECTS ?? usual);
}
