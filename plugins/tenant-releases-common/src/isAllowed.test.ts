import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { isAllowed } from './isAllowed';

describe('isAllowed', () => {
  it.each([
    [AuthorizeResult.ALLOW, true],
    [AuthorizeResult.DENY, false],
    [AuthorizeResult.CONDITIONAL, false],
  ])('takes %s as %s', (result, allowed) => {
    expect(isAllowed({ result } as Parameters<typeof isAllowed>[0])).toBe(allowed);
  });

  it('takes no decision as no', () => {
    expect(isAllowed(undefined)).toBe(false);
  });
});
