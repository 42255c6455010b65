import { stringify } from 'yaml';

/** Shown on the portal's page of actions. */
export const examples = [
  {
    description: 'A tenant of the standard tier',
    example: stringify({
      steps: [
        {
          id: 'prepare',
          name: 'Prepare the tenant',
          action: 'tenants:prepare',
          input: {
            name: 'tenant-c',
            displayName: 'Initech',
            owner: 'group:default/tenant-c-owners',
            tier: 'standard',
            version: 'sha-1a2b3c4',
            contact: 'platform@example.com',
          },
        },
      ],
    }),
  },
];
