import { stringify } from 'yaml';

/** Examples shown in the scaffolder's list of actions. */
export const examples = [
  {
    description: 'Find the repository of the chosen component and fetch it',
    example: stringify({
      steps: [
        {
          id: 'locate',
          name: 'Find the repository',
          action: 'external-service:locate',
          input: { entityRef: '${{ parameters.component }}' },
        },
        {
          id: 'fetch',
          name: 'Read the repository',
          action: 'fetch:plain',
          input: {
            url: '${{ steps.locate.output.fetchUrl }}',
            targetPath: './repository',
          },
        },
      ],
    }),
  },
];
