/**
 * Sources of odd input, also for tests of the packages that read it.
 *
 * @packageDocumentation
 */
export { mutate, mutateText, seeded } from './mutate';
export { mutatedObjects, mutationSeed } from './mutationRun';
