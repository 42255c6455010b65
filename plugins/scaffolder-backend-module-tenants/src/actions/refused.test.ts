import { InputError } from '@backstage/errors';
import { foreignLayout, refused } from './refused';

it('does nothing but say why', async () => {
  const handler = jest.fn();
  const action = refused(foreignLayout, { id: 'tenants:x', handler });
  await expect(action.handler()).rejects.toThrow(new InputError(foreignLayout));
  expect(action.id).toBe('tenants:x');
  expect(handler).not.toHaveBeenCalled();
});
