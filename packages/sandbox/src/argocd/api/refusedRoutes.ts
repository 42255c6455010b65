import { Application } from '../application';
import { ApiError, permissionDenied } from './apiError';
import { requireAccount } from './accounts';
import { ApiContext } from './context';
import { Call, Route } from './router';

/** Operations of the real API that nothing here needs: refused to the portal, not implemented for the administrator. */
export function refusedRoutes(context: ApiContext): Route[] {
  const pattern = '/api/v1/applications/{name}';
  const refuse = async (call: Call): Promise<never> => {
    if (!call.account?.admin) throw permissionDenied();
    throw new ApiError('unimplemented', 'not implemented by the embedded stand-in');
  };
  return [
    { method: 'PUT', pattern, handle: refuse },
    { method: 'PATCH', pattern, handle: refuse },
    { method: 'PUT', pattern: `${pattern}/spec`, handle: refuse },
    { method: 'POST', pattern: `${pattern}/resource`, handle: refuse },
    { method: 'DELETE', pattern: `${pattern}/resource`, handle: refuse },
    {
      method: 'POST',
      pattern: '/api/v1/applications',
      handle: async call => {
        const body = (await call.body()) as Partial<Application> | undefined;
        const project = (body?.spec as { project?: string } | undefined)?.project || 'default';
        const name = body?.metadata?.name ?? '';
        context.accounts.enforce(
          requireAccount(call),
          'applications',
          'create',
          `${project}/${name}`,
        );
        return await refuse(call);
      },
    },
  ];
}
