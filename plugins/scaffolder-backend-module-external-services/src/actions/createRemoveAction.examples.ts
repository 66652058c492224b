import { stringify } from 'yaml';

const action = 'external-service:remove';

/** Examples shown in the scaffolder's list of actions. */
export const examples = [
  {
    description: 'Take a service away from one environment',
    example: stringify({
      steps: [
        {
          id: 'remove',
          name: 'Change the files',
          action,
          input: {
            name: 'external-db',
            environments: ['dev'],
            title: 'orders',
            repositoryPath: './repository',
            outputPath: './changes',
          },
        },
      ],
    }),
  },
];
