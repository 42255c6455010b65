/**
 * Backstage CLI's own Jest configuration of the package in whose copy Stryker works, narrowed to the tests that are to
 * notice the mutants. The environment names them, as Jest knows no other way to hand a configuration a value.
 */
module.exports = async () => ({
  ...(await require('@backstage/cli/config/jest')),
  testMatch: JSON.parse(process.env.MUTATION_TESTS),
});
