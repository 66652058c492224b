import { stringify } from 'yaml';

/** Examples shown in the scaffolder's list of actions. */
export const examples = [
  {
    description: 'Check the files before they are published',
    example: stringify({
      steps: [
        {
          id: 'check',
          name: 'Check the files',
          action: 'external-service:validate',
          input: { path: './changes' },
        },
      ],
    }),
  },
];
