import { stringify } from 'yaml';

const action = 'external-service:retarget';

/** Examples shown in the scaffolder's list of actions. */
export const examples = [
  {
    description: 'Let a database lead to another host in one environment',
    example: stringify({
      steps: [
        {
          id: 'retarget',
          name: 'Change the files',
          action,
          input: {
            name: 'external-db',
            kind: 'dns',
            targets: { prod: 'db2.example.com' },
            title: 'orders',
            repositoryPath: './repository',
            outputPath: './changes',
          },
        },
      ],
    }),
  },
];
