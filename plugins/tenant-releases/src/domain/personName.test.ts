import { personName } from './personName';

describe('personName', () => {
  it.each([
    ['user:default/ada', 'ada'],
    ['user:ada', 'ada'],
    ['user:partners/ada', 'partners/ada'],
    ['group:default/platform', 'group:default/platform'],
    ['Ada', 'Ada'],
    ['user:', 'user:'],
  ])('%j: %j', (ref, name) => {
    expect(personName(ref)).toBe(name);
  });
});
