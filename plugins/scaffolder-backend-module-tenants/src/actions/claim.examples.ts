import { stringify } from 'yaml';

const step = (action: string, name: string, condition?: string) =>
  stringify({
    steps: [
      {
        id: action.replace(/^.*:/, ''),
        name,
        ...(condition ? { if: condition } : {}),
        action,
        input: { name: '${{ parameters.name }}' },
      },
    ],
  });

/** Shown on the portal's page of actions. */
export const claimExamples = [
  { description: 'Reserve a name', example: step('tenants:claim', 'Reserve the name') },
];

/** Shown on the portal's page of actions. */
export const releaseClaimExamples = [
  {
    description: 'Give the name back when a step failed',
    example: step('tenants:release-claim', 'Give the name back', '${{ failure() }}'),
  },
];

/** Shown on the portal's page of actions. */
export const confirmExamples = [
  {
    description: 'Look at the pull request once more',
    example: stringify({
      steps: [
        {
          id: 'confirm',
          name: 'Confirm the pull request',
          action: 'tenants:confirm',
          input: {
            name: '${{ parameters.name }}',
            files: '${{ steps.prepare.output.files }}',
          },
        },
      ],
    }),
  },
];
