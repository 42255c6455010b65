import { createBackend } from '@backstage/backend-defaults';
import { startupProblems } from './startupProblems';
import { unsetVariables } from './unsetVariables';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));

// Sign-in
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-oidc-provider'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));

// Catalog: tenants come from the GitOps tree
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'));
backend.add(import('@internal/plugin-catalog-backend-module-tenants'));

// Push webhooks of the Git host arrive at /api/events/http/github, signed
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-events-backend-module-github'));

// Who may see and change what
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('@internal/plugin-permission-backend-module-tenants'));

// Software templates
backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@backstage/plugin-scaffolder-backend-module-github'));
backend.add(import('@internal/plugin-scaffolder-backend-module-tenants'));

// Search
backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));

backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(import('@internal/plugin-tenant-releases-backend'));

async function start(): Promise<void> {
  const unset = await unsetVariables(process.argv, process.env);
  if (unset.length > 0) throw new AggregateError(unset.map(problem => new Error(problem)));
  await backend.start();
}

start().catch(error => {
  // One line a problem, last in the output, so that it is found; the log above has the stack.
  for (const problem of startupProblems(error)) {
    process.stderr.write(`Portal not started: ${problem}\n`);
  }
  process.exit(1);
});
