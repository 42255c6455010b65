import type { UserEntity } from '@backstage/catalog-model';
import { personOf } from './personOf';

const user = (profile?: object) =>
  ({ metadata: { name: 'ada' }, spec: { profile } } as unknown as UserEntity);

describe('personOf', () => {
  it.each([
    [
      user({ displayName: 'Ada', email: 'ada@example.com' }),
      { name: 'Ada', email: 'ada@example.com' },
    ],
    [user({ email: 'ada@example.com' }), { name: 'ada', email: 'ada@example.com' }],
    [user({ displayName: 'Ada' }), undefined],
    [user({ displayName: 'Ada <x>', email: 'ada@example.com' }), undefined],
    [user(), undefined],
    [undefined, undefined],
  ])('makes of %j the author %j', (entity, person) => {
    expect(personOf(entity)).toEqual(person);
  });
});
