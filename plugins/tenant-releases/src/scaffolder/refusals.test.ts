import { refusalsOf } from './refusals';

it.each([
  [
    'The tenant cannot be onboarded. name: "a" is taken. owner: there is no group x in the catalog',
    ['name: "a" is taken', 'owner: there is no group x in the catalog'],
  ],
  [
    'You may not onboard tenants. Ask the platform team.',
    ['You may not onboard tenants. Ask the platform team.'],
  ],
  ['', []],
])('%s', (message, expected) => {
  expect(refusalsOf(new Error(message))).toEqual(expected);
});
